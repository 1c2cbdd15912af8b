//! The columns of a file: their names, their first values, and what they may be used for.

use crate::engine::time::Instant;
use crate::sizing::form::{
    COLUMNS_MAX, Column, ColumnKind, Encoding, Form, Header, SAMPLES, Shape,
};
use crate::sizing::text::json::{self, Found, Member};
use crate::sizing::text::moment::moment;
use crate::sizing::text::{cells, plain};

/// The most characters of a value that is shown.
const SHOWN_CHARS: usize = 80;
/// Of NDJSON, the objects whose members make the columns.
const OBJECTS: usize = 20;

/// The form of a file with these first rows.
pub fn form(encoding: Encoding, shape: Shape, header: Option<Header>, rows: &[Vec<u8>]) -> Form {
    let (header, names, values) = match shape {
        Shape::Ndjson => members(rows),
        _ => table(shape, header, rows),
    };
    let columns: Vec<Column> =
        names.into_iter().zip(&values).map(|(name, values)| column(name, values)).collect();
    let time = best(&columns, |_, column| time_score(column));
    let key = best(&columns, |place, column| {
        if Some(place) == time { 0 } else { key_score(column, &values[place as usize]) }
    });
    Form { encoding, shape, header, columns, key, time }
}

/// Whether a line looks like the common log format: its fourth field is a time in brackets.
pub fn is_common_log(row: &[u8]) -> bool {
    let mut is_time = false;
    plain::cells(row, &mut |place, cell| {
        is_time |= place == 3 && cell.get(2) == Some(&b'/') && moment(cell).is_some();
    });
    is_time
}

type Values = Vec<Vec<String>>;

fn table(shape: Shape, header: Option<Header>, rows: &[Vec<u8>]) -> (Header, Vec<String>, Values) {
    let mut table: Vec<Vec<String>> = rows.iter().map(|row| read(shape, row)).collect();
    // Most logs have lines of several lengths, and no header.
    let width = match shape {
        Shape::Plain => table.iter().map(Vec::len).max(),
        _ => table.first().map(Vec::len),
    };
    let width = width.unwrap_or(0);
    let guess =
        if shape != Shape::Plain && is_header(&table) { Header::Present } else { Header::Absent };
    let header = header.unwrap_or(guess);
    let names = match header {
        Header::Present if !table.is_empty() => table.remove(0),
        _ if rows.first().is_some_and(|row| shape == Shape::Plain && is_common_log(row)) => {
            const NAMES: [&str; 9] =
                ["host", "ident", "user", "time", "request", "status", "bytes", "referer", "agent"];
            let numbers = (NAMES.len() + 1..=width).map(|number| number.to_string());
            NAMES.iter().take(width).map(|name| (*name).to_owned()).chain(numbers).collect()
        }
        _ => (1..=width).map(|number| number.to_string()).collect(),
    };
    let values = (0..names.len()).map(|place| {
        let rows = table.iter().filter(|row| shape == Shape::Plain || row.len() == names.len());
        rows.filter_map(|row| row.get(place).cloned()).collect()
    });
    let values = values.collect();
    (header, names, values)
}

fn read(shape: Shape, row: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut each = |place: u32, cell: &[u8]| {
        if place < COLUMNS_MAX {
            let text = cells::said(shape, cell, &mut Vec::new()).to_vec();
            found.push(String::from_utf8_lossy(&text).into_owned());
        }
    };
    cells::cells(shape, row, &mut each);
    found
}

/// Whether the first row names the columns: texts that differ and do not come again, over columns
/// of which one has no such texts, or in the way that names are written.
fn is_header(table: &[Vec<String>]) -> bool {
    let Some((first, rest)) = table.split_first() else { return false };
    let is_name = |text: &String| !text.trim().is_empty() && kind(text) == ColumnKind::Text;
    let differ = |(place, text): (usize, &String)| !first[..place].contains(text);
    if !first.iter().all(is_name) || !first.iter().enumerate().all(differ) {
        return false;
    }
    let rest = || rest.iter().filter(|row| row.len() == first.len());
    let comes_again =
        first.iter().enumerate().any(|(place, name)| rest().any(|row| row[place] == *name));
    let is_over_others = rest().any(|row| row.iter().any(|cell| kind(cell) != ColumnKind::Text));
    let is_word = |text: &String| {
        text.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
    };
    let are_words = first.iter().all(is_word);
    !comes_again && (is_over_others || (are_words && first.len() > 1) || table.len() == 1)
}

fn members(rows: &[Vec<u8>]) -> (Header, Vec<String>, Values) {
    let lines: Vec<&str> = rows.iter().filter_map(|row| std::str::from_utf8(row).ok()).collect();
    let mut found: Vec<Member> = Vec::new();
    for name in lines.iter().filter_map(|line| json::names(line)).take(OBJECTS).flatten() {
        let is_new = !found.iter().any(|member| member.name == name);
        if is_new && found.len() < COLUMNS_MAX as usize {
            found.push(Member { name, ..Member::default() });
        }
    }
    let mut values: Values = vec![Vec::new(); found.len()];
    for line in lines {
        if json::read(line, &mut found).is_some() {
            let there = found.iter().zip(&mut values);
            for (member, values) in there.filter(|(member, _)| member.found == Found::Yes) {
                values.push(member.value.clone());
            }
        }
    }
    (Header::Absent, found.into_iter().map(|member| member.name).collect(), values)
}

fn column(name: String, values: &[String]) -> Column {
    let mut samples: Vec<String> = Vec::new();
    for value in values {
        let shown: String = value.chars().take(SHOWN_CHARS).collect();
        if samples.len() < SAMPLES && !samples.contains(&shown) {
            samples.push(shown);
        }
    }
    let there = || values.iter().filter(|value| kind(value) != ColumnKind::Empty);
    let all = |wanted| there().all(|value| kind(value) == wanted);
    let is_time = |value: &String| {
        let is_number = value.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        moment(value.as_bytes()).is_some() && (!is_number || is_recent(value))
    };
    let kind = match there().next() {
        None => ColumnKind::Empty,
        _ if there().filter(|value| !is_time(value)).count() * 4 < there().count() => {
            ColumnKind::Time
        }
        _ if all(ColumnKind::Number) => ColumnKind::Number,
        _ => ColumnKind::Text,
    };
    Column { name, samples, kind }
}

/// What one value is; numbers and times are not told apart.
fn kind(value: &str) -> ColumnKind {
    let value = value.trim();
    let is_number = value.parse::<f64>().is_ok() && value.contains(|c: char| c.is_ascii_digit());
    match () {
        // Logs write a hyphen for nothing.
        () if value.is_empty() || value == "-" => ColumnKind::Empty,
        () if is_number => ColumnKind::Number,
        () if moment(value.as_bytes()).is_some() => ColumnKind::Time,
        () => ColumnKind::Text,
    }
}

/// Whether a number is a moment from 2000 to 2100, which few numbers are that are none.
fn is_recent(value: &str) -> bool {
    let secs = moment(value.as_bytes()).map_or(0, Instant::secs);
    (946_684_800..4_102_444_800).contains(&secs)
}

/// The place of the highest score above zero; the first of several.
fn best(columns: &[Column], score: impl Fn(u32, &Column) -> u32) -> Option<u32> {
    let scores = (0..).zip(columns).map(|(place, column)| (score(place, column), place));
    let best = scores.max_by_key(|(score, place)| (*score, std::cmp::Reverse(*place)));
    best.filter(|(score, _)| *score > 0).map(|(_, place)| place)
}

fn time_score(column: &Column) -> u32 {
    const WORDS: [&str; 7] = ["time", "date", "timestamp", "ts", "at", "when", "datetime"];
    if column.kind != ColumnKind::Time {
        return 0;
    }
    let is_named = words(&column.name).iter().any(|word| WORDS.contains(&word.as_str()));
    // Of several, one with a clock time and not only a date.
    let is_fine = column.samples.first().is_some_and(|sample| sample.len() > 10);
    1 + 2 * u32::from(is_named) + u32::from(is_fine)
}

/// Names of what records are often partitioned by, best first.
const KEYS: [&[&str]; 4] = [
    &["key", "partition", "partitionkey", "pk"],
    &[
        "user", "customer", "account", "device", "session", "client", "tenant", "sensor", "player",
        "member", "vehicle", "order", "host", "ip", "uid", "userid",
    ],
    &["id", "uuid", "guid"],
    &["network", "origin", "source", "region", "city", "country", "name", "type", "category"],
];

fn key_score(column: &Column, values: &[String]) -> u32 {
    if matches!(column.kind, ColumnKind::Empty | ColumnKind::Time) {
        return 0;
    }
    let words = words(&column.name);
    let is_in = |list: &&[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let rank = KEYS.iter().zip((1..=4_u32).rev()).find(|(list, _)| is_in(list));
    let name = rank.map_or(0, |(_, rank)| rank * 10);
    // A key that comes again is one that somebody may want to keep in order.
    let mut distinct: Vec<&String> = values.iter().take(100).collect();
    let looked_at = distinct.len();
    distinct.sort_unstable();
    distinct.dedup();
    let comes_again = distinct.len() > 1 && distinct.len() < looked_at;
    let is_whole = !values.iter().any(|value| value.contains(['.', ' ']));
    let shape = match column.kind {
        ColumnKind::Text => 4,
        _ if is_whole && name > 0 => 4,
        _ => 0,
    };
    if shape == 0 || distinct.len() <= 1 && looked_at > 1 {
        return u32::from(name > 0);
    }
    name + shape + 6 * u32::from(comes_again) + u32::from(is_whole)
}

/// The words of a name: `userId`, `user_id` and `User ID` have two.
fn words(name: &str) -> Vec<String> {
    let (mut words, mut word, mut was_small) = (Vec::new(), String::new(), false);
    for c in name.chars() {
        let begins = c.is_uppercase() && was_small;
        if (begins || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}
