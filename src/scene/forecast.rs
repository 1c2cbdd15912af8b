//! What will be lost, before it is: records that expire before a consumer has read them at its
//! present pace, and what expires next.

use super::picture::Picture;
use super::place::Place;
use super::shape::{Ink, Rect};
use super::world::World;
use crate::engine::client::consumer::{Consumer, ConsumerStatus};
use crate::engine::service::log::Log;
use crate::engine::time::{Instant, whole_micros};
use std::time::Duration;

/// A pace is measured over this part of the time that is left …
const PART: u32 = 16;
/// … but over this at least.
const MEASURED: Duration = Duration::from_mins(1);
/// Stretches of a lane that are looked at.
const BIN: u32 = 8;

/// Shades a lane.
pub fn lay_out(world: &World, place: &Place, picture: &mut Picture) {
    lay_next_trim(place, picture);
    for consumer in world.simulation.clients().consumers() {
        if consumer.stream() == Some(place.stream.id)
            && consumer.status() == ConsumerStatus::Reading
        {
            lay_losses(world, place, consumer, picture);
        }
    }
}

/// What expires within the viewer's next second.
fn lay_next_trim(place: &Place, picture: &mut Picture) {
    let (axis, log) = (place.axis, &place.shard.log);
    let Some(oldest) = log.arrival(log.horizon()) else { return };
    let horizon = axis.now.before(place.stream.retention());
    let next = horizon + place.frame.view.second();
    if next > oldest && next > axis.start() {
        let (x, end) = (axis.x(oldest), axis.x(next));
        picture.hatch(Rect { x, width: end - x, ..place.ground() }, Ink::Quiet);
    }
}

/// What a consumer will not have read in time.
fn lay_losses(world: &World, place: &Place, consumer: &Consumer, picture: &mut Picture) {
    let (axis, log, retention) = (place.axis, &place.shard.log, place.stream.retention());
    let Some(forecast) = Forecast::of(world, place, consumer) else { return };
    let mut run: Option<(i32, i32)> = None;
    for bin in axis.bins(BIN) {
        let next = log.ordinal_at(bin.until);
        let is_lost = next > forecast.first
            && log.ordinal_at(bin.from) < next
            && forecast.reached(log, next) > bin.from + retention;
        match &mut run {
            Some((_, end)) if is_lost => *end = bin.x + bin.width,
            None if is_lost => run = Some((bin.x, bin.x + bin.width)),
            _ => {
                if let Some((x, end)) = run.take() {
                    picture.hatch(Rect { x, width: end - x, ..place.ground() }, Ink::Refused);
                }
            }
        }
    }
    if let Some((x, end)) = run {
        picture.hatch(Rect { x, width: end - x, ..place.ground() }, Ink::Refused);
    }
}

/// When a consumer will have read what, if it goes on as it did lately.
struct Forecast {
    /// The first record that it has not processed.
    first: u64,
    now: Instant,
    /// Bytes before that record.
    done: u64,
    /// Bytes that it got …
    amount: u64,
    /// … in so many microseconds.
    micros: u64,
    /// How long it works on each record.
    processing: Duration,
}

impl Forecast {
    /// The forecast for a consumer; `None` if everything is read before anything expires.
    fn of(world: &World, place: &Place, consumer: &Consumer) -> Option<Self> {
        let (log, now) = (&place.shard.log, place.axis.now);
        let mut positions = consumer.positions();
        let (_, position) = positions.find(|(shard, _)| *shard == place.shard.id)?;
        let first = position.processed(now)?.max(log.horizon());
        let expiry = log.arrival(first)? + place.stream.retention();
        let flow = world.history.flows.read(place.stream.id, place.shard.id, consumer.id())?;
        let span = (expiry.since(now) / PART).max(MEASURED);
        let amount = flow.within(now, span);
        let micros = whole_micros(span.min(now.since(flow.since())));
        let done = log.bytes_before(first);
        let processing = consumer.spec().processing;
        let forecast = Self { first, now, done, amount, micros, processing };
        (forecast.reached(log, log.tip()) > expiry).then_some(forecast)
    }

    /// When it will have processed everything before a record.
    fn reached(&self, log: &Log, next: u64) -> Instant {
        let micros = if self.processing.is_zero() {
            let left = u128::from(log.bytes_before(next).saturating_sub(self.done));
            (left * u128::from(self.micros)).checked_div(u128::from(self.amount))
        } else {
            Some(u128::from(next.saturating_sub(self.first)) * self.processing.as_micros())
        };
        let micros = micros.and_then(|micros| u64::try_from(micros).ok());
        micros.map_or(Instant::FAR_FUTURE, |micros| {
            self.now + Duration::from_micros(micros.min(Instant::FAR_FUTURE.micros() / 2))
        })
    }
}
