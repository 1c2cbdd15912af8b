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
    let columns = read(header, delimiter).unwrap_or_default();
    let (mut rows, mut malformed) = (Vec::new(), Vec::new());
    let is_row = |start: u32, end: u32| {
        let cells = read(&text[start as usize..end as usize], delimiter);
        cells.is_some_and(|cells| cells.len() == columns.len())
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
    let cells = read(row, delimiter).unwrap_or_default();
    places.iter().map(|place| cells.get((*place)?).cloned()).collect()
}

fn read(row: &str, delimiter: u8) -> Option<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .buffer_capacity(row.len() + 1)
        .from_reader(row.as_bytes());
    let record = reader.records().next()?.ok()?;
    Some(record.iter().map(str::to_owned).collect())
}

/// Where a walk through a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    CellStart,
    /// In a cell without quotes around it; quotes within are letters.
    Bare,
    Quoted,
    /// After a quote in a quoted cell: its end, or the first of two that stand for one.
    AfterQuote,
    /// After a quoted cell comes something else than a delimiter.
    Broken,
}

impl Place {
    fn after(self, byte: u8, delimiter: u8) -> Self {
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
