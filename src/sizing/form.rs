//! How a file holds its rows, as its beginning shows it.

/// Bytes of a file's beginning that [`sniff`](super::sniff) makes use of.
pub const HEAD_BYTES: usize = 64 << 10;
/// Values of a column that are kept to be shown.
pub const SAMPLES: usize = 5;
/// The most columns.
pub const COLUMNS_MAX: u32 = 4_096;

/// How a file holds its rows. Everything in it can be set by a viewer who knows better; another
/// shape is best asked for with [`sniff_as`](super::sniff_as), which finds the columns anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// How bytes make characters.
    pub encoding: Encoding,
    /// How characters make rows and columns.
    pub shape: Shape,
    /// Whether the first row has the names of the columns.
    pub header: Header,
    /// The columns, in their order. Of NDJSON: the members of the first objects.
    pub columns: Vec<Column>,
    /// The place in `columns` of what looks most like a partition key.
    pub key: Option<u32>,
    /// The place in `columns` of what looks most like the time of a record.
    pub time: Option<u32>,
}

/// How bytes make characters. A byte order mark at the beginning is no part of the first row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, of which ASCII is a part.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

/// How characters make rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Cells between a delimiter (RFC 4180); a quoted cell may go through up to 100 lines.
    Csv {
        /// An ASCII character: mostly `,`, `;`, a tab or `|`.
        delimiter: u8,
    },
    /// A JSON object a line.
    Ndjson,
    /// Lines of a log: fields between blanks; what is in brackets or double quotes is one field,
    /// and so is a date with the clock time after it.
    Plain,
}

/// Whether the first row has the names of the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// It has.
    Present,
    /// It is data. Columns are called by their numbers, counted from 1, or as the common log
    /// format calls them.
    Absent,
}

/// A column, as its first values show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub name: String,
    /// Up to [`SAMPLES`] of its first values that differ, each of at most 80 characters.
    pub samples: Vec<String>,
    /// What its values are.
    pub kind: ColumnKind,
}

/// What the values of a column are, as far as the head shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Moments of time.
    Time,
    /// Numbers.
    Number,
    /// Anything else.
    Text,
    /// There are none.
    Empty,
}

/// Why nothing can be made of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There is nothing in it, or only blanks.
    Empty,
    /// It has a header and no row.
    HeaderOnly,
    /// It is packed: unpack it first.
    Packed(Packing),
    /// It holds tables, but as no text: export them as CSV or NDJSON.
    Tables(Tables),
    /// It is one JSON array or object over many lines, not an object a line
    /// (`jq -c '.[]'` makes one of the other).
    JsonDocument,
    /// It is no text.
    Binary,
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// With gzip.
    Gzip,
    /// As a ZIP archive, which office documents are too.
    Zip,
    /// With Zstandard.
    Zstd,
    /// With bzip2.
    Bzip2,
    /// With xz.
    Xz,
}

/// Tables that are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Apache Parquet.
    Parquet,
    /// Apache Avro.
    Avro,
    /// Apache ORC.
    Orc,
    /// A database of `SQLite`.
    Sqlite,
}
