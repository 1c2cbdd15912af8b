//! What kind of file it is, from its first bytes.

mod columns;

use super::form::{Encoding, Form, HEAD_BYTES, Header, Packing, Shape, Tables, Unreadable};
use super::text::cut::{Cutter, Piece};
use super::text::decode::Decoder;
use super::text::{cells, json};

/// Rows of the head that are looked at.
const ROWS: usize = 200;

/// Finds out how a file holds its rows, from its beginning: up to [`HEAD_BYTES`], of which the
/// last row may be cut off.
///
/// # Errors
///
/// What it is instead, if no row can be found.
pub fn sniff(head: &[u8]) -> Result<Form, Unreadable> {
    sniff_as(head, None, None)
}

/// The same of a file whose shape, or whether it has a header, the viewer has said.
///
/// # Errors
///
/// What it is instead, if no row can be found.
pub fn sniff_as(
    head: &[u8],
    shape: Option<Shape>,
    header: Option<Header>,
) -> Result<Form, Unreadable> {
    let head = &head[..head.len().min(HEAD_BYTES)];
    if let Some(other) = magic(head) {
        return Err(other);
    }
    let encoding = encoding_of(head)?;
    let mut text = Vec::new();
    Decoder::new(encoding).decode(head, &mut text);
    let is_whole = head.len() < HEAD_BYTES;
    if is_whole {
        // Its last line needs no end.
        text.push(b'\n');
    }
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace()).ok_or(Unreadable::Empty)?;
    let shape = match (shape, first) {
        (Some(shape), _) => shape,
        (None, b'{' | b'[') => json_shape(&text)?,
        (None, _) => text_shape(&text),
    };
    let rows = rows_of(&text, shape);
    let form = columns::form(encoding, shape, header, &rows);
    match (&form.columns[..], form.header) {
        ([], _) => Err(Unreadable::Empty),
        (_, Header::Present) if rows.len() == 1 && is_whole => Err(Unreadable::HeaderOnly),
        _ => Ok(form),
    }
}

/// Files that begin with bytes of their own.
fn magic(head: &[u8]) -> Option<Unreadable> {
    use Unreadable::{Packed, Tables as Other};
    const MAGIC: &[(&[u8], Unreadable)] = &[
        (b"\x1f\x8b", Packed(Packing::Gzip)),
        (b"PK\x03\x04", Packed(Packing::Zip)),
        (b"\x28\xb5\x2f\xfd", Packed(Packing::Zstd)),
        (b"BZh", Packed(Packing::Bzip2)),
        (b"\xfd7zXZ\0", Packed(Packing::Xz)),
        (b"PAR1", Other(Tables::Parquet)),
        (b"Obj\x01", Other(Tables::Avro)),
        (b"ORC\x0a", Other(Tables::Orc)),
        (b"SQLite format 3\0", Other(Tables::Sqlite)),
        (b"%PDF-", Unreadable::Binary),
    ];
    MAGIC.iter().find(|(bytes, _)| head.starts_with(bytes)).map(|(_, what)| *what)
}

/// By the byte order mark, or by where zeros stand. What has zeros elsewhere, or many control
/// characters, is no text.
fn encoding_of(head: &[u8]) -> Result<Encoding, Unreadable> {
    match head {
        [] => return Err(Unreadable::Empty),
        [0xff, 0xfe, ..] => return Ok(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => return Ok(Encoding::Utf16Be),
        _ => {}
    }
    let zeros =
        |first: usize| head.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    if even + odd > 0 {
        // Most texts have more ASCII than anything else, be it only digits and line breaks.
        return match (even, odd) {
            (even, odd) if odd * 3 > half && even * 10 <= odd => Ok(Encoding::Utf16Le),
            (even, odd) if even * 3 > half && odd * 10 <= even => Ok(Encoding::Utf16Be),
            _ => Err(Unreadable::Binary),
        };
    }
    let is_control =
        |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    let controls = head.iter().filter(is_control).count();
    if controls * 20 > head.len() { Err(Unreadable::Binary) } else { Ok(Encoding::Utf8) }
}

/// An object a line, or a document over many.
fn json_shape(text: &[u8]) -> Result<Shape, Unreadable> {
    let rows = rows_of(text, Shape::Ndjson);
    let is_object = |row: &&Vec<u8>| {
        std::str::from_utf8(row).is_ok_and(|line| json::read(line, &mut []).is_some())
    };
    // A document may have objects in some of its lines, too.
    let objects = rows.iter().filter(is_object).count();
    if rows.first().is_some_and(|row| is_object(&row)) || objects * 2 > rows.len() {
        return Ok(Shape::Ndjson);
    }
    let first = rows.first().map_or(&[][..], |row| row.trim_ascii());
    let is_cut = rows.len() == 1 && first.starts_with(b"{");
    // Logs may begin with a bracket: `[20/Nov/2026:12:00:00 +0000] …`.
    let is_log = first.starts_with(b"[") && {
        let mut is_time = false;
        let mut each = |place, cell: &[u8]| {
            is_time |= place == 0 && super::text::moment::moment(cell).is_some();
        };
        cells::cells(Shape::Plain, first, &mut each) > 1 && is_time
    };
    match (is_cut, is_log) {
        (true, _) => Ok(Shape::Ndjson),
        (_, true) => Ok(Shape::Plain),
        _ => Err(Unreadable::JsonDocument),
    }
}

/// CSV with the delimiter by which most rows have equally many cells, two or more; a log if there
/// is none, or if lines look like the common log format.
fn text_shape(text: &[u8]) -> Shape {
    let plain = rows_of(text, Shape::Plain);
    if plain.first().is_some_and(|row| columns::is_common_log(row)) {
        return Shape::Plain;
    }
    let mut best = (0, 0, Shape::Plain);
    for delimiter in *b",\t;|" {
        let shape = Shape::Csv { delimiter };
        let rows = rows_of(text, shape);
        let counts: Vec<u32> =
            rows.iter().map(|row| cells::cells(shape, row, &mut |_, _| ())).collect();
        let Some(first) = counts.first().copied().filter(|count| *count > 1) else { continue };
        let same = counts.iter().filter(|count| **count == first).count();
        // Rows of another width are bad rows, as long as they are few.
        if same * 5 >= counts.len() * 4 && (same, first) > (best.0, best.1) {
            best = (same, first, shape);
        }
    }
    if best.0 == 0 && plain.iter().all(|row| cells::cells(Shape::Plain, row, &mut |_, _| ()) <= 1) {
        // A column by itself.
        return Shape::Csv { delimiter: b',' };
    }
    best.2
}

/// The first rows that are not blank.
fn rows_of(text: &[u8], shape: Shape) -> Vec<Vec<u8>> {
    let mut cutter = Cutter::new(shape, HEAD_BYTES);
    let mut rows = Vec::new();
    let mut each = |piece: Piece| {
        if let Piece::Row(_, row) = piece
            && !row.trim_ascii().is_empty()
            && rows.len() < ROWS
        {
            rows.push(row.to_vec());
        }
    };
    cutter.text().extend_from_slice(text);
    cutter.cut(&mut each);
    cutter.finish(&mut each);
    // The last row is cut off, unless the head ends where it does.
    if rows.len() > 2 && !text.ends_with(b"\n") {
        rows.pop();
    }
    rows
}
