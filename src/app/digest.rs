//! The hash of the whole state, asked for by a button.

use super::once::use_kept;
use super::session::Session;
use super::travelling;
use shardlab::engine::Simulation;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

shardlab::chunk! {
    /// The hash of a whole world, which few ask for.
    static DIGEST(digest): fn(&Simulation) -> u64 = Simulation::digest;
}

/// The hash that was asked for last, and the way to ask.
#[hook]
pub fn use_digest(session: &Rc<RefCell<Session>>) -> (Option<AttrValue>, Callback<()>) {
    let digest = use_kept(|| None::<AttrValue>);
    let on_digest = Callback::from({
        let (session, digest) = (Rc::clone(session), digest.clone());
        move |()| {
            let (session, digest) = (Rc::clone(&session), digest.clone());
            yew::platform::spawn_local(async move {
                let now = match (DIGEST.load().await, travelling::load(&session).await) {
                    (Ok(of), Ok(_)) => format!("{:016x}", of(session.borrow().simulation())),
                    (Err(unloaded), _) => unloaded.to_string(),
                    (_, Err(unfetched)) => unfetched.reason,
                };
                digest.set(Some(now.into()));
            });
        }
    });
    (digest.get(), on_digest)
}
