//! Text to rows, in pieces that may be cut anywhere.

use super::csv::after_all;
use crate::engine::client::dataset::csv::Place;
use crate::sizing::form::Shape;
use memchr::memchr2;

/// Lines that a quoted cell may go through, as for `lab replay`. Beyond that the quote was a slip,
/// and only its own line is lost.
const CELL_LINES_MAX: u32 = 100;

/// Cuts a text into rows. It holds no more than one row and what was added last.
#[derive(Clone, Debug)]
pub struct Cutter {
    /// The delimiter of a CSV file, whose rows may go through several lines.
    delimiter: Option<u8>,
    /// The most bytes of a row; a longer one is not held.
    row_bytes_max: usize,
    /// What is not cut yet, from the beginning of a row.
    text: Vec<u8>,
    /// How much of it has no line break.
    searched: usize,
    /// Whether the rest of a line is passed over.
    skip: Skip,
    /// The row that is begun, if it goes through lines.
    open: Option<Open>,
    /// Lines that are over.
    lines: u64,
    /// Lines by their ends: [`LineEnds`].
    ends: [u64; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Skip {
    No,
    ToLineEnd,
}

/// A row whose first line has ended within a quoted cell.
#[derive(Clone, Copy, Debug)]
struct Open {
    place: Place,
    /// Where its second line begins, and how many lines were over there.
    second: (usize, u64),
    /// The line ends seen until there.
    ends: [u64; 3],
    lines: u32,
    /// Where its last line ends, and where the next one begins.
    last: usize,
    next: usize,
}

/// What a text holds, with the line it begins in, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A row, without its line break.
    Row(u64, &'a [u8]),
    /// A row that is longer than any may be.
    TooLong(u64),
    /// A line with a quote that is never closed, or with something behind one that is.
    BadQuotes(u64),
}

/// Whether there is more text to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    ToCome,
    None,
}

impl Cutter {
    /// At the beginning of a text. Rows of more bytes than `row_bytes_max` are not held.
    pub fn new(shape: Shape, row_bytes_max: usize) -> Self {
        let delimiter = match shape {
            Shape::Csv { delimiter } => Some(delimiter),
            Shape::Ndjson | Shape::Plain => None,
        };
        Self {
            delimiter,
            row_bytes_max,
            text: Vec::new(),
            searched: 0,
            skip: Skip::No,
            open: None,
            lines: 0,
            ends: [0; 3],
        }
    }

    /// Where the next text is to be appended, before [`cut`](Self::cut).
    pub fn text(&mut self) -> &mut Vec<u8> {
        &mut self.text
    }

    /// Lines that are over.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Lines that ended with `\n`, with `\r\n`, and with `\r` alone.
    pub fn ends(&self) -> [u64; 3] {
        self.ends
    }

    /// Names the rows that are whole.
    pub fn cut(&mut self, each: &mut dyn FnMut(Piece)) {
        self.cut_to(Rest::ToCome, each);
    }

    /// Names what is left at the end of the text.
    pub fn finish(&mut self, each: &mut dyn FnMut(Piece)) {
        self.cut_to(Rest::None, each);
    }

    fn cut_to(&mut self, rest: Rest, each: &mut dyn FnMut(Piece)) {
        let text = std::mem::take(&mut self.text);
        let (mut start, mut at) = (0, self.searched);
        loop {
            let Some((end, next)) = self.line_end(&text, at, start, rest) else {
                let is_open = self.open.is_some();
                let begun = (text.len() - start).saturating_sub(last_cr(&text));
                let is_long = begun > self.row_bytes_max;
                if is_open && (is_long || rest == Rest::None) {
                    (start, at) = self.give_up(each);
                    continue;
                }
                if is_long && self.skip == Skip::No {
                    each(Piece::TooLong(self.lines + 1));
                    self.skip = Skip::ToLineEnd;
                }
                break;
            };
            self.lines += 1;
            at = next;
            if self.skip == Skip::ToLineEnd {
                self.skip = Skip::No;
                start = next;
                continue;
            }
            match self.line(&text, start, end, next, each) {
                Line::Ends => start = next,
                Line::GoesOn => {}
                Line::Fails => (start, at) = self.give_up(each),
            }
        }
        self.keep(text, start);
    }

    /// Holds what belongs to a row that is not whole.
    fn keep(&mut self, mut text: Vec<u8>, start: usize) {
        if self.skip == Skip::ToLineEnd {
            // A `\r` may be the first half of a line end.
            let half = text.last() == Some(&b'\r');
            text.clear();
            text.extend(half.then_some(b'\r'));
        } else {
            text.drain(..start);
        }
        if let Some(open) = &mut self.open {
            open.second.0 -= start;
            open.last -= start;
            open.next -= start;
        }
        self.searched = text.len() - last_cr(&text);
        self.text = text;
    }

    /// Where the next line ends and the one after it begins.
    fn line_end(
        &mut self,
        text: &[u8],
        at: usize,
        start: usize,
        rest: Rest,
    ) -> Option<(usize, usize)> {
        let Some(found) = memchr2(b'\n', b'\r', &text[at..]) else {
            // The last line has no end.
            let line = self.open.as_ref().map_or(start, |open| open.next);
            let is_there = text.len() > line || self.skip == Skip::ToLineEnd;
            return (rest == Rest::None && is_there).then_some((text.len(), text.len()));
        };
        let end = at + found;
        let (kind, next) = match (text[end], text.get(end + 1)) {
            (b'\n', _) => (0, end + 1),
            (_, Some(b'\n')) => (1, end + 2),
            (_, None) if rest == Rest::ToCome => return None,
            _ => (2, end + 1),
        };
        self.ends[kind] += 1;
        Some((end, next))
    }

    /// Takes a line in.
    fn line(
        &mut self,
        text: &[u8],
        start: usize,
        end: usize,
        next: usize,
        each: &mut dyn FnMut(Piece),
    ) -> Line {
        let is_long = end - start > self.row_bytes_max;
        let Some(delimiter) = self.delimiter else {
            let line = self.lines;
            each(if is_long { Piece::TooLong(line) } else { Piece::Row(line, &text[start..end]) });
            return Line::Ends;
        };
        let (from, before) = match &self.open {
            Some(open) if is_long || open.lines >= CELL_LINES_MAX => return Line::Fails,
            Some(open) => (open.last, open.place),
            None if is_long => {
                each(Piece::TooLong(self.lines));
                return Line::Ends;
            }
            None => (start, Place::default()),
        };
        let place = after_all(before, &text[from..end], delimiter);
        match (place, &mut self.open) {
            (Place::Quoted, Some(open)) => {
                (open.place, open.last, open.next) = (place, end, next);
                open.lines += 1;
                Line::GoesOn
            }
            (Place::Quoted, None) => {
                let second = (next, self.lines);
                let ends = self.ends;
                self.open = Some(Open { place, second, ends, lines: 1, last: end, next });
                Line::GoesOn
            }
            (Place::Broken, Some(_)) => Line::Fails,
            (Place::Broken, None) => {
                each(Piece::BadQuotes(self.lines));
                Line::Ends
            }
            (_, open) => {
                let line = open.take().map_or(self.lines, |open| open.second.1);
                each(Piece::Row(line, &text[start..end]));
                Line::Ends
            }
        }
    }

    /// Loses the first line of a row that cannot be one, and goes on with the second.
    fn give_up(&mut self, each: &mut dyn FnMut(Piece)) -> (usize, usize) {
        let open = self.open.take().expect("a row that goes through lines");
        let (second, lines) = open.second;
        each(Piece::BadQuotes(lines));
        (self.lines, self.ends) = (lines, open.ends);
        (second, second)
    }
}

/// 1 if a text ends with `\r`, which may be the first half of a line end.
fn last_cr(text: &[u8]) -> usize {
    usize::from(text.last() == Some(&b'\r'))
}

/// What a line does to its row.
enum Line {
    Ends,
    GoesOn,
    Fails,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines and texts of rows, other pieces as their names, and the lines by their ends.
    fn cut(text: &str, max: usize, step: usize) -> (Vec<(u64, String)>, [u64; 3]) {
        let mut cutter = Cutter::new(Shape::Csv { delimiter: b',' }, max);
        let mut found = Vec::new();
        let mut each = |piece: Piece| {
            found.push(match piece {
                Piece::Row(line, row) => (line, String::from_utf8(row.to_vec()).unwrap()),
                Piece::TooLong(line) => (line, "too long".to_owned()),
                Piece::BadQuotes(line) => (line, "bad quotes".to_owned()),
            });
        };
        for chunk in text.as_bytes().chunks(step) {
            cutter.text().extend_from_slice(chunk);
            cutter.cut(&mut each);
        }
        cutter.finish(&mut each);
        (found, cutter.ends())
    }

    #[test]
    fn rows_are_the_same_wherever_they_are_cut() {
        let text = "a,b\r\n1,\"2\r\n\n3\"\rx\n\n\"open\nthen,\"\"\n\"bad\"x,1\nlast";
        let expected = [
            (1, "a,b"),
            (2, "1,\"2\r\n\n3\""),
            (5, "x"),
            (6, ""),
            (7, "bad quotes"),
            (8, "then,\"\""),
            (9, "bad quotes"),
            (10, "last"),
        ];
        let expected: Vec<_> = expected.map(|(line, row)| (line, row.to_owned())).into();
        for step in 1..=text.len() {
            let (rows, ends) = cut(text, 1_000, step);
            assert_eq!(rows, expected, "in steps of {step}");
            assert_eq!(ends, [6, 2, 1], "in steps of {step}");
        }
    }

    #[test]
    fn long_rows_are_not_held() {
        let text = "1234567890\n12345\n12345678901\r\n\"123\n1234567\n8901\"\n1\n123456789012";
        let expected = [
            (1, "1234567890"),
            (2, "12345"),
            (3, "too long"),
            (4, "bad quotes"),
            (5, "1234567"),
            (6, "8901\""),
            (7, "1"),
            (8, "too long"),
        ];
        let expected: Vec<_> = expected.map(|(line, row)| (line, row.to_owned())).into();
        for step in 1..=text.len() {
            assert_eq!(cut(text, 10, step).0, expected, "in steps of {step}");
        }
        for text in ["", "\r", "\n", "a\r"] {
            assert_eq!(cut(text, 10, 1), cut(text, 10, 9), "{text:?}");
        }
        assert_eq!(cut("a\r", 10, 1).0, [(1, "a".to_owned())]);
        assert_eq!(cut("a\n", 10, 1).0.len(), 1);
    }
}
