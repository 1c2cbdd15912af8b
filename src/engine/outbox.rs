//! Pushes that somebody outside of the world collects: what the person's subscriptions receive.
//!
//! Like events they are no part of the state: whoever only replays a run never collects them.

use super::service::fan_out::{PipeId, Push};
use super::time::Instant;
use std::collections::VecDeque;

/// The most subscriptions that are followed at once; one more drops the oldest.
///
/// What is kept of one is bounded by its life: in five minutes, 20 milliseconds apart, there are
/// 15,000 pushes, which name their records and do not hold them.
pub const FOLLOWED_MAX: usize = 1_000;

/// One subscription: a pipe has one at a time, and each ends at another moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubscriptionId {
    /// Whose records it gets.
    pub pipe: PipeId,
    /// When its five minutes are over.
    pub expires: Instant,
}

/// The subscriptions that are followed, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Outbox(VecDeque<Followed>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Followed {
    id: SubscriptionId,
    pushes: Vec<Push>,
    has_ended: bool,
}

impl Outbox {
    /// Begins to keep what a subscription is pushed, until it is taken.
    pub fn follow(&mut self, id: SubscriptionId) {
        if self.0.iter().any(|followed| followed.id == id) {
            return;
        }
        if self.0.len() >= FOLLOWED_MAX {
            self.0.pop_front();
        }
        self.0.push_back(Followed { id, pushes: Vec::new(), has_ended: false });
    }

    /// Drops what was kept of a subscription, and keeps no more.
    pub fn forget(&mut self, id: SubscriptionId) {
        self.0.retain(|followed| followed.id != id);
    }

    /// Keeps a push if its subscription is followed.
    pub fn receive(&mut self, push: Push) {
        let pipe = PipeId { stream: push.stream, shard: push.shard, consumer: push.consumer };
        let mut open = self.0.iter_mut().filter(|followed| !followed.has_ended);
        if let Some(followed) = open.find(|followed| followed.id.pipe == pipe) {
            followed.has_ended = push.ending.is_some();
            followed.pushes.push(push);
        }
    }

    /// Takes what a subscription was pushed since the last time; `None` if it is not followed. With
    /// the push that ends it, it is followed no longer.
    pub fn take(&mut self, id: SubscriptionId) -> Option<Vec<Push>> {
        let followed = self.0.iter_mut().find(|followed| followed.id == id)?;
        let pushes = std::mem::take(&mut followed.pushes);
        if followed.has_ended {
            self.forget(id);
        }
        Some(pushes)
    }
}
