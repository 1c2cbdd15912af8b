//! Metric math: what an `Expression` makes of the other queries of its call.
//!
//! Arithmetic, `SUM`, `AVG`, `MIN`, `MAX`, `METRICS`, `RATE`, `PERIOD`, `ABS`, `CEIL`, `FLOOR` and
//! `FILL`; everything else is refused by its name. Series are combined where both have a datapoint,
//! and what is divided by zero is no datapoint.
//!
//! Read first: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html>.

use crate::engine::sorted::SortedMap;
use crate::engine::time::Instant;
use std::time::Duration;

/// Datapoints by rising time, and how long each of them is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// In seconds.
    pub period_secs: u64,
    /// When each begins, and its value.
    pub points: Vec<(Instant, f64)>,
}

/// What an expression is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A number.
    Number(f64),
    /// A series.
    Series(Series),
    /// Several series.
    Many(Vec<Series>),
}

/// Whoever knows the other queries.
pub trait Queries {
    /// What the query of an id comes to.
    fn of_id(&mut self, id: &str) -> Result<Term, String>;
    /// All metrics, or those whose id, name or label has the text in it.
    fn metrics(&mut self, text: Option<&str>) -> Result<Vec<Series>, String>;
    /// From when to when datapoints may be.
    fn span(&self) -> (Instant, Instant);
}

/// What an expression comes to. The error says what is wrong with it.
pub fn evaluate(text: &str, queries: &mut dyn Queries) -> Result<Term, String> {
    let mut reader = Reader { rest: text, queries, depth: 0 };
    let term = reader.sum()?;
    match reader.next() {
        None => Ok(term),
        Some(sign) => Err(reader.unexpected(sign)),
    }
}

/// Brackets within brackets.
const DEPTH_MAX: u32 = 32;

struct Reader<'a> {
    rest: &'a str,
    queries: &'a mut dyn Queries,
    depth: u32,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn takes(&mut self, sign: char) -> bool {
        let is_next = self.next() == Some(sign);
        if is_next {
            self.rest = &self.rest[sign.len_utf8()..];
        }
        is_next
    }

    fn expect(&mut self, sign: char) -> Result<(), String> {
        if self.takes(sign) { Ok(()) } else { Err(format!("expected {sign}{}", self.place())) }
    }

    fn place(&self) -> String {
        if self.rest.is_empty() { " at the end".to_owned() } else { format!(" at {}", self.rest) }
    }

    fn unexpected(&self, sign: char) -> String {
        match sign {
            '<' | '>' | '=' | '!' | '&' | '|' => {
                format!("comparisons and logic are left out of this simulation{}", self.place())
            }
            '^' => "powers (^) are left out of this simulation: multiply".to_owned(),
            _ => format!("unexpected {sign}{}", self.place()),
        }
    }

    fn sum(&mut self) -> Result<Term, String> {
        let mut left = self.product()?;
        while let Some(sign @ ('+' | '-')) = self.next() {
            self.takes(sign);
            left = combine(sign, left, self.product()?)?;
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Term, String> {
        let mut left = self.factor()?;
        while let Some(sign @ ('*' | '/')) = self.next() {
            self.takes(sign);
            left = combine(sign, left, self.factor()?)?;
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Term, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(format!("more than {DEPTH_MAX} values within values"));
        }
        let term = match self.next() {
            Some('-') => {
                self.takes('-');
                combine('*', Term::Number(-1.0), self.factor()?)
            }
            Some('(') => {
                self.takes('(');
                let term = self.sum()?;
                self.expect(')').map(|()| term)
            }
            Some('[') => {
                self.takes('[');
                let mut many = Vec::new();
                loop {
                    match self.sum()? {
                        Term::Series(series) => many.push(series),
                        Term::Many(more) => many.extend(more),
                        Term::Number(_) => return Err("a list has series, not numbers".to_owned()),
                    }
                    if !self.takes(',') {
                        break;
                    }
                }
                self.expect(']').map(|()| Term::Many(many))
            }
            Some('0'..='9' | '.') => self.number().map(Term::Number),
            Some(sign) if sign.is_ascii_alphabetic() => self.named(),
            Some(sign) => Err(self.unexpected(sign)),
            None => Err("it ends too early".to_owned()),
        };
        self.depth -= 1;
        term
    }

    fn number(&mut self) -> Result<f64, String> {
        let text = self.word(|char| char.is_ascii_digit() || char == '.');
        let digits = text.trim_start_matches('0');
        let has_whole = digits.starts_with(|first: char| first.is_ascii_digit());
        let zero = if has_whole { "" } else { "0" };
        let number = serde_json::from_str(&format!("{zero}{digits}"));
        number.map_err(|_| format!("{text} is no number"))
    }

    fn word(&mut self, allows: fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|char| !allows(char)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// An id, or a function with what is between its brackets.
    fn named(&mut self) -> Result<Term, String> {
        let name = self.word(|char| char.is_ascii_alphanumeric() || char == '_');
        if !self.takes('(') {
            if name.starts_with(|first: char| first.is_ascii_lowercase()) {
                return self.queries.of_id(name);
            }
            return Err(format!("{name} is neither an id nor a function with brackets"));
        }
        if name == "METRICS" {
            let text = if self.takes('"') { Some(self.word(|char| char != '"')) } else { None };
            if text.is_some() {
                self.expect('"')?;
            }
            self.expect(')')?;
            return self.queries.metrics(text).map(Term::Many);
        }
        if !FUNCTIONS.contains(&name) {
            return Err(format!(
                "the function {name} is left out of this simulation; there are {} and METRICS",
                FUNCTIONS.join(", ")
            ));
        }
        let term = self.sum()?;
        if name == "FILL" {
            self.expect(',')?;
            let filler = self.filler()?;
            self.expect(')')?;
            let (from, until) = self.queries.span();
            return each(term, name, &|series| fill(&series, filler, from, until));
        }
        self.expect(')')?;
        call(name, term)
    }

    fn filler(&mut self) -> Result<Option<f64>, String> {
        match self.next() {
            Some('R') if self.rest.starts_with("REPEAT") => {
                self.rest = &self.rest["REPEAT".len()..];
                Ok(None)
            }
            Some('L') => Err("FILL with LINEAR is left out of this simulation".to_owned()),
            _ => match self.sum()? {
                Term::Number(number) => Ok(Some(number)),
                _ => Err("FILL takes a number or REPEAT".to_owned()),
            },
        }
    }
}

const FUNCTIONS: [&str; 10] =
    ["SUM", "AVG", "MIN", "MAX", "RATE", "PERIOD", "ABS", "CEIL", "FLOOR", "FILL"];

fn call(name: &str, term: Term) -> Result<Term, String> {
    let map = |change: fn(f64) -> f64, term| match term {
        Term::Number(number) => Ok(Term::Number(change(number))),
        term => each(term, name, &|mut series| {
            for point in &mut series.points {
                point.1 = change(point.1);
            }
            series
        }),
    };
    match (name, term) {
        ("ABS", term) => map(f64::abs, term),
        ("CEIL", term) => map(f64::ceil, term),
        ("FLOOR", term) => map(f64::floor, term),
        ("RATE", term) => each(term, name, &|series| rate(&series)),
        ("PERIOD", Term::Series(series)) => {
            let secs = u32::try_from(series.period_secs).unwrap_or(u32::MAX);
            Ok(Term::Number(f64::from(secs)))
        }
        (_, Term::Series(series)) if name != "PERIOD" => {
            let fold = fold(name, series.points.iter().map(|point| (Instant::default(), point.1)));
            let number = fold.points.first().map(|point| point.1);
            number.map(Term::Number).ok_or_else(|| format!("{name} of a series without datapoints"))
        }
        (_, Term::Many(many)) if name != "PERIOD" => {
            let points = many.iter().flat_map(|series| series.points.iter().copied());
            let period_secs = many.first().map_or(60, |series| series.period_secs);
            Ok(Term::Series(Series { period_secs, ..fold(name, points) }))
        }
        _ => Err(format!("{name} takes a series, not a number")),
    }
}

/// Values of each instant as one.
fn fold(name: &str, points: impl Iterator<Item = (Instant, f64)>) -> Series {
    let mut all: SortedMap<Instant, (f64, u32)> = SortedMap::default();
    for (at, value) in points {
        let (total, count) = all.or_default(at);
        *total = match name {
            _ if *count == 0 => value,
            "MIN" => total.min(value),
            "MAX" => total.max(value),
            _ => *total + value,
        };
        *count += 1;
    }
    let value = |(total, count): (f64, u32)| {
        if name == "AVG" { total / f64::from(count) } else { total }
    };
    let points = all.iter().map(|(at, entry)| (*at, value(*entry))).collect();
    Series { period_secs: 0, points }
}

fn each(term: Term, name: &str, change: &dyn Fn(Series) -> Series) -> Result<Term, String> {
    match term {
        Term::Series(series) => Ok(Term::Series(change(series))),
        Term::Many(many) => Ok(Term::Many(many.into_iter().map(change).collect())),
        Term::Number(_) => Err(format!("{name} takes a series, not a number")),
    }
}

/// The change a second, of each datapoint but the first.
fn rate(series: &Series) -> Series {
    let points = series.points.windows(2).map(|pair| {
        let secs = u32::try_from(pair[1].0.since(pair[0].0).as_secs()).unwrap_or(u32::MAX);
        (pair[1].0, (pair[1].1 - pair[0].1) / f64::from(secs))
    });
    Series { points: points.collect(), period_secs: series.period_secs }
}

/// A datapoint for every period: the filler where there is none, or the one before.
fn fill(series: &Series, filler: Option<f64>, from: Instant, until: Instant) -> Series {
    let mut points = Vec::new();
    let mut known = series.points.iter().copied().peekable();
    let mut last = filler;
    let mut at = from;
    while at < until {
        match known.next_if(|point| point.0 <= at) {
            Some((_, value)) => {
                points.push((at, value));
                last = filler.or(Some(value));
            }
            None => points.extend(last.map(|value| (at, value))),
        }
        at += Duration::from_secs(series.period_secs.max(1));
    }
    Series { points, period_secs: series.period_secs }
}

fn combine(sign: char, left: Term, right: Term) -> Result<Term, String> {
    let of = |left: f64, right: f64| match sign {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        _ => left / right,
    };
    Ok(match (left, right) {
        (Term::Number(left), Term::Number(right)) => Term::Number(of(left, right)),
        (Term::Number(left), right) => {
            each(right, "", &|series| with(series, |value| of(left, value)))?
        }
        (left, Term::Number(right)) => {
            each(left, "", &|series| with(series, |value| of(value, right)))?
        }
        (Term::Many(_), Term::Many(_)) => {
            return Err(format!("there is no {sign} of two lists of series"));
        }
        (Term::Series(left), right) => each(right, "", &|right| join(&left, &right, &of))?,
        (left, Term::Series(right)) => each(left, "", &|left| join(&left, &right, &of))?,
    })
}

fn with(mut series: Series, change: impl Fn(f64) -> f64) -> Series {
    for point in &mut series.points {
        point.1 = change(point.1);
    }
    series.points.retain(|point| point.1.is_finite());
    series
}

/// Two series where both have a datapoint.
fn join(left: &Series, right: &Series, of: &dyn Fn(f64, f64) -> f64) -> Series {
    let mut others = right.points.iter().peekable();
    let mut points = Vec::new();
    for (at, value) in &left.points {
        while others.next_if(|other| other.0 < *at).is_some() {}
        if let Some((_, other)) = others.next_if(|other| other.0 == *at) {
            points.push((*at, of(*value, *other)));
        }
    }
    points.retain(|point| point.1.is_finite());
    Series { period_secs: left.period_secs, points }
}
