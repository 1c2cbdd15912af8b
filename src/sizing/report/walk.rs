//! Every field of a report once, for writing and for reading.

use super::Report;
use crate::engine::service::usage::Meter;
use crate::engine::time::Instant;
use crate::insight::pricing::{Bill, Item, LINES, Line, PRICES, Plan, Prices};
use crate::share::link::bytes::{Reader, Writer};
use crate::sizing::advice::{
    Advice, Cost, KeyAdvice, KeyPeak, Needs, Rate, Rates, Salt, Splits, Wishes,
};
use crate::sizing::findings::{
    BAD_LINES, BUCKETS, BadRows, Count, Facts, HotKey, KeyFindings, Load, Peak, REASONS, Reason,
    Slice, TimeFindings,
};

/// Writes what it is shown, or fills it with what it reads.
pub enum Io<'a> {
    Writing(Writer),
    Reading(Reader<'a>),
}

/// The most bytes of a text.
const TEXT_BYTES: u64 = 4_096;
/// The most of anything else: borders of shards.
const MANY: u64 = 10_000;

/// `None` if something else stands there.
type Walked = Option<()>;

impl<'a> Io<'a> {
    pub fn writing() -> Self {
        Self::Writing(Writer::default())
    }

    pub fn reading(bytes: &'a [u8]) -> Self {
        Self::Reading(Reader::new(bytes))
    }

    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        match self {
            Self::Writing(writer) => writer.finish(),
            Self::Reading(_) => Vec::new(),
        }
    }

    pub fn number(&mut self, value: &mut u64) -> Walked {
        match self {
            Self::Writing(writer) => writer.number(*value),
            Self::Reading(reader) => *value = reader.number()?,
        }
        Some(())
    }

    fn numbers<const N: usize>(&mut self, values: [&mut u64; N]) -> Walked {
        values.into_iter().try_for_each(|value| self.number(value))
    }

    fn small(&mut self, value: &mut u32) -> Walked {
        let mut wide = u64::from(*value);
        self.number(&mut wide)?;
        *value = u32::try_from(wide).ok()?;
        Some(())
    }

    fn wide(&mut self, value: &mut u128) -> Walked {
        let half = |shift: u32| u64::try_from(*value >> shift & u128::from(u64::MAX)).ok();
        let (mut high, mut low) = (half(64)?, half(0)?);
        self.numbers([&mut high, &mut low])?;
        *value = u128::from(high) << 64 | u128::from(low);
        Some(())
    }

    fn instant(&mut self, value: &mut Instant) -> Walked {
        let mut micros = value.micros();
        self.number(&mut micros)?;
        *value = Instant::from_micros(micros);
        Some(())
    }

    /// A number that is less than another one.
    fn below(&mut self, value: usize, bound: usize) -> Option<usize> {
        let mut number = value as u64;
        self.number(&mut number)?;
        usize::try_from(number).ok().filter(|number| *number < bound)
    }

    fn text(&mut self, text: &mut String) -> Walked {
        let mut length = text.len() as u64;
        self.number(&mut length)?;
        match self {
            Self::Writing(writer) => writer.bytes(text.as_bytes()),
            Self::Reading(reader) => {
                let bytes = reader.some(length.min(TEXT_BYTES + 1))?;
                *text = std::str::from_utf8(bytes).ok()?.to_owned();
            }
        }
        (length <= TEXT_BYTES).then_some(())
    }

    /// Something that may be missing.
    fn option<T>(
        &mut self,
        value: &mut Option<T>,
        blank: impl FnOnce() -> T,
        walk: impl FnOnce(&mut Self, &mut T) -> Walked,
    ) -> Walked {
        match self.below(usize::from(value.is_some()), 2)? {
            0 => *value = None,
            _ => walk(self, value.get_or_insert_with(blank))?,
        }
        Some(())
    }

    /// Up to so many things.
    fn list<T: Clone>(
        &mut self,
        list: &mut Vec<T>,
        most: u64,
        blank: &T,
        walk: impl Fn(&mut Self, &mut T) -> Walked,
    ) -> Walked {
        let mut count = list.len() as u64;
        self.number(&mut count)?;
        if count > most {
            return None;
        }
        for place in 0..usize::try_from(count).ok()? {
            if place == list.len() {
                list.push(blank.clone());
            }
            walk(self, &mut list[place])?;
        }
        Some(())
    }
}

fn load(io: &mut Io, load: &mut Load) -> Walked {
    io.numbers([&mut load.records, &mut load.bytes])
}

fn text(io: &mut Io, text: &mut Option<String>) -> Walked {
    io.option(text, String::new, Io::text)
}

impl Report {
    /// Nothing, to be filled.
    pub(super) fn blank() -> Self {
        Self {
            made_by: [0; 3],
            key_column: None,
            time_column: None,
            record_kib_max: 0,
            facts: Facts::default(),
            slices: Vec::new(),
            advice: blank_advice(),
        }
    }

    /// Shows every field.
    pub(super) fn walk(&mut self, io: &mut Io) -> Walked {
        io.numbers(self.made_by.each_mut())?;
        text(io, &mut self.key_column)?;
        text(io, &mut self.time_column)?;
        io.small(&mut self.record_kib_max)?;
        facts(io, &mut self.facts)?;
        io.list(&mut self.slices, MANY, &Slice::default(), |io, slice| {
            io.instant(&mut slice.at)?;
            load(io, &mut slice.load)?;
            io.numbers([&mut slice.bytes_max, &mut slice.records_max, &mut slice.keys_max])
        })?;
        advice(io, &mut self.advice)
    }
}

fn facts(io: &mut Io, facts: &mut Facts) -> Walked {
    io.numbers([&mut facts.file_bytes, &mut facts.lines, &mut facts.largest])?;
    io.numbers(facts.line_ends.each_mut())?;
    load(io, &mut facts.total)?;
    io.numbers([&mut facts.payload.put_units, &mut facts.payload.kib])?;
    let blank = BadRows { reason: Reason::Cells, rows: 0, lines: Vec::new() };
    io.list(&mut facts.bad, REASONS as u64, &blank, |io, bad| {
        bad.reason = Reason::ALL[io.below(bad.reason as usize, REASONS)?];
        io.number(&mut bad.rows)?;
        io.list(&mut bad.lines, BAD_LINES as u64, &0, Io::number)
    })?;
    io.option(&mut facts.keys, blank_keys, keys)?;
    io.option(&mut facts.time, blank_time, time)
}

fn blank_keys() -> KeyFindings {
    KeyFindings {
        distinct: Count::Exact(0),
        hottest: Vec::new(),
        uncounted_max: 0,
        space: Vec::new(),
        hottest_ppm: 0,
        sixteenth_ppm: 0,
    }
}

fn keys(io: &mut Io, keys: &mut KeyFindings) -> Walked {
    let mut value = keys.distinct.value();
    let mut error = match keys.distinct {
        Count::Exact(_) => 0,
        Count::About { error_permille, .. } => error_permille,
    };
    io.number(&mut value)?;
    io.small(&mut error)?;
    keys.distinct = match error {
        0 => Count::Exact(value),
        error_permille => Count::About { value, error_permille },
    };
    let blank = HotKey { text: None, hash: 0, load: Load::default(), missed_max: 0 };
    io.list(&mut keys.hottest, MANY, &blank, |io, key| {
        text(io, &mut key.text)?;
        io.wide(&mut key.hash)?;
        load(io, &mut key.load)?;
        io.number(&mut key.missed_max)
    })?;
    io.number(&mut keys.uncounted_max)?;
    io.list(&mut keys.space, BUCKETS as u64, &Load::default(), load)?;
    io.small(&mut keys.hottest_ppm)?;
    io.small(&mut keys.sixteenth_ppm)
}

fn blank_time() -> TimeFindings {
    let blank = || Peak {
        at: Instant::default(),
        secs: 0,
        load: Load::default(),
        keys: 0,
        space: Vec::new(),
    };
    TimeFindings {
        first: Instant::default(),
        last: Instant::default(),
        step_secs: 1,
        steps: 0,
        peak_second: blank(),
        peak_minute: blank(),
        steps_without_keys: 0,
    }
}

fn time(io: &mut Io, time: &mut TimeFindings) -> Walked {
    io.instant(&mut time.first)?;
    io.instant(&mut time.last)?;
    io.small(&mut time.step_secs)?;
    io.numbers([&mut time.steps, &mut time.steps_without_keys])?;
    for peak in [&mut time.peak_second, &mut time.peak_minute] {
        io.instant(&mut peak.at)?;
        io.small(&mut peak.secs)?;
        load(io, &mut peak.load)?;
        io.number(&mut peak.keys)?;
        io.list(&mut peak.space, BUCKETS as u64, &Load::default(), load)?;
    }
    (time.first <= time.last).then_some(())
}

fn blank_advice() -> Advice {
    let rate = Rate::default();
    let bill = Bill { items: [None; LINES] };
    Advice {
        wishes: Wishes::default(),
        shards: 0,
        rates: Rates {
            span_micros: 0,
            bytes_peak: rate,
            records_peak: rate,
            minute: rate,
            mean: rate,
        },
        needs: Needs {
            bytes: 0,
            records: 0,
            reads: 0,
            even: 0,
            tank: 0,
            minute: 0,
            poll_millis: 0,
        },
        keys: None,
        costs: [Plan::Provisioned, Plan::Standard, Plan::Advantage].map(|plan| Cost { plan, bill }),
    }
}

fn advice(io: &mut Io, advice: &mut Advice) -> Walked {
    wishes(io, &mut advice.wishes)?;
    io.small(&mut advice.shards)?;
    let rates = &mut advice.rates;
    io.number(&mut rates.span_micros)?;
    for one in [&mut rates.bytes_peak, &mut rates.records_peak, &mut rates.minute, &mut rates.mean]
    {
        rate(io, one)?;
    }
    let needs = &mut advice.needs;
    for need in [
        &mut needs.bytes,
        &mut needs.records,
        &mut needs.reads,
        &mut needs.even,
        &mut needs.tank,
        &mut needs.minute,
        &mut needs.poll_millis,
    ] {
        io.small(need)?;
    }
    io.option(&mut advice.keys, blank_key_advice, key_advice)?;
    advice.costs.iter_mut().try_for_each(|cost| bill(io, cost))
}

fn wishes(io: &mut Io, wishes: &mut Wishes) -> Walked {
    io.small(&mut wishes.shared)?;
    io.small(&mut wishes.fan_out)?;
    io.small(&mut wishes.retention_hours)?;
    io.number(&mut wishes.speed_thousandths)?;
    io.small(&mut wishes.headroom_permille)?;
    io.small(&mut wishes.hours)?;
    // Mostly those of the day it was written, which a later version may not know any more.
    let Prices(prices) = &mut wishes.prices;
    prices.iter_mut().try_for_each(|nanos| io.number(nanos))?;
    (wishes.sound() == *wishes).then_some(())
}

fn rate(io: &mut Io, rate: &mut Rate) -> Walked {
    io.instant(&mut rate.at)?;
    load(io, &mut rate.load)
}

fn bill(io: &mut Io, cost: &mut Cost) -> Walked {
    for (place, item) in cost.bill.items.iter_mut().enumerate() {
        let of = |price: &&crate::insight::pricing::Price| {
            price.plan == cost.plan && price.line as usize == place
        };
        let meter = match PRICES.iter().find(of) {
            Some(price) => price.meter,
            None if place == Line::Minimum as usize => Meter::StreamTime,
            None => continue,
        };
        io.option(
            item,
            || Item { quantity: 0, meter, nanos: 0 },
            |io, item| {
                io.numbers([&mut item.quantity, &mut item.nanos])?;
                // So that they can be added up.
                (item.nanos < 1 << 56).then_some(())
            },
        )?;
    }
    Some(())
}

fn blank_key_advice() -> KeyAdvice {
    KeyAdvice {
        with_keys: None,
        tried: 0,
        fullest_permille: 0,
        fullest_at: Instant::default(),
        hottest: None,
        too_hot: 0,
        over_headroom: 0,
        salt: None,
        splits: Splits { shards: 0, starts: Vec::new(), fullest_permille: 0, even_permille: 0 },
        unknown_steps: 0,
    }
}

fn key_advice(io: &mut Io, keys: &mut KeyAdvice) -> Walked {
    io.option(&mut keys.with_keys, || 0, Io::small)?;
    io.small(&mut keys.tried)?;
    io.number(&mut keys.fullest_permille)?;
    io.instant(&mut keys.fullest_at)?;
    let blank = || KeyPeak { text: None, hash: 0, rate: Rate::default(), permille: 0 };
    io.option(&mut keys.hottest, blank, |io, peak| {
        text(io, &mut peak.text)?;
        io.numbers([&mut peak.hash, &mut peak.permille])?;
        rate(io, &mut peak.rate)
    })?;
    io.numbers([&mut keys.too_hot, &mut keys.over_headroom, &mut keys.unknown_steps])?;
    io.option(
        &mut keys.salt,
        || Salt { suffixes: 0, keys: 0, shards: 0 },
        |io, salt| {
            io.small(&mut salt.suffixes)?;
            io.small(&mut salt.shards)?;
            io.number(&mut salt.keys)
        },
    )?;
    let splits = &mut keys.splits;
    io.small(&mut splits.shards)?;
    io.numbers([&mut splits.fullest_permille, &mut splits.even_permille])?;
    io.list(&mut splits.starts, MANY, &0, Io::wide)?;
    splits.starts.is_sorted().then_some(())
}
