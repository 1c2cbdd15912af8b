//! How many columns of a terminal a text takes.

/// Where characters of two columns begin and end: the distances between the borders, in groups of
/// seven bits, lowest first. Made from `EastAsianWidth.txt` of Unicode 14, the version of the real
/// command line's Python: wide, full-width and, as it counts, ambiguous characters.
const BORDERS: &[u8] = include_bytes!("wide.bin");

/// The columns of a text as the real command line counts them: combining characters count too.
pub fn width(text: &str) -> i64 {
    text.chars().map(|char| if is_wide(char) { 2 } else { 1 }).sum()
}

fn is_wide(char: char) -> bool {
    // The first of them is U+00A1.
    if char.is_ascii() {
        return false;
    }
    let (mut border, mut distance, mut shift, mut is_wide) = (0, 0, 0, false);
    for byte in BORDERS {
        distance |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            border += distance;
            if u32::from(char) < border {
                return is_wide;
            }
            (is_wide, distance, shift) = (!is_wide, 0, 0);
        }
    }
    is_wide
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_east_are_wide_and_others_are_not() {
        for (text, columns) in [
            ("orders", 6),
            ("주문", 4),
            ("é\u{301}", 4),
            ("¡à", 4),
            ("âñ", 2),
            ("😀", 2),
            ("\u{10ffff}", 2),
            ("ｱＡ", 3),
        ] {
            assert_eq!(width(text), columns, "{text}");
        }
    }
}
