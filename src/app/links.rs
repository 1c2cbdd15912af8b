//! What reads and writes the links of runs. It is a chunk: a page without a link needs it only when
//! there is something to keep.

use super::opening::run::{Open, open};
use super::session::Session;
use super::speed::Speed;
use shardlab::share::link::{Clock, Codec, Packed};

/// What reads and writes links.
pub struct Links {
    /// The run as a link at once, longer than it could be.
    pub plain: fn(&Session, Clock, Speed) -> String,
    /// Opens the run of a link.
    pub open: Open,
}

shardlab::chunk! {
    /// Fetched soon after the page has begun, or when it begins with a link.
    pub static LINKS(links): Links = Links { plain, open };
}

fn plain(session: &Session, clock: Clock, speed: Speed) -> String {
    let bytes = session.as_run(clock, speed).pack();
    Packed { codec: Codec::Plain, bytes }.write()
}
