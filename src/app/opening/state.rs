//! What is known of how a visit begins.

use crate::app::fetch::Unfetched;
use crate::app::linking::Trouble;
use crate::app::scenario::Scenario;
use crate::app::speed::Speed;
use crate::app::store::Motion;
use shardlab::share::link::{BadLink, Named};
use std::rc::Rc;
use yew::AttrValue;

/// What is known of how the visit begins.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// It is being fetched.
    Loading,
    /// The scenario's lines are in the session's queue.
    Ready(Rc<Scenario>),
    /// A run made elsewhere is in the session.
    Opened(Opened),
    /// It lacks files that only the visitor has.
    Lacks(Rc<[Named]>),
    /// The link says nothing that can be opened.
    Bad(BadLink),
    /// A file is missing.
    Failed(Unfetched),
}

impl State {
    /// Why nothing could be begun.
    pub fn of_trouble(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Bad(bad) => Self::Bad(bad),
            Trouble::Unfetched(unfetched) => Self::Failed(unfetched),
        }
    }
}

/// A run that was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Where it came from.
    pub source: Source,
    /// The version that made it and its rules, if those are not this one's.
    pub made_by: Option<([u64; 3], u64)>,
    /// How many lines it came with.
    pub lines: usize,
    /// Whether its time passed.
    pub clock: Motion,
    /// How fast.
    pub speed: Speed,
}

/// Where a visit begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// With the last visit, if it goes on; else where the page's address says.
    Page,
    /// With the last visit.
    LastVisit,
    /// With the scenario.
    Scenario,
    /// With the link in the page's address.
    Link,
    /// With the link in a file.
    File(AttrValue),
}
