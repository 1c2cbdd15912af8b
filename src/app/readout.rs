//! What the panels show, rounded to what is shown: equal readouts draw nothing.

use super::pacer::Pacer;
use super::room::Room;
use super::session::run::Run;
use super::session::{Progress, Session};
use super::speed::Speed;
use shardlab::engine::time::Instant;
use shardlab::insight::totals::Totals;
use shardlab::scene::spots::Spot;
use std::rc::Rc;
use std::time::Duration;

/// Everything that changes by itself beside the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readout {
    /// The simulated date and time.
    pub now: String,
    /// Simulated time since the run began.
    pub elapsed: String,
    /// The true speed, if it stays below the one that was asked for.
    pub true_speed: Option<Speed>,
    /// Whether time is being skipped, because a line waits.
    pub is_skipping: bool,
    /// The line that lets time pass.
    pub progress: Option<Progress>,
    /// How far a run that is replayed came, in percent.
    pub percent: Option<u64>,
    /// Whether something is looked for ahead.
    pub is_looking_ahead: bool,
    /// The whole run.
    pub run: Run,
    /// How much memory is left.
    pub room: Room,
    /// Another number asks panels to look at the world again.
    pub pulse: u64,
    /// Everything counted.
    pub totals: Totals,
    /// How many streams there are.
    pub streams: u64,
    /// How many shards take records.
    pub open_shards: u64,
    /// The shard that refused most within the picture's window.
    pub hottest: Option<Hottest>,
    /// What of the picture can have the focus.
    pub spots: Rc<[Spot]>,
}

/// A shard that refuses records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hottest {
    /// The name of its stream.
    pub stream: String,
    /// Its own name.
    pub shard: String,
    /// How many it refused.
    pub records: u64,
    /// Within which time.
    pub window: Duration,
}

impl Readout {
    /// What there is to show now.
    pub fn of(session: &Session, pacer: &Pacer, speed: Speed, window: Duration) -> Self {
        let (simulation, now) = (session.simulation(), session.now());
        let streams = || simulation.service().streams();
        let hottest =
            session.history().hottest(now, window).and_then(|(stream, shard, records)| {
                let stream = simulation.service().stream(stream)?.name.to_string();
                Some(Hottest { stream, shard: shard.to_string(), records, window })
            });
        Self {
            now: date_and_time(now, speed),
            elapsed: clock(session.elapsed(), speed),
            true_speed: pacer.true_speed(),
            is_skipping: session.is_skipping(),
            progress: session.progress(),
            percent: session.replayed_percent(),
            is_looking_ahead: session.is_looking_ahead(),
            run: session.run(),
            room: Room::left_by(simulation.service()),
            pulse: session.revision(),
            totals: session.history().totals,
            streams: streams().count() as u64,
            open_shards: streams().map(|stream| u64::from(stream.open_shard_count())).sum(),
            hottest,
            spots: Rc::default(),
        }
    }
}

/// `2026-11-20 12:00:01.5`.
pub fn date_and_time(now: Instant, speed: Speed) -> String {
    let text = now.to_string();
    let (date, time) = (text.get(..10).unwrap_or(""), text.get(11..19).unwrap_or(""));
    format!("{date} {time}{}", fraction(now.micros() % 1_000_000, speed))
}

/// `1 d 02:03:04.5`.
fn clock(elapsed: Duration, speed: Speed) -> String {
    let secs = elapsed.as_secs();
    let days = match secs / 86_400 {
        0 => String::new(),
        days => format!("{days} d "),
    };
    let (hours, minutes, rest) = (secs / 3_600 % 24, secs / 60 % 60, secs % 60);
    let micros = u64::from(elapsed.subsec_micros());
    format!("{days}{hours:02}:{minutes:02}:{rest:02}{}", fraction(micros, speed))
}

/// As many decimals as move at a pace that can be read.
fn fraction(micros: u64, speed: Speed) -> String {
    if speed.simulated < speed.viewed {
        format!(".{:03}", micros / 1_000)
    } else if speed.simulated <= 10 * speed.viewed {
        format!(".{}", micros / 100_000)
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_shows_what_can_be_read_at_its_speed() {
        let now = Instant::from_micros(Instant::DEFAULT_START.micros() + 1_234_567);
        assert_eq!(date_and_time(now, Speed::new(1, 100)), "2026-11-20 00:00:01.234");
        assert_eq!(date_and_time(now, Speed::REAL_TIME), "2026-11-20 00:00:01.2");
        assert_eq!(date_and_time(now, Speed::new(60, 1)), "2026-11-20 00:00:01");
    }

    #[test]
    fn a_long_run_counts_its_days() {
        let elapsed = Duration::from_secs(2 * 86_400 + 3_723);
        assert_eq!(clock(elapsed, Speed::new(60, 1)), "2 d 01:02:03");
    }

    #[test]
    fn what_is_not_shown_draws_nothing() {
        let session = Session::default();
        let readout =
            || Readout::of(&session, &Pacer::default(), Speed::REAL_TIME, Duration::from_secs(30));
        assert_eq!(readout(), readout());
    }
}
