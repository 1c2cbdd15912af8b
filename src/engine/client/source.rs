//! Where a producer's records come from, one after the other.

use super::flow::Flow;
use super::keys::{DrawnKey, KeyDraw};
use super::origin::Origin;
use super::producer::ProducerSpec;
use super::rate::Rate;
use super::record_size::RecordSize;
use crate::engine::rng::Rng;
use crate::engine::service::Service;
use crate::engine::time::Instant;

/// Where a producer's records come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Source {
    /// Records that are made up.
    Synthetic { flow: Flow, keys: KeyDraw, size: RecordSize },
}

impl Source {
    /// Synthetic records as they were asked for; the service learns their keys.
    pub fn synthetic(now: Instant, spec: &ProducerSpec, service: &mut Service) -> Self {
        let flow = Flow::starting_at(now, spec.arrivals);
        Self::Synthetic { flow, keys: KeyDraw::of(&spec.keys, service), size: spec.record_size }
    }

    /// The records begin to come, or come again after a pause.
    pub fn start(&mut self, now: Instant) {
        match self {
            Self::Synthetic { flow, .. } => flow.restart(now),
        }
    }

    /// When the next record comes; `None` if none ever will.
    #[inline]
    pub fn next_arrival(&mut self, luck: &mut Rng) -> Option<Instant> {
        match self {
            Self::Synthetic { flow, .. } => flow.next_arrival(luck),
        }
    }

    /// The key of the next record, and the bytes of its data and key together.
    #[inline]
    pub fn next_record(&mut self, luck: &mut Rng, salt: u64, number: u32) -> (DrawnKey, u32) {
        match self {
            Self::Synthetic { keys, size, .. } => {
                let key = keys.draw(luck, salt, number);
                (key, size.of(salt, number) + key.bytes)
            }
        }
    }

    /// What the records are made from.
    pub fn origin(&self) -> Origin {
        match self {
            Self::Synthetic { size, .. } => Origin::Synthetic(*size),
        }
    }

    /// The rate at a moment.
    pub fn rate(&self, at: Instant) -> Rate {
        match self {
            Self::Synthetic { flow, .. } => flow.rate(at),
        }
    }
}
