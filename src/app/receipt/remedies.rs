//! What helps: each remedy with its lines, what was measured, and a button that enters them.

use crate::text::receipt as words;
use shardlab::insight::history::Mark;
use shardlab::insight::inquiry::{HEAD_START, Inquiry, Tried};
use shardlab::insight::remedy::{Fix, Remedy};
use shardlab::insight::trial::{HORIZON, Outcome};
use shardlab::scene::words::{grouped, span};
use std::time::Duration;
use yew::prelude::*;

/// All remedies, as far as they are tried.
pub fn view_remedies(
    inquiry: &Inquiry,
    text: &words::Receipt,
    entered: Option<Fix>,
    on_try: &Callback<Remedy>,
) -> Html {
    let tried = inquiry.tried();
    let nothing = tried.first().and_then(|first| first.outcome.as_ref());
    let lasted = nothing.map_or(HORIZON, |outcome| outcome.lasted);
    let measures = match inquiry.sought().mark {
        Mark::WriteRefused => Measures::Writes,
        Mark::ReadRefused | Mark::Lost => Measures::Reads,
    };
    let one = |one: &Tried| {
        let verdict = verdict_of(one, nothing, measures);
        let is_entered = entered == Some(one.remedy.fix);
        html! {
            <li class="receipt__remedy" data-verdict={verdict.map(|place| VERDICTS[place])}>
                { view_one(one, nothing, measures, text) }
                if one.remedy.fix != Fix::Nothing {
                    { view_lines(&one.remedy, text, on_try) }
                }
                if is_entered {
                    <p class="sheet__note" role="status">{ text.entered }</p>
                }
            </li>
        }
    };
    html! {
        <>
            <h3 class="receipt__name">{ text.remedies }</h3>
            if tried.is_empty() {
                <p>{ text.no_remedies }</p>
            } else {
                <p>{ (text.tried)(&secs(HEAD_START), &secs(lasted)) }</p>
                <ul class="receipt__remedies" aria-live="polite">{ for tried.iter().map(one) }</ul>
            }
        </>
    }
}

/// Whole seconds, as the remedies' words say them.
fn secs(duration: Duration) -> String {
    format!("{} s", duration.as_secs().max(1))
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measures {
    /// Of those who put.
    Writes,
    /// Of those who get.
    Reads,
}

fn view_one(
    tried: &Tried,
    nothing: Option<&Outcome>,
    measures: Measures,
    text: &words::Receipt,
) -> Html {
    let (name, words) = text.fixes[place(tried.remedy.fix)];
    let verdict = verdict_of(tried, nothing, measures);
    html! {
        <>
            <p class="receipt__fix">
                <strong>{ name }</strong>
                if let Some(place) = verdict {
                    { " " }<span class="receipt__verdict">{ text.verdicts[place] }</span>
                }
            </p>
            <p>{ words }</p>
            if let Some(outcome) = &tried.outcome {
                { view_outcome(outcome, nothing.unwrap_or(outcome), measures, text) }
            } else {
                <p class="sheet__note">{ text.trying }</p>
            }
        </>
    }
}

fn view_lines(remedy: &Remedy, text: &words::Receipt, on_try: &Callback<Remedy>) -> Html {
    let label = format!("{}: {}", text.try_here, text.fixes[place(remedy.fix)].0);
    let tried = remedy.clone();
    let onclick = on_try.reform(move |_| tried.clone());
    html! {
        <>
            <pre class="receipt__lines">{ remedy.lines.join("\n") }</pre>
            <button type="button" class="receipt__try" aria-label={label} {onclick}>
                { text.try_here }
            </button>
        </>
    }
}

fn verdict_of(tried: &Tried, nothing: Option<&Outcome>, measures: Measures) -> Option<usize> {
    let (outcome, nothing) = (tried.outcome.as_ref()?, nothing?);
    (tried.remedy.fix != Fix::Nothing).then(|| verdict(outcome, nothing, measures))
}

/// How the verdicts are called in the style sheet.
const VERDICTS: [&str; 4] = ["stops", "helps", "idle", "worse"];

/// How well it helped, by its place among the verdicts.
fn verdict(outcome: &Outcome, nothing: &Outcome, measures: Measures) -> usize {
    let refused = |outcome: &Outcome| match measures {
        Measures::Writes => (outcome.sums.refused, outcome.refused_at_end.0),
        Measures::Reads => (outcome.sums.reads_refused, outcome.refused_at_end.1),
    };
    let ((all, at_end), (before, before_at_end)) = (refused(outcome), refused(nothing));
    let missing = |outcome: &Outcome| outcome.sums.given_up + outcome.waiting;
    let lost_less = measures == Measures::Writes && missing(outcome) * 2 < missing(nothing);
    match () {
        () if outcome.error.is_some() => 2,
        () if at_end == 0 && (before_at_end > 0 || all < before) => 0,
        () if at_end * 4 <= before_at_end * 3 && all < before || lost_less => 1,
        () if all * 10 > before * 11 => 3,
        () => 2,
    }
}

fn view_outcome(
    outcome: &Outcome,
    nothing: &Outcome,
    measures: Measures,
    text: &words::Receipt,
) -> Html {
    let rate = |count: u64| (text.per_second)(&grouped(count));
    let behind = |outcome: &Outcome| span(Duration::from_millis(outcome.behind_millis));
    let (sums, before) = (&outcome.sums, &nothing.sums);
    let shards = (4, grouped(nothing.shards.into()), grouped(outcome.shards.into()));
    let facts = match measures {
        Measures::Writes => vec![
            (0, grouped(before.refused), grouped(sums.refused)),
            (1, rate(nothing.refused_at_end.0), rate(outcome.refused_at_end.0)),
            (2, grouped(before.given_up), grouped(sums.given_up)),
            (6, grouped(nothing.waiting), grouped(outcome.waiting)),
            shards,
        ],
        Measures::Reads => vec![
            (0, grouped(before.reads_refused), grouped(sums.reads_refused)),
            (1, rate(nothing.refused_at_end.1), rate(outcome.refused_at_end.1)),
            (3, behind(nothing), behind(outcome)),
            shards,
            (5, grouped(nothing.registered), grouped(outcome.registered)),
        ],
    };
    let fact = |(name, before, after): (usize, String, String)| {
        let is_changed = before != after;
        html! {
            <div class="receipt__fact">
                <dt>{ text.measures[name] }</dt>
                <dd>
                    if is_changed {
                        <span class="receipt__before">{ before }</span>{ " → " }
                    }
                    { after }
                </dd>
            </div>
        }
    };
    html! {
        <>
            if let Some(error) = &outcome.error {
                <p class="sheet__note">{ (text.failed)(error) }</p>
            }
            <dl class="receipt__facts">{ for facts.into_iter().map(fact) }</dl>
        </>
    }
}

/// A remedy's place among the words.
fn place(fix: Fix) -> usize {
    match fix {
        Fix::Nothing => 0,
        Fix::Split => 1,
        Fix::Keys => 2,
        Fix::Shards => 3,
        Fix::Backoff => 4,
        Fix::OnDemand => 5,
        Fix::FanOut => 6,
        Fix::FanOutAll => 7,
        Fix::Slower => 8,
        Fix::Smaller => 9,
        Fix::Fewer => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shardlab::insight::trial::Sums;

    fn refused(all: u64, at_end: u64, given_up: u64) -> Outcome {
        Outcome {
            lasted: HORIZON,
            sums: Sums { refused: all, given_up, ..Sums::default() },
            refused_at_end: (at_end, 0),
            waiting: 0,
            behind_millis: 0,
            shards: 1,
            registered: 0,
            error: None,
        }
    }

    #[test]
    fn verdicts_follow_from_what_was_measured() {
        let nothing = refused(1_000, 20, 100);
        let of = |all, at_end, given_up| {
            VERDICTS[verdict(&refused(all, at_end, given_up), &nothing, Measures::Writes)]
        };
        assert_eq!(of(100, 0, 5), "stops");
        assert_eq!(of(500, 10, 60), "helps");
        assert_eq!(of(1_500, 25, 20), "helps", "fewer are lost for good");
        assert_eq!(of(1_000, 20, 100), "idle");
        assert_eq!(of(1_500, 30, 90), "worse");
    }
}
