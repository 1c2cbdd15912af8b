//! `date`: the simulated time, in UTC.

use super::call::{Answer, Call, no_option};
use crate::engine::time::Instant;
use std::time::Duration;

/// What a bare `date` prints, as in the C locale: `Fri Nov 20 00:00:00 UTC 2026`.
const PLAIN: &str = "%a %b %e %H:%M:%S %Z %Y";

/// `date`, `date +%s`, `date -u -d '5 minutes ago' +%Y-%m-%dT%H:%M:%SZ`, `date -Iseconds`.
pub fn date(call: &Call<'_>) -> Result<Answer, String> {
    let (mut at, mut format) = (call.now, PLAIN);
    let mut arguments = call.arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-u" | "--utc" | "--universal" => {}
            "-d" | "--date" => at = moment(arguments.next().map_or("", String::as_str), call.now)?,
            "-I" | "-Idate" | "--iso-8601" => format = "%F",
            "-Is" | "-Iseconds" | "--iso-8601=seconds" => format = "%FT%T+00:00",
            other => match (other.strip_prefix('+'), other.strip_prefix("--date=")) {
                (Some(asked), _) => format = asked,
                (_, Some(text)) => at = moment(text, call.now)?,
                _ => return Err(no_option(other, "-u, -d TEXT, -Iseconds and +FORMAT")),
            },
        }
    }
    Ok(Answer::of(formatted(at, format)? + "\n"))
}

/// Reads `@1795132800`, `2026-11-20T12:00:00Z`, `now`, `5 minutes ago`, `-1 hour`, `+2 days`.
fn moment(text: &str, now: Instant) -> Result<Instant, String> {
    let invalid = || format!("invalid date '{text}'");
    if let Some(secs) = text.strip_prefix('@') {
        return secs.parse().map(Instant::from_secs).map_err(|_| invalid());
    }
    if let Some(at) = Instant::parse(text) {
        return Ok(at);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let (words, ago) = match words.split_last() {
        Some((&"ago", words)) => (words, true),
        _ => (&words[..], false),
    };
    match words {
        ["now" | "today"] if !ago => Ok(now),
        ["yesterday"] if !ago => Ok(now.before(Duration::from_hours(24))),
        ["tomorrow"] if !ago => Ok(now + Duration::from_hours(24)),
        [number, unit] => {
            let (number, back) = match number.strip_prefix('-') {
                Some(number) => (number, !ago),
                None => (number.strip_prefix('+').unwrap_or(number), ago),
            };
            let unit = match unit.trim_end_matches('s') {
                "sec" | "second" => 1,
                "min" | "minute" => 60,
                "hour" => 3_600,
                "day" => 86_400,
                "week" => 604_800,
                _ => return Err(invalid()),
            };
            let count: u64 = number.parse().map_err(|_| invalid())?;
            let far = Duration::from_secs(count.checked_mul(unit).ok_or_else(invalid)?);
            Ok(if back { now.before(far) } else { now + far })
        }
        _ => Err(invalid()),
    }
}

const DAYS: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn formatted(at: Instant, format: &str) -> Result<String, String> {
    let iso = at.to_string();
    let (date, clock) = iso.split_once('T').expect("a date and a clock");
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts[..] else {
        return Err("no date is that late".to_owned());
    };
    let name = MONTHS[month.parse::<usize>().map_or(0, |month| month - 1)];
    let weekday = DAYS[usize::try_from(at.secs() / 86_400 % 7).expect("below seven")];
    let nanos = format!("{:09}", at.micros() % 1_000_000 * 1_000);
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(char) = chars.next() {
        if char != '%' {
            out.push(char);
            continue;
        }
        match chars.next() {
            Some('Y') => out.push_str(year),
            Some('y') => out.push_str(&year[2..]),
            Some('m') => out.push_str(month),
            Some('d') => out.push_str(day),
            Some('e') => out.push_str(&day.replacen('0', " ", usize::from(day.starts_with('0')))),
            Some('F') => out.push_str(date),
            Some('T') => out.push_str(&clock[..8]),
            Some('R') => out.push_str(&clock[..5]),
            Some('H') => out.push_str(&clock[..2]),
            Some('M') => out.push_str(&clock[3..5]),
            Some('S') => out.push_str(&clock[6..8]),
            Some('s') => out.push_str(&at.secs().to_string()),
            Some('N') => out.push_str(&nanos),
            Some('3') if chars.as_str().starts_with('N') => {
                chars.next();
                out.push_str(&nanos[..3]);
            }
            Some('Z') => out.push_str("UTC"),
            Some('z') => out.push_str("+0000"),
            Some('a') => out.push_str(&weekday[..3]),
            Some('A') => out.push_str(weekday),
            Some('b') => out.push_str(&name[..3]),
            Some('B') => out.push_str(name),
            Some('n') => out.push('\n'),
            Some('%') | None => out.push('%'),
            Some(other) => {
                let has = "%Y %m %d %H %M %S %s %N %F %T %R %Z %z %a %b %e and %%";
                return Err(no_option(&format!("%{other}"), has));
            }
        }
    }
    Ok(out)
}
