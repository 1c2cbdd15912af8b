//! `lab status`: what everybody is doing, in a few columns.

use super::arguments::Arguments;
use super::verb::Verb;
use crate::console::output::Output;
use crate::console::state::Console;
use crate::engine::Simulation;
use crate::engine::client::consumer::Consumer;
use crate::engine::client::producer::Producer;
use crate::engine::service::stream::Stream;

pub(super) const VERB: Verb = Verb {
    name: "status",
    words: "",
    doc: "Tells the time, and what streams, producers and consumers are doing.",
    options: &[],
    examples: &["lab status"],
    run,
};

#[expect(clippy::unnecessary_wraps, reason = "verbs have one signature")]
fn run(console: &mut Console, _: &Arguments) -> Result<Output, String> {
    let sim = &console.simulation;
    let mut lines = vec![sim.now().to_string()];
    lines.extend(sim.service().streams().map(stream));
    lines.extend(sim.clients().producers().map(producer));
    lines.extend(sim.clients().consumers().map(|found| consumer(sim, found)));
    Ok(Output::answer(lines.join("\n") + "\n"))
}

fn stream(stream: &Stream) -> String {
    let shards = stream.shards().iter();
    let records: u64 = shards.map(|shard| shard.log.tip() - shard.log.horizon()).sum();
    let (name, status) = (&stream.name, stream.status);
    let open = stream.open_shard_count();
    format!("stream {name}: {status}, {open} open shards, {records} records")
}

fn producer(producer: &Producer) -> String {
    let (name, status, counters) = (producer.name(), producer.status(), producer.counters());
    format!(
        "producer {name}: {status}, offered {}, accepted {}, refused {}, retried {}, given up {}, \
         duplicated {}",
        counters.offered,
        counters.accepted,
        counters.refused,
        counters.retried,
        counters.given_up,
        counters.duplicated
    )
}

fn consumer(sim: &Simulation, consumer: &Consumer) -> String {
    let (name, status, counters) = (consumer.name(), consumer.status(), consumer.counters());
    let (mut behind, mut millis) = (0, 0);
    for lag in consumer.lags(sim.service(), sim.now()) {
        behind += lag.records;
        millis = millis.max(lag.millis);
    }
    format!(
        "consumer {name}: {status}, read {}, throttled {}, lost {}, behind {behind} records and \
         {millis} ms",
        counters.records, counters.throttled, counters.lost
    )
}
