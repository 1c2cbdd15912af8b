//! Percentiles: which texts are one, and what it is of what CloudWatch was handed.
//!
//! Kinesis hands in the sum, the count, the least and the most of a minute, not the values. Of such
//! a set CloudWatch knows a percentile only if all its values are equal, so that it is that value;
//! other periods have no datapoint.
//!
//! Read first: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html>.

use crate::engine::service::metrics::Statistic;

/// Whether it is `p` and a number from 0 to 100 with at most ten digits after its point.
pub fn is_percentile(text: &str) -> bool {
    let Some(number) = text.strip_prefix('p') else { return false };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = !whole.is_empty()
        && whole.len() <= 3
        && is_digits(whole)
        && !fraction.is_empty()
        && fraction.len() <= 10
        && is_digits(fraction);
    let whole = whole.parse().unwrap_or(u32::MAX);
    is_number && (whole < 100 || (whole == 100 && fraction.bytes().all(|digit| digit == b'0')))
}

/// Any percentile of a period as a quotient, if CloudWatch can know it.
pub fn value(statistic: &Statistic) -> Option<(u64, u64)> {
    (statistic.min == statistic.max).then_some((statistic.min, 1))
}

/// What to say beside an answer that may lack percentiles.
pub const HINT: &str = "Kinesis hands CloudWatch sums, not values, so a percentile is there only \
    where all values of a period are equal. Ask for Average, Minimum or Maximum.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_p_and_a_number_up_to_a_hundred() {
        for text in ["p0", "p99", "p99.9", "p100", "p100.0", "p00.1", "p0.0000000001"] {
            assert!(is_percentile(text), "{text}");
        }
        for text in ["p", "99", "p101", "p100.1", "p-1", "p1e1", "p9.", "p.9", "tm99", "P50"] {
            assert!(!is_percentile(text), "{text}");
        }
    }
}
