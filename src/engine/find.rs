//! Where a text has a part: for short texts, in little code.
//!
//! The library's search for a text in a text never takes longer than their sum. It is four
//! kilobytes that the page downloads, for ARNs and names.

/// The place of the first `part` in `text`, in bytes; a part has at least one.
///
/// ```
/// use shardlab::engine::find::{find, rsplit};
///
/// assert_eq!(find("a::b::c", "::"), Some(1));
/// assert_eq!(rsplit("a::b::c", "::"), Some(("a::b", "c")));
/// assert_eq!(find("a:b", "::"), None);
/// ```
pub fn find(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len()).position(|window| window == part.as_bytes())
}

/// What is before and what is after the last `part` of `text`; a part has at least one byte.
pub fn rsplit<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = text.as_bytes().windows(part.len()).rposition(|window| window == part.as_bytes());
    at.map(|at| (&text[..at], &text[at + part.len()..]))
}
