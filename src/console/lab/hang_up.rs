//! `lab hang-up`: ends a subscription from its client's side, as closing its connection does.

use super::arguments::Arguments;
use super::grammar;
use super::verb::{LabOption, Verb};
use crate::console::output::Output;
use crate::console::state::Console;
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::service::fan_out::PipeId;
use crate::engine::service::names::{ConsumerName, ShardId};

pub(super) const VERB: Verb = Verb {
    name: "hang-up",
    words: "CONSUMER",
    doc: "Ends a subscription that a SubscribeToShard has opened.",
    options: &[
        LabOption { name: "--stream", value: "STREAM", doc: "The stream of the consumer." },
        LabOption { name: "--shard", value: "SHARD", doc: "The shard: shardId-000000000000." },
    ],
    examples: &["lab hang-up search --stream orders --shard shardId-000000000000"],
    run,
};

/// The line that hangs up; `None` if the stream or the consumer is gone.
pub fn line(sim: &Simulation, pipe: PipeId) -> Option<String> {
    let stream = sim.service().stream(pipe.stream)?;
    let consumer = stream.consumers.iter().find(|consumer| consumer.id == pipe.consumer)?;
    let (name, stream, shard) = (&consumer.name, &stream.name, pipe.shard);
    Some(format!("lab hang-up {name} --stream {stream} --shard {shard}"))
}

fn run(console: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    let name = match arguments.words[..] {
        [name] => ConsumerName::new(name),
        _ => None,
    };
    let stream = arguments.read_value("--stream", grammar::stream)?;
    let shard = arguments.value("--shard").and_then(ShardId::parse);
    let (Some(name), Some(stream), Some(shard)) = (name, stream, shard) else {
        return Err(format!("say which: {}", VERB.examples[0]));
    };
    let sim = &mut console.simulation;
    let found = sim.service().stream_named(&stream).ok().and_then(|stream| {
        let consumer = stream.consumers.iter().find(|consumer| consumer.name == name)?;
        Some(PipeId { stream: stream.id, shard, consumer: consumer.id })
    });
    let pipe = found.filter(|pipe| sim.subscription(*pipe).is_some()).ok_or_else(|| {
        format!(
            "{name} has no subscription to {shard} of {stream} that a request has opened; open \
             one with lab request SubscribeToShard JSON"
        )
    })?;
    sim.request(|service, now| service.hang_up(now, ActorId::PERSON, pipe));
    Ok(Output::default().kept())
}
