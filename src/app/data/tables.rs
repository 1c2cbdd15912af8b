//! Tables of the answer.

use super::figures::{percent, percent_of_ppm, rate, short, time, when};
use crate::app::money::dollars;
use crate::text::Language;
use crate::text::{cost, data as words};
use shardlab::insight::pricing::LINES;
use shardlab::scene::words::{bytes, grouped};
use shardlab::sizing::{Count, HotKey, Load, Rate, Report};
use yew::prelude::*;

/// Keys that are seen at once.
const SEEN: usize = 10;
/// What a record is worth, in bytes, in the share of a key: a shard takes 1 MiB or 1,000 records.
const RECORD_BYTES: u64 = 1_049;

fn view_table(name: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Html {
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        html! {
            <tr>
                <th scope="row">{ cells.next() }</th>
                { for cells.map(|cell| html! { <td>{ cell }</td> }) }
            </tr>
        }
    };
    html! {
        <div class="sheet__scroll" tabindex="0" role="region" aria-label={name.to_owned()}>
            <table class="sheet__table">
                if !heads.is_empty() {
                    <thead><tr>
                        { for heads.iter().map(|head| if head.is_empty() {
                            html! { <td></td> }
                        } else {
                            html! { <th scope="col">{ (*head).to_owned() }</th> }
                        }) }
                    </tr></thead>
                }
                <tbody>{ for rows.into_iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// Shards by limit, and what asks for them.
pub fn view_reasons(report: &Report, text: &words::Data) -> Html {
    let (told, advice) = (&text.reasons, &report.advice);
    let (rates, needs, wishes) = (&advice.rates, &advice.needs, &advice.wishes);
    let headroom = percent(wishes.headroom_permille.into());
    let at = |rate: Rate| when(report, rate.at, text);
    let peak = bytes(rates.bytes_peak.load.bytes);
    let reads = match wishes.shared {
        0 => told.no_reads.to_owned(),
        shared => (told.reads)(&bytes(rates.minute.load.bytes), &grouped(shared.into())),
    };
    let (keys, with_keys) = match &advice.keys {
        None => (told.no_key.to_owned(), grouped(needs.even.into())),
        Some(keys) => {
            let full = percent(keys.fullest_permille);
            let when = when(report, keys.fullest_at, text);
            let count = keys.with_keys.map_or(told.none.to_owned(), |count| grouped(count.into()));
            ((told.fullest)(&grouped(needs.even.into()), &full, &when), count)
        }
    };
    let records = grouped(rates.records_peak.load.records);
    let whys = [
        (told.bytes)(&peak, &at(rates.bytes_peak), &headroom),
        (told.records)(&records, &at(rates.records_peak), &headroom),
        reads,
        told.even.to_owned(),
        keys,
    ];
    let counts = [needs.bytes, needs.records, needs.reads, needs.even];
    let counts = counts.into_iter().map(|count| grouped(count.into())).chain([with_keys]);
    let rows = told.names.iter().zip(whys).zip(counts);
    let rows = rows.map(|((name, why), count)| vec![(*name).to_owned(), why, count]);
    html! {
        <section>
            <h3 class="sheet__heading">{ told.title }</h3>
            { view_table(told.title, &told.heads, rows.collect()) }
        </section>
    }
}

/// What was read.
pub fn view_totals(report: &Report, text: &words::Data) -> Html {
    let told = &text.answer;
    let (total, rates) = (report.facts.total, &report.advice.rates);
    let mean = total.bytes / total.records.max(1);
    let distinct = report.facts.keys.as_ref().map(|keys| match keys.distinct {
        Count::Exact(count) => grouped(count),
        Count::About { value, error_permille } => {
            (told.about)(&grouped(value), &percent(error_permille.into()))
        }
    });
    let span = report.facts.time.as_ref().map(|times| [time(times.first), time(times.last)]);
    let [from, to] = span.map_or([None, None], |span| span.map(Some));
    let peak = |of: Rate| format!("{}, {}", rate(of, text), when(report, of.at, text));
    let has_times = report.facts.time.is_some();
    let values = [
        Some(grouped(total.records)),
        Some(bytes(total.bytes)),
        Some(bytes(mean)),
        Some(bytes(report.facts.largest)),
        distinct,
        from,
        to,
        has_times.then(|| peak(rates.bytes_peak)),
        has_times.then(|| peak(rates.minute)),
        Some(rate(rates.mean, text)),
    ];
    let rows = told.totals.iter().zip(values);
    let rows = rows.filter_map(|(name, value)| Some(vec![(*name).to_owned(), value?]));
    html! {
        <section>
            <h3 class="sheet__heading">{ told.total }</h3>
            { view_table(told.total, &[], rows.collect()) }
        </section>
    }
}

/// The hottest keys, the first of them seen at once.
pub fn view_hottest(report: &Report, hottest: &[HotKey], text: &words::Data) -> Html {
    let told = &text.answer;
    let Some(keys) = &report.facts.keys else { return html! {} };
    let weight = |load: Load| u128::from(load.records * RECORD_BYTES + load.bytes);
    let total = weight(report.facts.total).max(1);
    let row = |key: &HotKey| {
        let name = key.text.as_deref().map_or_else(|| told.withheld.to_owned(), short);
        let ppm = weight(key.load) * 1_000_000 / total;
        let share = percent_of_ppm(u32::try_from(ppm).unwrap_or(u32::MAX));
        let (records, size) = (grouped(key.load.records), bytes(key.load.bytes));
        vec![name, format!("{share} %"), records, size]
    };
    let table = |name: &str, some: &[HotKey]| {
        view_table(name, &told.hot_heads, some.iter().map(row).collect())
    };
    let more = (told.more)(&grouped(hottest.len() as u64));
    let missed = hottest.iter().map(|key| key.missed_max).chain([keys.uncounted_max]).max();
    let missed = missed.unwrap_or(0);
    html! {
        <section>
            <h3 class="sheet__heading">{ told.hottest }</h3>
            { table(told.hottest, &hottest[..hottest.len().min(SEEN)]) }
            if hottest.len() > SEEN {
                <details>
                    <summary>{ more.clone() }</summary>
                    { table(&more, &hottest[SEEN..]) }
                </details>
            }
            if missed > 0 {
                <p class="sheet__note">{ (told.sketched)(&bytes(missed)) }</p>
            }
        </section>
    }
}

/// Rows that were left out, and the ends of lines if they differ.
pub fn view_bad(report: &Report, text: &words::Data) -> Html {
    let told = &text.bad;
    let all: u64 = report.facts.bad.iter().map(|bad| bad.rows).sum();
    let names = ["\\n", "\\r\\n", "\\r"];
    let ends = names.iter().zip(report.facts.line_ends).filter(|(_, count)| *count > 0);
    let ends: Vec<String> =
        ends.map(|(name, count)| format!("{name} {}", grouped(count))).collect();
    let rows = report.facts.bad.iter().map(|bad| {
        let lines: Vec<String> = bad.lines.iter().map(|line| grouped(*line)).collect();
        let more = if bad.rows > bad.lines.len() as u64 { ", …" } else { "" };
        let name = told.reasons[bad.reason as usize].to_owned();
        vec![name, grouped(bad.rows), format!("{}{more}", lines.join(", "))]
    });
    html! {
        <>
            if all > 0 {
                <section class="data__bad">
                    <h3 class="sheet__heading">{ (told.title)(&grouped(all)) }</h3>
                    { view_table(&(told.title)(&grouped(all)), &told.heads, rows.collect()) }
                    if all > report.facts.total.records {
                        <p>{ told.most }</p>
                    }
                </section>
            }
            if ends.len() > 1 {
                <p class="sheet__note">{ (told.ends)(&ends.join(", ")) }</p>
            }
        </>
    }
}

/// What a month costs, by plan and line.
pub fn view_costs(report: &Report, language: Language) -> Html {
    let (text, names) = (language.of(&words::ALL), language.of(&cost::ALL));
    let told = &text.answer;
    let costs = &report.advice.costs;
    let cheapest = costs.iter().map(|cost| cost.bill.total()).min();
    let lines = (0..LINES).filter(|line| {
        costs.iter().any(|cost| cost.bill.items[*line].is_some_and(|item| item.nanos > 0))
    });
    let mut rows: Vec<Vec<String>> = lines
        .map(|line| {
            let amount = |cost: &shardlab::sizing::Cost| {
                cost.bill.items[line].map_or("–".to_owned(), |item| dollars(item.nanos))
            };
            [names.lines[line].to_owned()].into_iter().chain(costs.iter().map(amount)).collect()
        })
        .collect();
    let total = |cost: &shardlab::sizing::Cost| {
        let total = cost.bill.total();
        let mark = if Some(total) == cheapest { told.total_cost[1] } else { "" };
        format!("{} {mark}", dollars(total)).trim_end().to_owned()
    };
    let totals = [told.total_cost[0].to_owned()].into_iter().chain(costs.iter().map(total));
    rows.push(totals.collect());
    let plans = costs.iter().map(|cost| names.plans[cost.plan as usize]);
    let heads: Vec<&str> = [""].into_iter().chain(plans).collect();
    html! {
        <section class="data__costs">
            <h3 class="sheet__heading">{ told.costs }</h3>
            { view_table(told.costs, &heads, rows) }
            <p class="sheet__note">{ told.costs_note }</p>
        </section>
    }
}
