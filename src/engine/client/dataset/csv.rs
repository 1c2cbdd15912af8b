//! CSV texts (RFC 4180), row by row.

use super::{Format, Found, Row, lines};

/// Lines that a quoted cell may go through. Beyond that the quote was a slip, and only its own line
/// is lost.
const CELL_LINES_MAX: usize = 100;

/// The rows of a text: those with as many cells as the first line, which names the columns.
pub(super) fn find_rows(text: &str) -> Found {
    let mut lines = lines(text).filter(|(_, line)| !line.trim().is_empty()).peekable();
    let header = lines.next().map_or("", |(_, line)| line);
    let delimiter = delimiter(header);
    let mut columns = Vec::new();
    walk(header, delimiter, &mut |cell| columns.push(cell.to_owned()));
    let (mut rows, mut malformed) = (Vec::new(), Vec::new());
    let is_row = |start: u32, end: u32| {
        let mut count = 0;
        walk(&text[start as usize..end as usize], delimiter, &mut |_| count += 1);
        count == columns.len()
    };
    let mut next = lines.next();
    while let Some((first, _)) = next {
        let end = end_of_row(text, first, delimiter);
        if let Some(end) = end.filter(|&end| is_row(first.start, end)) {
            rows.push(Row { end, ..first });
            next = lines.find(|(row, _)| row.start > end);
        } else {
            malformed.push(first.line);
            next = lines.next();
        }
    }
    Found { format: Format::Csv { delimiter }, columns, rows, malformed }
}

/// Some cells of a row.
pub(super) fn cells(row: &str, delimiter: u8, places: &[Option<usize>]) -> Vec<Option<String>> {
    let mut found = vec![None; places.len()];
    let mut count = 0;
    walk(row, delimiter, &mut |cell| {
        for (found, _) in found.iter_mut().zip(places).filter(|(_, place)| **place == Some(count)) {
            *found = Some(cell.to_owned());
        }
        count += 1;
    });
    found
}

/// Tells each cell of a row, without its quotes. What follows a line break outside of quotes is not
/// part of the row.
fn walk(row: &str, delimiter: u8, each: &mut dyn FnMut(&str)) {
    let row = row.trim_start_matches(['\r', '\n']);
    // The cell as far as it was copied, and where the copying goes on.
    let (mut cell, mut from) = (String::new(), 0);
    let mut place = Place::CellStart;
    for (at, byte) in row.bytes().enumerate() {
        let next = match place.after(byte, delimiter) {
            // Letters after a quoted cell belong to it; only a line of names has any.
            Place::Broken => Place::Bare,
            next => next,
        };
        match (place, next) {
            (Place::Quoted, _) if next == Place::Quoted => {}
            (_, _) if byte == b'\r' || byte == b'\n' => {
                cell.push_str(&row[from..at]);
                return each(&cell);
            }
            // A quote that is one only for the text.
            (Place::CellStart, Place::Quoted) | (Place::Quoted, Place::AfterQuote) => {
                cell.push_str(&row[from..at]);
                from = at + 1;
            }
            // The second of two stands for both.
            (Place::AfterQuote, Place::Quoted) => from = at,
            (_, Place::CellStart) => {
                cell.push_str(&row[from..at]);
                each(&cell);
                cell.clear();
                from = at + 1;
            }
            _ => {}
        }
        place = next;
    }
    cell.push_str(&row[from..]);
    each(&cell);
}

/// Where a walk through a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// At the first byte of a cell.
    #[default]
    CellStart,
    /// In a cell without quotes around it; quotes within are letters.
    Bare,
    /// In a quoted cell.
    Quoted,
    /// After a quote in a quoted cell: its end, or the first of two that stand for one.
    AfterQuote,
    /// After a quoted cell comes something else than a delimiter.
    Broken,
}

impl Place {
    /// Where it is after another byte.
    #[inline]
    #[must_use]
    pub fn after(self, byte: u8, delimiter: u8) -> Self {
        match (self, byte) {
            (Self::Quoted, b'"') => Self::AfterQuote,
            (Self::Quoted, _) | (Self::CellStart | Self::AfterQuote, b'"') => Self::Quoted,
            (Self::Broken, _) => Self::Broken,
            (_, byte) if byte == delimiter => Self::CellStart,
            (Self::AfterQuote, b'\r' | b'\n') => Self::AfterQuote,
            (Self::AfterQuote, _) => Self::Broken,
            (Self::CellStart | Self::Bare, _) => Self::Bare,
        }
    }
}

/// Where the row ends that begins at a line: there, or where its last quoted cell is closed.
fn end_of_row(text: &str, first: Row, delimiter: u8) -> Option<u32> {
    let (mut place, mut end) = (Place::CellStart, first.start as usize);
    for line in text[end..].split_inclusive('\n').take(CELL_LINES_MAX) {
        place = line.bytes().fold(place, |place, byte| place.after(byte, delimiter));
        end += line.len();
        match place {
            Place::Quoted => {}
            Place::Broken => return None,
            Place::CellStart | Place::Bare | Place::AfterQuote => {
                let row = text[..end].trim_end_matches(['\n', '\r']);
                return Some(super::place(row.len()));
            }
        }
    }
    None
}

fn delimiter(header: &str) -> u8 {
    let count = |wanted: u8| header.bytes().filter(|&byte| byte == wanted).count();
    let most = [b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(delimiter));
    most.expect("three to choose from")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a library of the field reads.
    fn read(row: &str, delimiter: u8) -> Vec<String> {
        let mut reader = ::csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).delimiter(delimiter).from_reader(row.as_bytes());
        let record = reader.records().next().map(|record| record.expect("text"));
        record.iter().flat_map(|record| record.iter().map(str::to_owned)).collect()
    }

    fn walked(row: &str, delimiter: u8) -> Vec<String> {
        let mut cells = Vec::new();
        walk(row, delimiter, &mut |cell| cells.push(cell.to_owned()));
        cells
    }

    proptest! {
        #[test]
        fn cells_are_what_others_read(row in "[ab,;\"\r\né]{0,24}", comma: bool) {
            let delimiter = if comma { b',' } else { b';' };
            let bare = row.trim_matches(['\r', '\n']);
            prop_assume!(!bare.is_empty());
            prop_assert_eq!(walked(&row, delimiter), read(&row, delimiter));
        }
    }

    #[test]
    fn a_cell_that_a_row_lacks_is_none() {
        let found = cells("1,\"2,\"\"\",3", b',', &[Some(1), None, Some(5), Some(1)]);
        let second = Some("2,\"".to_owned());
        assert_eq!(found, [second.clone(), None, None, second]);
    }
}
