//! What customers run: producers and consumers, through the service's public requests only.

use super::event::Event;
use super::rng::Rng;
use super::schedule::Schedule;
use super::service::Service;
use super::service::fan_out::Push;
use super::time::Instant;

/// Everybody who sends requests by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clients {
    /// Unused itself: every client forks its own luck from it, by name.
    root: Rng,
    agenda: Schedule<Task>,
    events: Vec<Event>,
}

/// What a client will do later.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Task {}

impl Clients {
    /// Nobody yet.
    pub fn new(root: Rng) -> Self {
        Self { root, agenda: Schedule::default(), events: Vec::new() }
    }

    /// When the first planned task is due.
    pub fn next_due(&self) -> Option<Instant> {
        self.agenda.next_due()
    }

    /// Performs the first planned task if it is due at `until` or before, and says when it was due.
    pub fn perform_next(&mut self, until: Instant, _service: &mut Service) -> Option<Instant> {
        let (now, task) = self.agenda.take_due(until)?;
        match task {}
        #[expect(unreachable_code, reason = "there are no tasks yet")]
        Some(now)
    }

    /// Moves the events since the last call to the end of `events`.
    pub fn drain_events(&mut self, events: &mut Vec<Event>) {
        events.append(&mut self.events);
    }

    /// Hands a push to the consumer that subscribed.
    pub fn receive(&mut self, _now: Instant, _push: Push, _service: &mut Service) {}
}
