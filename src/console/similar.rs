//! What somebody may have meant.

/// Up to three choices that are at least so many percent like `value`, the most alike first.
pub fn close_matches<'a>(
    value: &str,
    choices: &'a [impl AsRef<str>],
    percent: usize,
) -> Vec<&'a str> {
    let mut best: Vec<(usize, &str)> = Vec::new();
    for choice in choices.iter().map(AsRef::as_ref) {
        let common = 2 * matched(value.as_bytes(), choice.as_bytes());
        let all = value.len() + choice.len();
        if common * 100 >= all * percent {
            let scored = (common * 1_000_000 / all.max(1), choice);
            best.insert(best.partition_point(|other| *other > scored), scored);
            best.truncate(3);
        }
    }
    best.into_iter().map(|(_, choice)| choice).collect()
}

/// How many bytes `a` and `b` share in blocks of the same order (Ratcliff and Obershelp): the
/// longest common block, and the same again on its left and on its right.
fn matched(a: &[u8], b: &[u8]) -> usize {
    let (mut best, mut at_a, mut at_b) = (0, 0, 0);
    for from_a in 0..a.len() {
        for from_b in 0..b.len() {
            let pairs = a[from_a..].iter().zip(&b[from_b..]);
            let length = pairs.take_while(|(left, right)| left == right).count();
            if length > best {
                (best, at_a, at_b) = (length, from_a, from_b);
            }
        }
    }
    if best == 0 {
        return 0;
    }
    best + matched(&a[..at_a], &b[..at_b]) + matched(&a[at_a + best..], &b[at_b + best..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_alike_comes_first_and_strangers_not_at_all() {
        let choices = ["merge-shards", "put-record", "put-records"];
        assert_eq!(close_matches("put-recrod", &choices, 80), ["put-record", "put-records"]);
        assert_eq!(close_matches("nosuchop", &choices, 80), [""; 0]);
        assert_eq!(close_matches("", &choices, 80), [""; 0]);
    }
}
