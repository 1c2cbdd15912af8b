//! What was asked of the service, for `lab cloudtrail`: control calls, the latest of them.
//!
//! Like the events, the trail follows from the lines but is no part of what they make: nothing is
//! decided by it, and it is not in the digest, so that a call that was refused changes no digest.

use super::service::users::UserName;
use super::time::Instant;
use std::collections::VecDeque;
use std::rc::Rc;

/// Calls that are kept; an older one makes room for each new one.
pub const TRAIL_CALLS: usize = 500;

/// A control call that was answered or refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TrailCall {
    /// When.
    pub at: Instant,
    /// What: `CreateStream`.
    pub operation: &'static str,
    /// Who; `None` for the account's root.
    pub user: Option<UserName>,
    /// The stream or consumer that it named, as it was named, if it named any.
    pub resource: Option<Rc<str>>,
    /// The exception that it was refused with.
    pub error: Option<&'static str>,
}

/// The latest control calls, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Trail(VecDeque<TrailCall>);

impl Trail {
    /// Adds a call.
    pub fn push(&mut self, call: TrailCall) {
        if self.0.len() >= TRAIL_CALLS {
            self.0.pop_front();
        }
        self.0.push_back(call);
    }

    /// The calls, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &TrailCall> + ExactSizeIterator {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_calls_make_room() {
        let mut trail = Trail::default();
        for second in 0..TRAIL_CALLS as u64 + 3 {
            let at = Instant::from_secs(second);
            let (operation, user, resource, error) = ("ListStreams", None, None, None);
            trail.push(TrailCall { at, operation, user, resource, error });
        }
        assert_eq!(trail.iter().len(), TRAIL_CALLS);
        assert_eq!(trail.iter().next().map(|call| call.at.secs()), Some(3));
    }
}
