//! What is said aloud to those who do not see the picture: refusals, losses and what becomes of
//! streams, but not more often than can be listened to.

use super::session::Session;
use crate::text::Stage;
use shardlab::engine::event::Event;
use shardlab::scene::words::grouped;

/// Knows what was said already.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Announcer {
    /// When something was said last, in milliseconds of the viewer's clock.
    said_at: Option<f64>,
    refused: u64,
    lost: u64,
    /// The number of the next event in the run's list.
    next: u64,
}

/// Milliseconds from one announcement to the next.
const PAUSE_MILLIS: f64 = 2_000.0;

impl Announcer {
    /// What there is to say of what has happened since it said something last.
    pub fn hear(&mut self, session: &Session, text: &Stage, millis: f64) -> Option<String> {
        if self.said_at.is_some_and(|said| millis - said < PAUSE_MILLIS) {
            return None;
        }
        let (totals, recent) = (session.history().totals, &session.history().recent);
        let newest = recent.newest_first().next().map_or(0, |told| told.number + 1);
        let status = recent.newest_first().take_while(|told| told.number >= self.next);
        let status = status.filter_map(|told| match told.event {
            Event::StreamStatusChanged { stream, status } => {
                let stream = session.simulation().service().stream(stream)?;
                status.map(|status| format!("{}: {status}.", stream.name))
            }
            _ => None,
        });
        let mut words: Vec<String> = status.take(1).collect();
        // Whoever goes back in time is told nothing twice.
        for (now, before, say) in
            [(totals.throttled, self.refused, text.refused), (totals.lost, self.lost, text.lost)]
        {
            if now > before {
                words.push(say(&grouped(now - before)));
            }
        }
        let said_at = if words.is_empty() { self.said_at } else { Some(millis) };
        *self = Self { said_at, refused: totals.throttled, lost: totals.lost, next: newest };
        (!words.is_empty()).then(|| words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::Turn;
    use crate::text::Language;
    use std::time::Duration;

    #[test]
    fn one_announcement_in_two_seconds_tells_all_that_has_happened() {
        let mut session = Session::default();
        for line in [
            "aws kinesis create-stream --stream-name clicks --shard-count 1",
            "lab wait 10s",
            "lab producer web --stream clicks --rate 2000/s --keys uniform:9 --retry none",
        ] {
            session.queue(line, Turn::After);
        }
        session.work(Duration::from_secs(5), || true, |_| ());
        let (mut announcer, text) = (Announcer::default(), &Language::English.text().stage);
        let said = announcer.hear(&session, text, 100.0).expect("something has happened");
        let refused = session.history().totals.throttled;
        assert_eq!(said, format!("clicks: ACTIVE. {} records refused.", grouped(refused)));
        session.work(Duration::from_secs(1), || true, |_| ());
        assert_eq!(announcer.hear(&session, text, 1_000.0), None);
        let more = session.history().totals.throttled - refused;
        let said = announcer.hear(&session, text, 2_100.0);
        assert_eq!(said, Some(format!("{} records refused.", grouped(more))));
        assert_eq!(announcer.hear(&session, text, 9_000.0), None, "nothing has happened since");
    }
}
