//! The level of a bucket around a refusal, as a small drawing.

use super::amount::kind;
use crate::text::receipt as words;
use shardlab::insight::receipt::{BEFORE, COLUMN, Column, Receipt};
use std::fmt::Write;
use yew::prelude::*;

/// The size of the drawing, in its own units.
const WIDTH: i64 = 400;
const HEIGHT: i64 = 96;
/// Room above a full bucket and below the lowest level.
const PAD: i64 = 4;

/// The drawing, with its words.
pub fn view_spark(found: &Receipt, text: &words::Receipt) -> Html {
    let columns = &found.columns;
    let capacity = i64::try_from(found.capacity).unwrap_or(i64::MAX);
    let lowest = columns.iter().map(|column| column.low).min().unwrap_or(0);
    let bottom = lowest.min(0);
    let scale = Scale { top: capacity, bottom };
    let (band, line) = (scale.band(columns), scale.line(columns));
    let zero = scale.y(0);
    let at = i64::try_from(BEFORE.as_millis() / COLUMN.as_millis()).unwrap_or(0);
    let at = at * WIDTH / i64::try_from(columns.len().max(1)).unwrap_or(1);
    let amount = |tokens: i64| {
        let text = kind(found.throttle.bucket).text(tokens.unsigned_abs(), text);
        if tokens < 0 { format!("−{text}") } else { text }
    };
    let first = columns.first().map_or(0, |column| column.high);
    let twin = (text.figure_twin)(&amount(first), &amount(lowest), &amount(found.before));
    html! {
        <figure class="receipt__figure">
            <figcaption>{ text.figure }</figcaption>
            <p class="receipt__capacity" aria-hidden="true">{ (text.full)(&amount(capacity)) }</p>
            <svg class="receipt__spark" viewBox={format!("0 0 {WIDTH} {HEIGHT}")}
                preserveAspectRatio="none" role="img" aria-label={twin}>
                <path class="receipt__full" d={format!("M0 {PAD}H{WIDTH}")} />
                <path class="receipt__zero" d={format!("M0 {zero}H{WIDTH}")} />
                <path class="receipt__band" d={band} />
                <path class="receipt__line" d={line} />
                <path class="receipt__moment" d={format!("M{at} 0V{HEIGHT}")} />
            </svg>
            <p class="receipt__axis" aria-hidden="true">
                <span>{ "−2 s" }</span>
                <span class="receipt__refused">{ text.refusal }</span>
                <span>{ "+0.5 s" }</span>
            </p>
        </figure>
    }
}

/// From tokens to the height of the drawing.
#[derive(Clone, Copy)]
struct Scale {
    top: i64,
    bottom: i64,
}

impl Scale {
    fn y(self, level: i64) -> i64 {
        let room = HEIGHT - 2 * PAD;
        PAD + (self.top - level) * room / (self.top - self.bottom).max(1)
    }

    /// Between the highest and the lowest level of each column.
    fn band(self, columns: &[Column]) -> String {
        let mut path = String::new();
        let highs = places(columns).map(|(x, column)| (x, column.high));
        let lows = places(columns).map(|(x, column)| (x, column.low));
        for (number, (x, level)) in highs.chain(lows.rev()).enumerate() {
            let letter = if number == 0 { 'M' } else { 'L' };
            // Writing to a string cannot fail.
            let _ = write!(path, "{letter}{x} {}", self.y(level));
        }
        path.push('z');
        path
    }

    fn line(self, columns: &[Column]) -> String {
        let mut path = String::new();
        for (number, (x, column)) in places(columns).enumerate() {
            let letter = if number == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{letter}{x} {}", self.y(column.low));
        }
        path
    }
}

/// The columns, and where each begins.
fn places(columns: &[Column]) -> impl DoubleEndedIterator<Item = (i64, &Column)> {
    let count = i64::try_from(columns.len().max(1)).unwrap_or(1);
    columns
        .iter()
        .enumerate()
        .map(move |(number, column)| (i64::try_from(number).unwrap_or(0) * WIDTH / count, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_bucket_is_at_the_top_and_a_debt_below_the_line_of_nothing() {
        let scale = Scale { top: 1_000, bottom: -1_000 };
        assert_eq!((scale.y(1_000), scale.y(0), scale.y(-1_000)), (4, 48, 92));
        let columns = [Column { low: 0, high: 1_000 }, Column { low: -1_000, high: 0 }];
        assert_eq!(scale.line(&columns), "M0 48L200 92");
        assert_eq!(scale.band(&columns), "M0 4L200 48L200 92L0 48z");
    }
}
