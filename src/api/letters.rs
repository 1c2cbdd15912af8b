//! Small and capital letters of all scripts, without the seven kilobytes of the standard library's
//! fast ways.

/// The text in capital letters, as [`str::to_uppercase`] makes them.
pub fn upper(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).collect()
}

/// The text in small letters, to compare with others: letter by letter, so that a sigma at a word's
/// end is like any other.
pub fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_all_scripts_change() {
        let text = "PutRecord straße 주문 ﬁ ΟΔΟΣ Ǆ";
        assert_eq!(upper(text), text.to_uppercase());
        assert_eq!(lower(text), text.to_lowercase().replace('ς', "σ"));
    }
}
