//! Dates as the service's Java prints them.

use crate::engine::time::Instant;

/// `Wed Jan 15 05:31:22 UTC 2020`, as Java prints a date.
pub fn java_date(at: Instant) -> String {
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let weekday = usize::try_from(at.secs() / 86_400 % 7).expect("below 7");
    let text = at.to_string();
    let (date, clock) = text.split_once('T').expect("a moment is printed as date and time");
    let (year, rest) = date.split_once('-').expect("a date has a year");
    let (month, day) = rest.split_once('-').expect("a date has a month");
    let month: usize = month.parse().expect("a month is a number");
    let (weekday, month) = (WEEKDAYS[weekday], MONTHS[month - 1]);
    format!("{weekday} {month} {day} {} UTC {year}", &clock[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_printed_as_java_prints_them() {
        for (date, text) in [
            ("2020-01-15T05:31:22Z", "Wed Jan 15 05:31:22 UTC 2020"),
            ("2026-11-20T00:00:00Z", "Fri Nov 20 00:00:00 UTC 2026"),
        ] {
            assert_eq!(java_date(Instant::parse(date).expect("a date")), text);
        }
    }
}
