//! Data sets: rows of a CSV or NDJSON text, by the names of its columns.
//!
//! A row that cannot be read is noted with its line; the others are not disturbed by it.

pub mod csv;
mod ndjson;
mod timestamp;

pub use timestamp::timestamp;

use crate::engine::service::hash_key::HashKey;
use std::hash::{Hash, Hasher};

/// A data set as it was handed in, and where its rows are.
#[derive(Clone, Debug)]
pub struct Dataset {
    text: Box<str>,
    fingerprint: HashKey,
    format: Format,
    columns: Vec<String>,
    rows: Vec<Row>,
    malformed: Vec<u32>,
}

/// How a text holds its rows.
#[derive(Clone, Copy, Debug)]
enum Format {
    /// Cells between a delimiter, the first line has the names of the columns.
    Csv { delimiter: u8 },
    /// A JSON object a line, and what reads its cells: a program that has no such text can do
    /// without it.
    Ndjson(fn(&str, &[&str]) -> Vec<Option<String>>),
}

/// Where a row lies in the text, without its line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    start: u32,
    end: u32,
    /// Its first line, counted from 1.
    line: u32,
}

/// Why a text is no data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DatasetError {
    /// There is nothing in it.
    #[error(
        "the text has no rows: a CSV file begins with a line of column names, an NDJSON file has \
         a JSON object in each line"
    )]
    Empty,
    /// No row could be read.
    #[error("none of the {0} rows can be read: do they have as many cells as there are columns?")]
    NoRows(u32),
    /// Longer than places in it can be told.
    #[error("the text is longer than 1 GiB: cut it into parts")]
    TooLong,
}

const BYTES_MAX: usize = 1 << 30;

impl Dataset {
    /// Finds the rows of a text: NDJSON if it begins with a brace, else CSV, with the delimiter
    /// (comma, semicolon or tab) that the first line has most of.
    ///
    /// ```
    /// use shardlab::engine::client::dataset::Dataset;
    ///
    /// let quakes = Dataset::read("network,magnitude\nuw,0.31\nmb,1.35\nbroken\n").expect("rows");
    /// assert_eq!(quakes.columns(), ["network", "magnitude"]);
    /// assert_eq!((quakes.len(), quakes.malformed_lines()), (2, &[4][..]));
    /// ```
    pub fn read(text: &str) -> Result<Self, DatasetError> {
        let is_ndjson = without_mark(text).trim_start().starts_with('{');
        Self::found(text, if is_ndjson { ndjson::find_rows } else { csv::find_rows })
    }

    /// The same of a text that is known to be CSV.
    pub fn read_csv(text: &str) -> Result<Self, DatasetError> {
        Self::found(text, csv::find_rows)
    }

    fn found(text: &str, find_rows: fn(&str) -> Found) -> Result<Self, DatasetError> {
        let text = without_mark(text);
        if text.len() > BYTES_MAX {
            return Err(DatasetError::TooLong);
        }
        let fingerprint = HashKey::of(text);
        let Found { format, columns, rows, malformed } = find_rows(text);
        match (rows.is_empty(), malformed.len()) {
            (true, 0) => Err(DatasetError::Empty),
            (true, bad) => Err(DatasetError::NoRows(u32::try_from(bad).unwrap_or(u32::MAX))),
            _ => Ok(Self { text: text.into(), fingerprint, format, columns, rows, malformed }),
        }
    }

    /// The names of its columns: of NDJSON, those of the first row.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// How many rows can be read.
    pub fn len(&self) -> u32 {
        u32::try_from(self.rows.len()).expect("rows of a text of at most 1 GiB")
    }

    /// Whether no row can be read; such a text is refused, so it never is.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The lines that are no rows, counted from 1.
    pub fn malformed_lines(&self) -> &[u32] {
        &self.malformed
    }

    /// A row as it is in the text, without its line break.
    pub fn row(&self, row: u32) -> &str {
        let Row { start, end, .. } = self.rows[row as usize];
        &self.text[start as usize..end as usize]
    }

    /// The line of a row, counted from 1.
    pub fn line(&self, row: u32) -> u32 {
        self.rows[row as usize].line
    }

    /// A row's cells in some columns; `None` for a cell that it lacks.
    pub fn cells(&self, row: u32, columns: &[&str]) -> Vec<Option<String>> {
        match self.format {
            Format::Ndjson(cells) => cells(self.row(row), columns),
            Format::Csv { delimiter } => {
                let place = |name: &&str| self.columns.iter().position(|column| column == name);
                let places: Vec<Option<usize>> = columns.iter().map(place).collect();
                csv::cells(self.row(row), delimiter, &places)
            }
        }
    }
}

/// A text without the mark that some programs put before it.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The rows of a text.
struct Found {
    format: Format,
    columns: Vec<String>,
    rows: Vec<Row>,
    malformed: Vec<u32>,
}

/// Lines with where they start and their number, line breaks taken off.
fn lines(text: &str) -> impl Iterator<Item = (Row, &str)> {
    let mut start = 0;
    (1..).zip(text.split('\n')).map(move |(line, whole)| {
        let bare = whole.strip_suffix('\r').unwrap_or(whole);
        let row = Row { start: place(start), end: place(start + bare.len()), line };
        start += whole.len() + 1;
        (row, bare)
    })
}

fn place(byte: usize) -> u32 {
    u32::try_from(byte).expect("a text of at most 1 GiB")
}

/// Two texts with one MD5 are taken to be the same text.
impl PartialEq for Dataset {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Eq for Dataset {}

impl Hash for Dataset {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fingerprint.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_files_are_read_whole() {
        let quakes = Dataset::read(include_str!("../../../www/data/earthquakes.csv")).unwrap();
        assert_eq!((quakes.len(), quakes.malformed_lines().len()), (1_707, 0));
        let cells = quakes.cells(0, &["network", "time_ms", "place"]);
        let expected = ["uw", "1517363399650", "37km NNE of Amboy, Washington"];
        assert_eq!(cells, expected.map(|cell| Some(cell.to_owned())));
        let flights = Dataset::read(include_str!("../../../www/data/flights.csv")).unwrap();
        assert_eq!((flights.len(), flights.malformed_lines().len()), (5_000, 0));
        assert!(timestamp(flights.cells(0, &["date"])[0].as_ref().unwrap()).is_some());
    }

    #[test]
    fn a_broken_row_does_not_disturb_the_others() {
        let text = "a,b\n1,2\n3\n\"4,5\n6,7\n\n\"8\n9\",10\r\n11,12,13\n14,\"\"\"15\"\"\"";
        let data = Dataset::read(text).unwrap();
        assert_eq!(data.malformed_lines(), [3, 4, 9]);
        let rows: Vec<(u32, &str)> =
            (0..data.len()).map(|row| (data.line(row), data.row(row))).collect();
        let expected = [(2, "1,2"), (5, "6,7"), (7, "\"8\n9\",10"), (10, "14,\"\"\"15\"\"\"")];
        assert_eq!(rows, expected);
        assert_eq!(data.cells(3, &["b", "c"]), [Some("\"15\"".to_owned()), None]);
        assert_eq!(data.cells(2, &["a"]), [Some("8\n9".to_owned())]);
    }

    #[test]
    fn a_quote_left_open_does_not_swallow_the_next_row() {
        let data = Dataset::read("a,b\n1,\"2\n3,\"4\"\n5,6\" pipe\n7,\"8\"9\n").unwrap();
        assert_eq!(data.malformed_lines(), [2, 5]);
        assert_eq!(data.cells(0, &["b"]), [Some("4".to_owned())]);
        assert_eq!(data.cells(1, &["b"]), [Some("6\" pipe".to_owned())]);
    }

    #[test]
    fn json_lines_have_cells_by_name() {
        let text =
            "{\"user\":\"a\",\"n\":1}\n{\"user\":\n[1]\n{\"n\":2.5,\"user\":null,\"x\":true}\n";
        let data = Dataset::read(text).unwrap();
        assert_eq!(data.columns(), ["user", "n"]);
        assert_eq!(data.malformed_lines(), [2, 3]);
        assert_eq!(data.cells(0, &["user", "n"]), [Some("a".to_owned()), Some("1".to_owned())]);
        assert_eq!(data.cells(1, &["user", "n"]), [None, Some("2.5".to_owned())]);
    }

    #[test]
    fn other_delimiters_are_found() {
        let data = Dataset::read("\u{feff}a;b\n1;\"2;3\"\n").unwrap();
        assert_eq!(data.cells(0, &["b"]), [Some("2;3".to_owned())]);
        assert_eq!(Dataset::read("a\tb\n1\t2").unwrap().columns(), ["a", "b"]);
    }

    #[test]
    fn what_has_no_rows_is_refused() {
        assert_eq!(Dataset::read(" \n"), Err(DatasetError::Empty));
        assert_eq!(Dataset::read("a,b\n"), Err(DatasetError::Empty));
        assert_eq!(Dataset::read("a,b\n1\n2\n"), Err(DatasetError::NoRows(2)));
        assert_eq!(Dataset::read("{\n}"), Err(DatasetError::NoRows(2)));
    }
}
