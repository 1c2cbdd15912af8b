//! `echo`, `printf` and `seq`.

use super::call::{Answer, Call, no_option};

/// `echo`, with `-n` and `-e` as bash has them.
#[expect(clippy::unnecessary_wraps, reason = "a row of the table of tools")]
pub fn echo(call: &Call<'_>) -> Result<Answer, String> {
    let (mut escapes, mut line_break) = (false, true);
    let mut words = call.arguments;
    while let Some((first, rest)) = words.split_first() {
        let flags = first.strip_prefix('-').unwrap_or_default();
        if flags.is_empty() || !flags.chars().all(|flag| matches!(flag, 'n' | 'e' | 'E')) {
            break;
        }
        for flag in flags.chars() {
            match flag {
                'n' => line_break = false,
                flag => escapes = flag == 'e',
            }
        }
        words = rest;
    }
    let text = words.join(" ");
    let mut out = Vec::with_capacity(text.len() + 1);
    if !escapes {
        out.extend_from_slice(text.as_bytes());
    } else if unescape(&text, &mut out) == Goes::NoFurther {
        return Ok(Answer::of(out));
    }
    if line_break {
        out.push(b'\n');
    }
    Ok(Answer::of(out))
}

/// Whether printing goes on after a text.
#[derive(PartialEq, Eq)]
enum Goes {
    On,
    /// There was a `\c`.
    NoFurther,
}

/// Writes `text` with its escapes: `\n`, `\t`, `\\`, `\xHH`, `\0OOO`, …
fn unescape(text: &str, out: &mut Vec<u8>) -> Goes {
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let next = rest.first().copied().filter(|_| byte == b'\\');
        let Some(next) = next else {
            out.push(byte);
            continue;
        };
        rest = &rest[1..];
        match next {
            b'n' => out.push(b'\n'),
            b't' => out.push(b'\t'),
            b'r' => out.push(b'\r'),
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'e' => out.push(27),
            b'\\' => out.push(b'\\'),
            b'c' => return Goes::NoFurther,
            b'x' => rest = number(rest, 16, 2, out),
            b'0'..=b'7' => {
                rest = number(&after[usize::from(next == b'0')..], 8, 3, out);
            }
            other => out.extend([b'\\', other]),
        }
    }
    Goes::On
}

/// Writes the byte of up to so many digits; returns what follows them.
fn number<'a>(text: &'a [u8], radix: u32, digits: usize, out: &mut Vec<u8>) -> &'a [u8] {
    let is_digit = |byte: &&u8| char::from(**byte).is_digit(radix);
    let count = text.iter().take(digits).take_while(is_digit).count();
    let value = text[..count]
        .iter()
        .fold(0_u32, |value, byte| value * radix + char::from(*byte).to_digit(radix).unwrap_or(0));
    out.push(value.to_le_bytes()[0]);
    &text[count..]
}

/// `printf FORMAT ARGUMENTS`, with `%s`, `%d`, `%x`, `%%`, widths and leading zeros.
pub fn printf(call: &Call<'_>) -> Result<Answer, String> {
    let (format, mut arguments) = match call.arguments.split_first() {
        Some((first, rest)) if first == "--" && !rest.is_empty() => (&rest[0], &rest[1..]),
        Some((format, rest)) => (format, rest),
        None => return Err("say what to print: printf '%s\\n' TEXT".to_owned()),
    };
    let mut out = Vec::new();
    loop {
        let before = arguments.len();
        if print_once(format, &mut arguments, &mut out)? == Goes::NoFurther
            || arguments.is_empty()
            || arguments.len() == before
        {
            return Ok(Answer::of(out));
        }
    }
}

fn print_once(format: &str, arguments: &mut &[String], out: &mut Vec<u8>) -> Result<Goes, String> {
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        if unescape(&rest[..at], out) == Goes::NoFurther {
            return Ok(Goes::NoFurther);
        }
        rest = &rest[at + 1..];
        let width_end = rest.find(|char: char| !char.is_ascii_digit() && char != '-');
        let (flags, after) = rest.split_at(width_end.unwrap_or(rest.len()));
        let kind = after.chars().next().unwrap_or_default();
        rest = after.get(kind.len_utf8()..).unwrap_or_default();
        if kind == '%' {
            out.push(b'%');
            continue;
        }
        let argument = arguments.split_first().map(|(first, others)| {
            *arguments = others;
            first.as_str()
        });
        let text = match kind {
            's' => argument.unwrap_or_default().to_owned(),
            'd' | 'i' | 'x' => {
                let text = argument.filter(|text| !text.is_empty()).unwrap_or("0");
                let number: i64 = text.parse().map_err(|_| format!("{text}: invalid number"))?;
                if kind == 'x' { format!("{number:x}") } else { number.to_string() }
            }
            _ => return Err(no_option(&format!("%{flags}{kind}"), "%s, %d, %x and %%")),
        };
        pad(&text, flags, kind, out)?;
    }
    Ok(unescape(rest, out))
}

/// The widest that a text is made.
const WIDTH_MAX: usize = 10_000;

fn pad(text: &str, flags: &str, kind: char, out: &mut Vec<u8>) -> Result<(), String> {
    let is_left = flags.starts_with('-');
    let digits = flags.trim_start_matches('-');
    let width = if digits.is_empty() { Some(0) } else { digits.parse::<usize>().ok() };
    let width = width.filter(|width| *width <= WIDTH_MAX);
    let width = width.ok_or_else(|| format!("%{flags}{kind} is too wide"))?;
    let padding = width.saturating_sub(text.chars().count());
    let zeros = digits.starts_with('0') && kind != 's' && !is_left;
    if is_left {
        out.extend_from_slice(text.as_bytes());
    }
    let digits = text.strip_prefix('-').filter(|_| zeros);
    if digits.is_some() {
        out.push(b'-');
    }
    out.extend(std::iter::repeat_n(if zeros { b'0' } else { b' ' }, padding));
    if !is_left {
        out.extend_from_slice(digits.unwrap_or(text).as_bytes());
    }
    Ok(())
}

/// The most numbers of one `seq`.
const SEQ_MAX: u64 = 100_000;

/// `seq LAST`, `seq FIRST LAST`, `seq FIRST STEP LAST`: whole numbers.
pub fn seq(call: &Call<'_>) -> Result<Answer, String> {
    let mut numbers = Vec::new();
    for text in call.arguments {
        let number: i64 = text.parse().map_err(|_| format!("{text} is no whole number"))?;
        numbers.push(number);
    }
    let (first, step, last) = match numbers[..] {
        [last] => (1, 1, last),
        [first, last] => (first, 1, last),
        [first, step, last] if step != 0 => (first, step, last),
        _ => return Err("write: seq FIRST LAST".to_owned()),
    };
    if (step > 0) != (first <= last) && first != last {
        return Ok(Answer::default());
    }
    let count = first.abs_diff(last) / step.unsigned_abs() + 1;
    if count > SEQ_MAX {
        return Err("at most 100000 numbers at a time".to_owned());
    }
    let mut text = String::new();
    let mut number = Some(first);
    for _ in 0..count {
        text.push_str(&number.unwrap_or(last).to_string());
        text.push('\n');
        number = number.and_then(|number| number.checked_add(step));
    }
    Ok(Answer::of(text))
}
