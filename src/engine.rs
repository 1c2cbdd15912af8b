//! The engine: what AWS runs, what its customers run, and the clock both are driven by.

pub mod actor;
pub mod client;
pub mod digest;
pub mod event;
pub mod find;
pub mod outbox;
pub mod refusal;
pub mod rng;
pub mod schedule;
pub mod service;
pub mod sorted;
pub mod time;
pub mod trail;

use actor::ActorId;
use client::Clients;
use event::Event;
use outbox::{Outbox, SubscriptionId};
use rng::Rng;
use service::Service;
use service::account::{Account, Settings};
use service::fan_out::{PipeId, Push};
use std::collections::VecDeque;
use time::Instant;
use trail::Trail;

/// A simulated world: the service, its clients, and the clock.
///
/// Its methods are of four kinds: *questions* (`&self`), [`request`](Self::request) and
/// [`command`](Self::command) (what somebody does now), [`advance`](Self::advance) (time passes),
/// and [`poll_event`](Self::poll_event) (what has happened). After each change drain the events
/// before the next one: mutate, then drain.
///
/// Same seed and same changes at the same instants: same history, bit for bit, on every machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Simulation {
    seed: u64,
    now: Instant,
    service: Service,
    clients: Clients,
    events: VecDeque<(Instant, Event)>,
    /// Control calls, outside of the digest.
    trail: Trail,
    /// Tasks performed since the start.
    performed: u64,
    /// Requests made from outside since the start.
    requests: u64,
    /// Pushes to the person that somebody follows; no part of the digest.
    outbox: Outbox,
}

impl Simulation {
    /// A world without streams and clients.
    pub fn new(seed: u64, start: Instant) -> Self {
        Self::with_settings(seed, start, Settings::default())
    }

    /// A world without streams and clients, with settings of its own.
    pub fn with_settings(seed: u64, start: Instant, settings: Settings) -> Self {
        let root = Rng::seeded(seed);
        let mut secret = root.fork("service/secret").next_u64();
        if settings.account != Account::default() {
            // Another account takes no token of this one.
            secret ^= digest::digest(&settings.account);
        }
        Self {
            seed,
            now: start,
            service: Service::new(secret, settings),
            clients: Clients::new(root),
            events: VecDeque::new(),
            trail: Trail::default(),
            performed: 0,
            requests: 0,
            outbox: Outbox::default(),
        }
    }

    /// Somebody asks the service for something, now.
    pub fn request<T>(&mut self, ask: impl FnOnce(&mut Service, Instant) -> T) -> T {
        self.requests += 1;
        let answer = ask(&mut self.service, self.now);
        self.collect();
        answer
    }

    /// A client is added, changed or stopped, now.
    pub fn command<T>(
        &mut self,
        change: impl FnOnce(&mut Clients, &mut Service, Instant) -> T,
    ) -> T {
        let answer = change(&mut self.clients, &mut self.service, self.now);
        self.collect();
        answer
    }

    /// Lets time pass until `until`, performing whatever is due on the way.
    ///
    /// # Panics
    ///
    /// If `until` lies in the past: time runs forward.
    pub fn advance(&mut self, until: Instant) {
        let arrived = self.advance_within(until, u64::MAX);
        assert!(arrived, "without a budget nothing stops early");
    }

    /// Lets time pass until `until`, but performs at most `tasks` tasks; says whether it got there.
    /// If not, [`now`](Self::now) is how far it came, and more may be due at that very instant.
    ///
    /// A task is one call of a producer or consumer, one push, or one change of a stream: about a
    /// microsecond each.
    pub fn advance_within(&mut self, until: Instant, tasks: u64) -> bool {
        assert!(self.now <= until, "time runs forward: {} to {until}", self.now);
        for _ in 0..tasks {
            let Some(due) = self.perform_next(until) else {
                self.now = until;
                return true;
            };
            self.now = due;
            self.performed += 1;
            self.collect();
            #[cfg(debug_assertions)]
            self.service.check();
        }
        false
    }

    /// When the next task is due; `None` if nothing will ever happen by itself.
    pub fn next_due(&self) -> Option<Instant> {
        self.service.next_due().into_iter().chain(self.clients.next_due()).min()
    }

    /// Takes the oldest event that was not yet taken.
    pub fn poll_event(&mut self) -> Option<(Instant, Event)> {
        self.events.pop_front()
    }

    /// Forgets the events that were not taken, for whoever only wants the state.
    pub fn drop_events(&mut self) {
        self.events.clear();
    }

    /// The subscription of the person's that a pipe has at the moment.
    pub fn subscription(&self, pipe: PipeId) -> Option<SubscriptionId> {
        let held = self.service.subscription(pipe).filter(|held| held.actor == ActorId::PERSON)?;
        Some(SubscriptionId { pipe, expires: held.expires })
    }

    /// Begins to keep what a subscription of the person's is pushed from now on; nothing happens if
    /// it has ended.
    pub fn follow(&mut self, subscription: SubscriptionId) {
        if self.subscription(subscription.pipe) == Some(subscription) {
            self.outbox.follow(subscription);
        }
    }

    /// Takes what a subscription was pushed since the last time; `None` if nobody follows it, or
    /// its last push was taken.
    pub fn take_pushes(&mut self, subscription: SubscriptionId) -> Option<Vec<Push>> {
        self.outbox.take(subscription)
    }

    /// Drops what was kept of a subscription, and keeps no more.
    pub fn forget(&mut self, subscription: SubscriptionId) {
        self.outbox.forget(subscription);
    }

    /// A copy without the events and pushes that were not yet taken: what a checkpoint keeps.
    #[must_use]
    pub fn without_events(&self) -> Self {
        Self {
            seed: self.seed,
            now: self.now,
            service: self.service.clone(),
            clients: self.clients.clone(),
            events: VecDeque::new(),
            trail: self.trail.clone(),
            performed: self.performed,
            requests: self.requests,
            outbox: Outbox::default(),
        }
    }

    /// Keeps no record by itself that `later` keeps, which this world has become; says whether that
    /// changes anything. Then it is not to be used before it is [cut](Self::cut_records).
    pub fn share_records(&mut self, later: &Self) -> bool {
        self.service.share_records(&later.service)
    }

    /// Leaves out the records of a later world that this one keeps.
    pub fn cut_records(&mut self) {
        self.service.cut_records();
    }

    /// How many tasks were performed since the start: how much work it is to come here again.
    pub fn tasks_performed(&self) -> u64 {
        self.performed
    }

    /// How many requests were made since the start by whoever calls [`request`](Self::request),
    /// clients not counted: it tells requests of one instant apart.
    pub fn requests_made(&self) -> u64 {
        self.requests
    }

    /// The time.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The seed of all chance.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Whose streams they are, and where.
    pub fn account(&self) -> &Account {
        &self.service.settings().account
    }

    /// The service, for questions.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The latest control calls.
    pub fn trail(&self) -> &Trail {
        &self.trail
    }

    /// The same, for whoever takes calls from outside and adds them.
    pub fn trail_mut(&mut self) -> &mut Trail {
        &mut self.trail
    }

    /// The clients, for questions.
    pub fn clients(&self) -> &Clients {
        &self.clients
    }

    /// One hash of the whole state.
    pub fn digest(&self) -> u64 {
        digest::digest(&(self.seed, self.now, &self.service, &self.clients))
    }

    /// Performs the first task that is due: the service's before a client's at the same instant.
    fn perform_next(&mut self, until: Instant) -> Option<Instant> {
        let (service, client) = (self.service.next_due(), self.clients.next_due());
        let service_first = service.is_some_and(|due| client.is_none_or(|other| due <= other));
        if !service_first {
            return self.clients.perform_next(until, &mut self.service);
        }
        self.service.perform_next(until)
    }

    /// Delivers what was pushed, and moves the events to the queue.
    fn collect(&mut self) {
        while let Some(push) = self.service.take_push() {
            if push.actor == ActorId::PERSON {
                self.outbox.receive(push);
            } else {
                self.clients.receive(self.now, &push, &mut self.service);
            }
        }
        let now = self.now;
        self.events.extend(self.service.drain_events().map(|event| (now, event)));
        self.events.extend(self.clients.drain_events().map(|event| (now, event)));
    }
}
