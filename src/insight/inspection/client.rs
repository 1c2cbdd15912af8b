//! A producer or consumer: what it does and what became of it.

use super::{Inspection, Label, Value};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::client::consumer::{Consumer, Mode};
use crate::engine::client::producer::Producer;
use crate::insight::subject::Subject;
use std::time::Duration;

/// Shards whose lags are listed.
const LAGS_MAX: usize = 32;

pub(super) fn inspect(simulation: &Simulation, actor: ActorId) -> Option<Inspection> {
    let clients = simulation.clients();
    let producer = clients.producer(actor).map(|producer| of_producer(simulation, producer));
    producer.or_else(|| clients.consumer(actor).map(|consumer| of_consumer(simulation, consumer)))
}

fn of_producer(simulation: &Simulation, producer: &Producer) -> Inspection {
    let mut found = Inspection::titled(producer.name().to_string());
    found.text(Label::Status, &producer.status());
    let stream = &producer.work().sending().stream;
    found.text(Label::Stream, &stream);
    let rate = producer.millionths_per_second(simulation.now());
    found.fact(Label::Rate, Value::MillionthsPerSecond(rate));
    let counters = producer.counters();
    for (label, count) in [
        (Label::Offered, counters.offered),
        (Label::Accepted, counters.accepted),
        (Label::RefusedOfIt, counters.refused),
        (Label::Retried, counters.retried),
        (Label::GivenUp, counters.given_up),
        (Label::Duplicated, counters.duplicated),
        (Label::Calls, counters.calls),
    ] {
        found.count(label, count);
    }
    if let Ok(id) = simulation.service().stream_id(stream) {
        found.relate(&stream, Subject::Stream(id));
    }
    found
}

fn of_consumer(simulation: &Simulation, consumer: &Consumer) -> Inspection {
    let mut found = Inspection::titled(consumer.name().to_string());
    found.text(Label::Status, &consumer.status());
    let is_own = consumer.spec().mode == Mode::EnhancedFanOut;
    found.fact(Label::WayOfReading, Value::IsOwnPipe(is_own));
    let counters = consumer.counters();
    for (label, count) in [
        (Label::Read, counters.records),
        (Label::Calls, counters.polls),
        (Label::Throttled, counters.throttled),
        (Label::Lost, counters.lost),
    ] {
        found.count(label, count);
    }
    for lag in consumer.lags(simulation.service(), simulation.now()).take(LAGS_MAX) {
        let value = Value::Lag(lag.records, Duration::from_millis(lag.millis));
        found.fact(Label::Behind(lag.shard), value);
    }
    if let Some(stream) = consumer.stream() {
        if let Some(owner) = simulation.service().stream(stream) {
            found.relate(&owner.name, Subject::Stream(stream));
        }
        for (shard, _) in consumer.positions().take(LAGS_MAX) {
            found.relate(&shard, Subject::Shard(stream, shard));
        }
    }
    found
}
