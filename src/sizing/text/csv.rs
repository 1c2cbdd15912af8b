//! The cells of a CSV row (RFC 4180), by the same rules as the data sets of `lab replay`.

use crate::engine::client::dataset::csv::Place;
use memchr::{memchr, memchr_iter};

/// Where a walk is after more bytes of a row: quickly, if there are no quotes.
pub fn after_all(before: Place, bytes: &[u8], delimiter: u8) -> Place {
    if matches!(before, Place::CellStart | Place::Bare) && memchr(b'"', bytes).is_none() {
        return Place::Bare;
    }
    bytes.iter().fold(before, |place, byte| place.after(*byte, delimiter))
}

/// Names the cells of a whole row by their places, as they are written, and says how many there
/// are.
pub fn cells<'a>(row: &'a [u8], delimiter: u8, each: &mut dyn FnMut(u32, &'a [u8])) -> u32 {
    let (mut start, mut place) = (0, 0);
    if memchr(b'"', row).is_none() {
        for end in memchr_iter(delimiter, row) {
            each(place, &row[start..end]);
            (start, place) = (end + 1, place + 1);
        }
    } else {
        let mut walk = Place::default();
        for (end, byte) in row.iter().enumerate() {
            walk = walk.after(*byte, delimiter);
            if walk == Place::CellStart {
                each(place, &row[start..end]);
                (start, place) = (end + 1, place + 1);
            }
        }
    }
    each(place, &row[start..]);
    place + 1
}

/// What a cell says, without the quotes around it; `room` is used if it has quotes within.
pub fn unquoted<'a>(cell: &'a [u8], room: &'a mut Vec<u8>) -> &'a [u8] {
    let Some(inner) = cell.strip_prefix(b"\"") else { return cell };
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    if memchr(b'"', inner).is_none() {
        return inner;
    }
    room.clear();
    let mut quotes = 0_u32;
    for byte in inner {
        quotes = if *byte == b'"' { quotes + 1 } else { 0 };
        if quotes.is_multiple_of(2) || *byte != b'"' {
            room.push(*byte);
        }
    }
    room
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(row: &str) -> Vec<String> {
        let mut found = Vec::new();
        let count = cells(row.as_bytes(), b',', &mut |place, cell| {
            assert_eq!(place as usize, found.len());
            let text = unquoted(cell, &mut Vec::new()).to_vec();
            found.push(String::from_utf8(text).unwrap());
        });
        assert_eq!(count as usize, found.len());
        found
    }

    #[test]
    fn cells_are_what_rfc_4180_says() {
        assert_eq!(read("a,,c"), ["a", "", "c"]);
        assert_eq!(read(""), [""]);
        assert_eq!(read("\"a,b\",\"say \"\"hi\"\"\",\"\"\"\""), ["a,b", "say \"hi\"", "\""]);
        assert_eq!(read("5\" pipe,\"\""), ["5\" pipe", ""]);
        assert_eq!(read("\"two\r\nlines\",x"), ["two\r\nlines", "x"]);
    }
}
