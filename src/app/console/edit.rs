//! A field's text, its cursor, and the keys of readline: where they cut and where they go.

use std::ops::Range;

/// What a field says and where its cursor stands, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Its text, line breaks included.
    pub text: String,
    /// What is selected; empty where the cursor stands alone.
    pub selected: Range<usize>,
}

/// What a key of readline does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Takes a part of the text away.
    Cut(Range<usize>),
    /// Sets the cursor.
    Go(usize),
}

impl Field {
    /// A field as a browser has it: places count 16-bit units there.
    pub fn new(text: String, selected: Range<u32>) -> Self {
        let bytes = |units: u32| {
            let mut left = i64::from(units);
            let mut letters = text.char_indices();
            let place = letters.find(|(_, letter)| {
                left -= i64::try_from(letter.len_utf16()).unwrap_or(0);
                left < 0
            });
            place.map_or(text.len(), |(place, _)| place)
        };
        let selected = bytes(selected.start)..bytes(selected.end);
        Self { text, selected }
    }

    /// A place in bytes as the browser counts it.
    pub fn units(&self, place: usize) -> u32 {
        let before = self.text.get(..place).unwrap_or(&self.text);
        u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
    }

    /// Where the cursor stands.
    pub fn cursor(&self) -> usize {
        self.selected.end
    }

    /// What readline does when this key is pressed with Ctrl; nothing if it is none of its keys.
    pub fn with_control(&self, key: &str) -> Option<Edit> {
        let (line, cursor) = (self.line(), self.cursor());
        match key {
            "a" => Some(Edit::Go(line.start)),
            "e" => Some(Edit::Go(line.end)),
            "u" => Some(Edit::Cut(line.start..cursor)),
            "k" => Some(Edit::Cut(cursor..line.end)),
            "w" => Some(Edit::Cut(self.word_before()..cursor)),
            _ => None,
        }
    }

    /// Whether the cursor stands in the first line.
    pub fn is_in_first_line(&self) -> bool {
        self.line().start == 0
    }

    /// Whether the cursor stands in the last line.
    pub fn is_in_last_line(&self) -> bool {
        self.line().end == self.text.len()
    }

    /// The line of the cursor.
    fn line(&self) -> Range<usize> {
        let (before, after) = self.text.split_at(self.cursor());
        let start = before.rfind('\n').map_or(0, |place| place + 1);
        let end = after.find('\n').map_or(self.text.len(), |place| before.len() + place);
        start..end
    }

    /// Where the word before the cursor begins.
    fn word_before(&self) -> usize {
        let before = self.text[..self.cursor()].trim_end();
        before
            .rfind(char::is_whitespace)
            .map_or(0, |place| place + before[place..].chars().next().map_or(0, char::len_utf8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(text: &str, cursor: u32) -> Field {
        Field::new(text.to_owned(), cursor..cursor)
    }

    #[test]
    fn places_survive_letters_of_every_width() {
        let text = "가a😀b";
        for (units, bytes) in [(0, 0), (1, 3), (2, 4), (4, 8), (5, 9), (9, 9)] {
            let field = field(text, units);
            assert_eq!(field.cursor(), bytes, "{units}");
            assert_eq!(field.units(bytes), units.min(5));
        }
    }

    #[test]
    fn readline_keys_work_within_the_line_of_the_cursor() {
        let field = field("echo 가나 다\necho b", 7);
        assert_eq!(field.with_control("a"), Some(Edit::Go(0)));
        assert_eq!(field.with_control("e"), Some(Edit::Go(15)));
        assert_eq!(field.with_control("u"), Some(Edit::Cut(0..11)));
        assert_eq!(field.with_control("k"), Some(Edit::Cut(11..15)));
        assert_eq!(field.with_control("w"), Some(Edit::Cut(5..11)));
        assert_eq!(field.with_control("z"), None);
        assert!(field.is_in_first_line() && !field.is_in_last_line());
    }
}
