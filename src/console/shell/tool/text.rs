//! Tools that go through lines and bytes: `cat`, `cut`, `grep`, `head`, `md5sum`, `tail`, `tr` and
//! `wc`.

use super::call::{Answer, Call, no_file, no_option};
use crate::api::letters::lower;
use md5::{Digest, Md5};

/// `cat`: what is piped in, as it is.
pub fn cat(call: &Call<'_>) -> Result<Answer, String> {
    match call.arguments.iter().find(|argument| *argument != "-") {
        Some(file) => Err(no_file(file)),
        None => call.input().map(Answer::of),
    }
}

/// `md5sum`: where in the key space a partition key falls.
pub fn md5sum(call: &Call<'_>) -> Result<Answer, String> {
    if let Some(file) = call.arguments.iter().find(|argument| *argument != "-") {
        return Err(no_file(file));
    }
    let hash = Md5::digest(call.input()?);
    let mut text = String::new();
    for byte in hash {
        text.extend(
            [byte >> 4, byte & 15]
                .map(|digit| char::from_digit(digit.into(), 16).expect("a hexadecimal digit")),
        );
    }
    Ok(Answer::of(text + "  -\n"))
}

/// `head -n 3`, `head -3`, `head -c 10`.
pub fn head(call: &Call<'_>) -> Result<Answer, String> {
    let (unit, count) = amount(call)?;
    let input = call.input()?;
    let end = match unit {
        'c' => count.min(input.len()),
        _ => input.split_inclusive(|byte| *byte == b'\n').take(count).map(<[u8]>::len).sum(),
    };
    Ok(Answer::of(&input[..end]))
}

/// `tail -n 3`, `tail -3`, `tail -c 10`.
pub fn tail(call: &Call<'_>) -> Result<Answer, String> {
    let (unit, count) = amount(call)?;
    let input = call.input()?;
    let lines = || input.split_inclusive(|byte| *byte == b'\n').rev();
    let length = match unit {
        'c' => count.min(input.len()),
        _ => lines().take(count).map(<[u8]>::len).sum(),
    };
    Ok(Answer::of(&input[input.len() - length..]))
}

/// How much `head` and `tail` print: lines unless `-c` says bytes.
fn amount(call: &Call<'_>) -> Result<(char, usize), String> {
    let (mut unit, mut count) = ('n', 10);
    let mut arguments = call.arguments.iter();
    while let Some(argument) = arguments.next() {
        let Some(option) = argument.strip_prefix('-').filter(|option| !option.is_empty()) else {
            return Err(no_file(argument));
        };
        let text = match option.strip_prefix(['n', 'c']) {
            Some("") => arguments.next().map_or("", String::as_str),
            Some(text) => text,
            None => option,
        };
        unit = if option.starts_with('c') { 'c' } else { 'n' };
        count = text.parse().map_err(|_| format!("invalid number: '{text}'"))?;
    }
    Ok((unit, count))
}

/// `wc`, `wc -l`, `wc -w`, `wc -c`, `wc -m`.
pub fn wc(call: &Call<'_>) -> Result<Answer, String> {
    let mut kinds = String::new();
    for argument in call.arguments {
        match argument.strip_prefix('-') {
            Some(flags) if flags.chars().all(|flag| "lwcm".contains(flag)) => {
                kinds.push_str(flags);
            }
            Some(_) => return Err(no_option(argument, "-l, -w, -c and -m")),
            None => return Err(no_file(argument)),
        }
    }
    let asked = if kinds.is_empty() { "lwc" } else { &kinds };
    let input = call.input()?;
    let count = |kind: char| match kind {
        'l' => input.split(|byte| *byte == b'\n').count() - 1,
        'w' => {
            let words = input.split(u8::is_ascii_whitespace);
            words.filter(|word| !word.is_empty()).count()
        }
        'm' => String::from_utf8_lossy(input).chars().count(),
        _ => input.len(),
    };
    let counts: Vec<String> = ['l', 'w', 'm', 'c']
        .into_iter()
        .filter(|kind| asked.contains(*kind))
        .map(|kind| count(kind).to_string())
        .collect();
    if let [single] = &counts[..] {
        return Ok(Answer::of(format!("{single}\n")));
    }
    let padded: Vec<String> = counts.iter().map(|count| format!("{count:>7}")).collect();
    Ok(Answer::of(padded.join(" ") + "\n"))
}

/// `tr -d SET`, `tr SET SET`.
pub fn tr(call: &Call<'_>) -> Result<Answer, String> {
    const WRITE: &str = "write: tr -d SET, or tr SET SET";
    let (deletes, sets) = match call.arguments.split_first() {
        Some((first, rest)) if first == "-d" => (true, rest),
        Some((first, _)) if first.len() > 1 && first.starts_with('-') => {
            return Err(no_option(first, "-d"));
        }
        _ => (false, call.arguments),
    };
    let input = call.input()?;
    match sets {
        [set] if deletes => {
            let set = bytes_of(set)?;
            let kept = input.iter().copied().filter(|byte| !set.contains(byte));
            Ok(Answer::of(kept.collect::<Vec<u8>>()))
        }
        [from, to] if !deletes => {
            let (from, to) = (bytes_of(from)?, bytes_of(to)?);
            let last = *to.last().ok_or(WRITE)?;
            let changed = input.iter().map(|byte| match from.iter().position(|of| of == byte) {
                Some(place) => to.get(place).copied().unwrap_or(last),
                None => *byte,
            });
            Ok(Answer::of(changed.collect::<Vec<u8>>()))
        }
        _ => Err(WRITE.to_owned()),
    }
}

/// The bytes of a set such as `a-z`, `\n` or `[:upper:]`.
fn bytes_of(set: &str) -> Result<Vec<u8>, String> {
    let classes = [("[:lower:]", "a-z"), ("[:upper:]", "A-Z"), ("[:digit:]", "0-9")];
    let class = classes.iter().chain(&[("[:space:]", " \\t\\n\\r")]);
    let set = class.copied().find(|(name, _)| *name == set).map_or(set, |(_, range)| range);
    if !set.is_ascii() || set.contains("[:") {
        return Err(format!("{set}: sets are of ASCII letters and signs here, such as a-z"));
    }
    let (mut bytes, mut rest) = (Vec::new(), set.as_bytes());
    while let Some((&byte, after)) = rest.split_first() {
        (bytes, rest) = match (byte, after) {
            (b'\\', [next, after @ ..]) => {
                let byte = match next {
                    b'n' => b'\n',
                    b't' => b'\t',
                    b'r' => b'\r',
                    other => *other,
                };
                ([bytes, vec![byte]].concat(), after)
            }
            (first, [b'-', last, after @ ..]) => {
                ([bytes, (first..=*last).collect()].concat(), after)
            }
            (byte, after) => ([bytes, vec![byte]].concat(), after),
        };
    }
    Ok(bytes)
}

/// `grep TEXT`, with `-F`, `-i`, `-v`, `-c`, `-q`: the text itself, not a pattern.
pub fn grep(call: &Call<'_>) -> Result<Answer, String> {
    let (mut flags, mut wanted) = (String::new(), None);
    for argument in call.arguments {
        match argument.strip_prefix('-') {
            Some(given)
                if !given.is_empty() && given.chars().all(|flag| "Fivcq".contains(flag)) =>
            {
                flags.push_str(given);
            }
            Some(given) if !given.is_empty() => {
                return Err(no_option(argument, "-F, -i, -v, -c and -q"));
            }
            _ if wanted.is_none() => wanted = Some(argument.as_str()),
            _ => return Err(no_file(argument)),
        }
    }
    let wanted = wanted.ok_or("say what to look for: grep TEXT")?;
    if !flags.contains('F') && wanted.contains(['\\', '^', '$', '.', '*', '[']) {
        return Err(format!(
            "patterns are not part of this console: grep -F '{wanted}' looks for the text itself"
        ));
    }
    let folds = flags.contains('i');
    let fold = |text: &str| if folds { lower(text) } else { text.to_owned() };
    let wanted = fold(wanted);
    let text = call.text()?;
    let found: Vec<&str> =
        text.lines().filter(|line| fold(line).contains(&wanted) != flags.contains('v')).collect();
    let stdout = if flags.contains('q') {
        String::new()
    } else if flags.contains('c') {
        format!("{}\n", found.len())
    } else {
        found.iter().flat_map(|line| [line, "\n"]).collect()
    };
    Ok(Answer { status: u8::from(found.is_empty()), ..Answer::of(stdout) })
}

/// `cut -d , -f 1,3`, `cut -f 2`, `cut -c 1-10`.
pub fn cut(call: &Call<'_>) -> Result<Answer, String> {
    let (mut delimiter, mut list, mut kind) = ("\t", None, 'f');
    let mut arguments = call.arguments.iter();
    while let Some(argument) = arguments.next() {
        let option = argument.strip_prefix('-').unwrap_or_default();
        let Some(which @ ('d' | 'f' | 'c')) = option.chars().next() else {
            let is_option = argument.starts_with('-');
            let has = "-d, -f and -c";
            return Err(if is_option { no_option(argument, has) } else { no_file(argument) });
        };
        let value = match &option[1..] {
            "" => arguments.next().map_or("", String::as_str),
            value => value,
        };
        match which {
            'd' => delimiter = value,
            which => (list, kind) = (Some(ranges(value)?), which),
        }
    }
    let list = list.ok_or("say which: cut -d , -f 1")?;
    if delimiter.chars().count() != 1 {
        return Err("the delimiter must be a single character".to_owned());
    }
    let is_in = |place: &usize| list.iter().any(|(from, to)| (*from..=*to).contains(&(place + 1)));
    let mut out = String::new();
    for line in call.text()?.lines() {
        if kind == 'c' {
            let chars = line.chars().enumerate().filter(|(place, _)| is_in(place));
            out.extend(chars.map(|(_, char)| char));
        } else if line.contains(delimiter) {
            let fields = line.split(delimiter).enumerate().filter(|(place, _)| is_in(place));
            let fields: Vec<&str> = fields.map(|(_, field)| field).collect();
            out.push_str(&fields.join(delimiter));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    Ok(Answer::of(out))
}

/// `1`, `1,3`, `2-`, `-4`: places from one on.
fn ranges(list: &str) -> Result<Vec<(usize, usize)>, String> {
    let range = |text: &str| {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let from = if from.is_empty() { Some(1) } else { from.parse().ok() };
        let to = if to.is_empty() { Some(usize::MAX) } else { to.parse().ok() };
        from.zip(to).filter(|(from, to)| 1 <= *from && from <= to && text != "-")
    };
    let ranges: Option<Vec<_>> = list.split(',').map(range).collect();
    ranges.ok_or_else(|| format!("invalid list of places: '{list}'"))
}
