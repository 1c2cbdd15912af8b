//! Sentences of the answer: the verdict, and what helps.

use super::figures::{percent, percent_of_ppm, rate, short, when};
use crate::text::data as words;
use shardlab::scene::words::grouped;
use shardlab::sizing::{KeyAdvice, Report};
use yew::prelude::*;

/// What it comes to, and what it does not know.
pub fn view_verdict(report: &Report, text: &words::Data) -> Html {
    let (verdict, fits) = verdict(report, text);
    html! {
        <>
            <p class="data__verdict" role="status" data-fits={fits.to_string()}>{ verdict }</p>
            if report.advice.keys.is_none() {
                <p>{ text.answer.without_key }</p>
            }
            if report.facts.time.is_none() {
                <p>{ (text.answer.without_time)(&grouped(report.advice.wishes.hours.into())) }</p>
            }
        </>
    }
}

/// That no row can be put.
pub fn view_nothing(text: &words::Data) -> Html {
    html! { <p class="data__verdict" role="status">{ text.answer.nothing }</p> }
}

/// How unevenly the keys share the records.
pub fn view_skew(report: &Report, text: &words::Data) -> Html {
    let Some(keys) = &report.facts.keys else { return html! {} };
    let [hottest, sixteenth] = [keys.hottest_ppm, keys.sixteenth_ppm].map(percent_of_ppm);
    html! { <p>{ (text.answer.skew)(&hottest, &sixteenth) }</p> }
}

/// What it comes to, and whether shards alone do it.
fn verdict(report: &Report, text: &words::Data) -> (String, bool) {
    let text = &text.answer;
    let advice = &report.advice;
    let even = grouped(advice.needs.even.into());
    let Some(keys) = &advice.keys else {
        return ((text.shards)(&grouped(advice.shards.into())), true);
    };
    if let Some(shards) = keys.with_keys {
        let needed = grouped(shards.into());
        let is_more = shards > advice.needs.even;
        let said = if is_more { (text.uneven)(&needed, &even) } else { (text.shards)(&needed) };
        return (said, true);
    }
    let column = short(report.key_column.as_deref().unwrap_or_default());
    let said = match keys.salt.map(|salt| grouped(salt.shards.into())) {
        Some(shards) if keys.too_hot > 0 => {
            (text.too_hot)(&column, &grouped(keys.too_hot), &shards)
        }
        Some(shards) => (text.no_headroom)(&column, &grouped(keys.over_headroom), &shards),
        None => (text.not_enough)(&grouped(keys.tried.into())),
    };
    (said, false)
}

/// What helps, and what else is worth knowing.
pub fn view_remedies(report: &Report, text: &words::Data) -> Html {
    let told = &text.reasons;
    let advice = &report.advice;
    let mut lines = Vec::new();
    if let Some(keys) = &advice.keys {
        lines.extend(hottest(report, keys, text));
        lines.extend(keys.salt.map(|salt| {
            let shards = grouped(salt.shards.into());
            (told.salt)(&grouped(salt.suffixes.into()), &grouped(salt.keys), &shards)
        }));
        if keys.splits.fullest_permille < keys.splits.even_permille {
            let splits = &keys.splits;
            let full = percent(splits.fullest_permille);
            lines.push((told.splits)(&full, &percent(splits.even_permille)));
        }
        if keys.unknown_steps > 0 {
            lines.push((told.unknown)(&grouped(keys.unknown_steps)));
        }
    }
    if report.facts.time.is_some() && advice.needs.tank < advice.needs.bytes {
        let [tank, minute] = [advice.needs.tank, advice.needs.minute];
        lines.push((told.bursts)(&grouped(tank.into()), &grouped(minute.into())));
    }
    if advice.needs.poll_millis > 200 {
        lines.push((told.polls)(&grouped(advice.needs.poll_millis.into())));
    }
    let starts = advice.keys.iter().flat_map(|keys| &keys.splits.starts);
    let starts: Vec<String> = starts.map(u128::to_string).collect();
    html! {
        <>
            <ul class="data__remedies">
                { for lines.into_iter().map(|line| html! { <li>{ line }</li> }) }
            </ul>
            if !starts.is_empty() {
                <details>
                    <summary>{ told.starts }</summary>
                    <ol class="data__starts">
                        <li>{ "0" }</li>
                        { for starts.into_iter().map(|start| html! { <li>{ start }</li> }) }
                    </ol>
                </details>
            }
        </>
    }
}

fn hottest(report: &Report, keys: &KeyAdvice, text: &words::Data) -> Option<String> {
    let peak = keys.hottest.as_ref()?;
    let key = peak.text.as_deref().map_or_else(|| text.answer.withheld.to_owned(), short);
    let when = when(report, peak.rate.at, text);
    Some((text.reasons.hottest)(&key, &percent(peak.permille), &rate(peak.rate, text), &when))
}
