//! The fields of a line of a log.

/// Names the fields of a line by their places, without brackets or quotes around them, and says
/// how many there are.
///
/// Blanks part fields. What begins with `[` or `"` goes to its other end, or to the end of the
/// line; a `"` after a backslash ends nothing. A date such as `2026-11-20` and a clock time after
/// it are one field.
pub fn cells<'a>(row: &'a [u8], each: &mut dyn FnMut(u32, &'a [u8])) -> u32 {
    let (mut at, mut place) = (0, 0);
    while let Some(skipped) = row[at..].iter().position(|byte| !is_blank(*byte)) {
        at += skipped;
        let (start, end, next) = match row[at] {
            b'[' => closed(row, at, b']'),
            b'"' => closed(row, at, b'"'),
            _ => {
                let mut end = end_of_word(row, at);
                if is_date(&row[at..end]) && is_clock(&row[(end + 1).min(row.len())..]) {
                    end = end_of_word(row, end + 1);
                }
                (at, end, end)
            }
        };
        each(place, &row[start..end]);
        (at, place) = (next, place + 1);
    }
    place
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn end_of_word(row: &[u8], at: usize) -> usize {
    row[at..].iter().position(|byte| is_blank(*byte)).map_or(row.len(), |length| at + length)
}

/// From behind a sign to before its counterpart, and where it goes on.
fn closed(row: &[u8], at: usize, close: u8) -> (usize, usize, usize) {
    let mut end = at + 1;
    while end < row.len() && row[end] != close {
        end += if row[end] == b'\\' && close == b'"' { 2 } else { 1 };
    }
    let end = end.min(row.len());
    (at + 1, end, (end + 1).min(row.len()))
}

/// `2026-11-20` or `2026/11/20`.
fn is_date(word: &[u8]) -> bool {
    let is_sign = |byte: u8| matches!(byte, b'-' | b'/');
    word.len() == 10
        && word.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => is_sign(*byte),
            _ => byte.is_ascii_digit(),
        })
}

/// Whether it begins as `12:34`.
fn is_clock(rest: &[u8]) -> bool {
    matches!(rest, [a, b, b':', c, d, ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(row: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut each = |_, cell: &[u8]| found.push(String::from_utf8(cell.to_vec()).unwrap());
        let count = cells(row.as_bytes(), &mut each);
        assert_eq!(count as usize, found.len());
        found
    }

    #[test]
    fn fields_of_logs() {
        let line = r#"10.0.0.1 - ann [20/Nov/2026:12:00:00 +0900] "GET /a \"b\" HTTP/1.1" 200 12 "#;
        let time = "20/Nov/2026:12:00:00 +0900";
        let request = r#"GET /a \"b\" HTTP/1.1"#;
        assert_eq!(read(line), ["10.0.0.1", "-", "ann", time, request, "200", "12"]);
        assert_eq!(read("2026-11-20 12:00:01,5  WARN x"), ["2026-11-20 12:00:01,5", "WARN", "x"]);
        assert_eq!(read("2026-11-20\tnoon"), ["2026-11-20", "noon"]);
        assert_eq!(read("[open \"and\\"), ["open \"and\\"]);
        assert_eq!(read("\"ends\\"), ["ends\\"]);
        assert_eq!(read("  "), Vec::<String>::new());
        assert_eq!(read("2026-11-20"), ["2026-11-20"]);
    }
}
