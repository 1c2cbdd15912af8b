//! Begins a visit with a run that was made elsewhere, or before.

use super::handover::{load, take_over};
use super::state::{Opened, Source, State};
use crate::app::datasets::{Extent, datasets};
use crate::app::linking::{self, Trouble};
use crate::app::page;
use crate::app::session::{Session, travel};
use crate::app::speed::Speed;
use crate::app::store::Motion;
use shardlab::share::link::{BadLink, Clock, MADE_BY, Named, RULES, Run};
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// Files that visitors gave because a run lacks them.
pub type Given = RefCell<Vec<(String, Rc<[u8]>)>>;

/// What opens the run of a link, with the data sets that it names.
pub type Open = fn(Rc<RefCell<Session>>, String, Source, Rc<Given>) -> Opens;

type Opens = Pin<Box<dyn Future<Output = Result<State, Trouble>>>>;

/// Opens the run of a link.
pub fn open(
    session: Rc<RefCell<Session>>,
    link: String,
    source: Source,
    given: Rc<Given>,
) -> Opens {
    Box::pin(async move { open_run(&session, &link, source, &given).await })
}

async fn open_run(
    session: &RefCell<Session>,
    link: &str,
    source: Source,
    given: &Given,
) -> Result<State, Trouble> {
    let run: Run = linking::opened(link).await?;
    let lacking: Vec<Named> = run.missing(&given.borrow()).into_iter().cloned().collect();
    if !lacking.is_empty() {
        return Ok(State::Lacks(lacking.into()));
    }
    let datasets = datasets(&run.data, Extent::Whole).await.map_err(Trouble::Unfetched)?;
    load(run.entries.iter().map(|entry| &*entry.line), &run.world()).await?;
    travel::load().await.map_err(Trouble::of_chunk)?;
    let begun = Session::of_run(&run, datasets, &given.borrow());
    let begun = begun.map_err(|_| Trouble::Bad(BadLink::Senseless))?;
    // Where a run that goes on was is where it goes on.
    let after = page::instant().filter(|_| source != Source::LastVisit);
    take_over(session, begun, after);
    let made_by = Some((run.made_by, run.rules)).filter(|made_by| *made_by != (MADE_BY, RULES));
    let clock = match run.clock {
        Clock::Playing => Motion::Playing,
        Clock::Paused => Motion::Paused,
    };
    let speed = Speed::new(run.speed.0, run.speed.1);
    let lines = run.entries.len();
    Ok(State::Opened(Opened { source, made_by, lines, clock, speed }))
}
