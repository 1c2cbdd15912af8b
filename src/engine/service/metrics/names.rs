//! What metrics are about by name: CloudWatch knows dimensions, not numbers, and it remembers those
//! of what was deleted.

use super::metric::Scope;
use super::{Grain, Metrics};
use crate::engine::service::Service;
use crate::engine::service::fan_out::ConsumerId;
use crate::engine::service::names::{ConsumerName, ShardId, StreamId, StreamName};
use crate::engine::time::Instant;
use std::rc::Rc;

/// The dimensions of a metric.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimensions {
    /// `StreamName`.
    Stream(StreamName),
    /// `StreamName` and `ShardId`.
    Shard(StreamName, ShardId),
    /// `StreamName` and `ConsumerName`.
    Consumer(StreamName, ConsumerName),
}

impl Dimensions {
    /// The name of the stream.
    pub fn stream(&self) -> &StreamName {
        match self {
            Self::Stream(name) | Self::Shard(name, _) | Self::Consumer(name, _) => name,
        }
    }
}

/// What went, under its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Gone {
    at: Instant,
    stream: StreamId,
    name: Name,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Name {
    Stream(StreamName),
    Consumer(ConsumerId, ConsumerName),
}

/// Names of what was deleted; beyond, the oldest are forgotten with their metrics.
const GONE_MAX: usize = 1_000;

impl Metrics {
    /// A stream goes.
    pub(in crate::engine::service) fn stream_gone(
        &mut self,
        at: Instant,
        stream: StreamId,
        name: StreamName,
    ) {
        self.remember(Gone { at, stream, name: Name::Stream(name) });
    }

    /// A registered consumer goes.
    pub(in crate::engine::service) fn consumer_gone(
        &mut self,
        at: Instant,
        stream: StreamId,
        consumer: ConsumerId,
        name: ConsumerName,
    ) {
        self.remember(Gone { at, stream, name: Name::Consumer(consumer, name) });
    }

    fn remember(&mut self, latest: Gone) {
        let gone = Rc::make_mut(&mut self.gone);
        let oldest = latest.at.before(Grain::MINUTE.kept);
        gone.push(latest);
        let surplus = gone.len().saturating_sub(GONE_MAX);
        let old = gone.partition_point(|gone| gone.at < oldest);
        gone.drain(..surplus.max(old));
    }
}

impl Service {
    /// What dimensions stand for: the streams and consumers that have a name, after those that had
    /// it before.
    pub fn metric_scopes(&self, dimensions: &Dimensions) -> Vec<Scope> {
        let name = dimensions.stream();
        let gone = self.metrics.gone.iter().filter_map(|gone| match &gone.name {
            Name::Stream(found) if found == name => Some(gone.stream),
            _ => None,
        });
        let streams = gone.chain(self.stream_id(name));
        match dimensions {
            Dimensions::Stream(_) => streams.map(Scope::Stream).collect(),
            Dimensions::Shard(_, shard) => {
                streams.map(|stream| Scope::Shard(stream, *shard)).collect()
            }
            Dimensions::Consumer(_, name) => streams
                .flat_map(|stream| self.consumers_of(stream, name))
                .map(|(stream, consumer)| Scope::Consumer(stream, consumer))
                .collect(),
        }
    }

    /// The dimensions of what a metric is about; `None` if its name was forgotten.
    pub fn metric_dimensions(&self, scope: Scope) -> Option<Dimensions> {
        let (Scope::Stream(stream) | Scope::Shard(stream, _) | Scope::Consumer(stream, _)) = scope;
        let found = self.stream(stream);
        let mut gone = self.metrics.gone.iter().filter(|gone| gone.stream == stream);
        let name = match found {
            Some(found) => found.name.clone(),
            None => gone.clone().find_map(|gone| match &gone.name {
                Name::Stream(name) => Some(name.clone()),
                Name::Consumer(..) => None,
            })?,
        };
        Some(match scope {
            Scope::Stream(_) => Dimensions::Stream(name),
            Scope::Shard(_, shard) => Dimensions::Shard(name, shard),
            Scope::Consumer(_, id) => {
                let registered = found.and_then(|stream| stream.consumers.get(id));
                let consumer = registered.map(|consumer| consumer.name.clone());
                let forgotten = gone.find_map(|gone| match &gone.name {
                    Name::Consumer(found, name) if *found == id => Some(name.clone()),
                    _ => None,
                });
                Dimensions::Consumer(name, consumer.or(forgotten)?)
            }
        })
    }

    /// The consumers of a stream that have or had a name.
    fn consumers_of(&self, stream: StreamId, name: &ConsumerName) -> Vec<(StreamId, ConsumerId)> {
        let gone = self.metrics.gone.iter().filter(|gone| gone.stream == stream);
        let gone = gone.filter_map(|gone| match &gone.name {
            Name::Consumer(id, found) if found == name => Some(*id),
            _ => None,
        });
        let registered = self.stream(stream).and_then(|stream| stream.consumers.named(name));
        let ids = gone.chain(registered.map(|consumer| consumer.id));
        ids.map(|consumer| (stream, consumer)).collect()
    }
}
