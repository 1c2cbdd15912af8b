//! The work that begins a visit: what a scenario or a run needs is fetched and handed to the
//! session.

use super::{Opened, Source, State};
use crate::app::autosave;
use crate::app::fetch::{self, Unfetched};
use crate::app::linking::{self, LINKS, Trouble};
use crate::app::page;
use crate::app::scenario::{self, Scenario};
use crate::app::session::travel;
use crate::app::session::{Data, Session, Turn};
use crate::app::speed::Speed;
use crate::app::store::Motion;
use shardlab::chunk::Unloaded;
use shardlab::console::Console;
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use shardlab::journal;
use shardlab::share::link::{BadLink, Clock, MADE_BY, Named, RULES, Run};
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

/// Files that visitors gave because a run lacks them.
pub type Given = RefCell<Vec<(String, Rc<[u8]>)>>;

/// Begins with what a source says, or says why it cannot.
pub async fn begin(session: Rc<RefCell<Session>>, source: Source, given: Rc<Given>) -> State {
    let (link, source) = match source {
        Source::Page => match (autosave::saved(), linking::of_page()) {
            (None, Some(link)) => (Some(link), Source::Link),
            (saved, _) => (saved, Source::LastVisit),
        },
        Source::LastVisit => (autosave::saved(), source),
        Source::Link => (linking::of_page(), source),
        Source::File(ref link) => (Some(link.to_string()), source),
        Source::Scenario => (None, source),
    };
    let is_saved = source == Source::LastVisit;
    let outcome = match link {
        Some(link) => open(&session, link, source, &given).await,
        None => begin_scenario(&session).await,
    };
    match outcome {
        Ok(state) => state,
        // Nobody can mend what a browser has kept wrongly.
        Err(Trouble::Bad(_)) if is_saved => {
            autosave::forget();
            let outcome = match linking::of_page() {
                Some(link) => open(&session, link, Source::Link, &given).await,
                None => begin_scenario(&session).await,
            };
            outcome.unwrap_or_else(State::of_trouble)
        }
        Err(trouble) => State::of_trouble(trouble),
    }
}

impl Trouble {
    fn of_chunk(why: Unloaded) -> Self {
        Self::Unfetched(Unfetched::of_chunk(why))
    }
}

impl State {
    fn of_trouble(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Bad(bad) => Self::Bad(bad),
            Trouble::Unfetched(unfetched) => Self::Failed(unfetched),
        }
    }
}

/// Opens the run of a link, once what reads links is here.
async fn open(
    session: &Rc<RefCell<Session>>,
    link: String,
    source: Source,
    given: &Rc<Given>,
) -> Result<State, Trouble> {
    let links = LINKS.load().await.map_err(Trouble::of_chunk)?;
    (links.open)(Rc::clone(session), link, source, Rc::clone(given)).await
}

/// What opens the run of a link, with the data sets that it names.
pub type Open = fn(Rc<RefCell<Session>>, String, Source, Rc<Given>) -> Opens;

type Opens = Pin<Box<dyn Future<Output = Result<State, Trouble>>>>;

/// Opens the run of a link.
pub fn open_link(
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

/// Fetches the scenario that the page's address names, or the first one if there is none of that
/// name, then the data that it replays.
async fn begin_scenario(session: &RefCell<Session>) -> Result<State, Trouble> {
    let asked = page::parameter("scenario").filter(|name| scenario::is_file_name(name));
    let mut name = asked.unwrap_or_else(|| scenario::DEFAULT.to_owned());
    let text = loop {
        match fetch::text(&format!("scenarios/{name}.txt")).await {
            // That there is none of that name is told by `address.js`.
            Err(unfetched) if unfetched.is_absent() && name != scenario::DEFAULT => {
                scenario::DEFAULT.clone_into(&mut name);
            }
            fetched => break fetched.map_err(Trouble::Unfetched)?,
        }
    };
    let scenario = Scenario::parse(&text);
    let (after, names) = (page::instant(), scenario.data_sets());
    // The first view of the page: what it replays comes in two parts.
    let is_first = name == scenario::DEFAULT && after.is_none();
    let extent = if is_first { Extent::Head } else { Extent::Whole };
    let datasets = datasets(&names, extent).await.map_err(Trouble::Unfetched)?;
    let mut begun = match extent {
        Extent::Head => Session::with_heads(datasets),
        Extent::Whole => Session::with_data(datasets),
    };
    for line in &scenario.lines {
        begun.queue(line, Turn::After);
    }
    load(scenario.lines.iter().map(String::as_str), begun.console()).await?;
    if after.is_some() {
        travel::load().await.map_err(Trouble::of_chunk)?;
    }
    take_over(session, begun, after);
    Ok(State::Ready(Rc::new(scenario)))
}

/// Loads the rest of the console, if lines need it.
async fn load<'a>(
    mut lines: impl Iterator<Item = &'a str>,
    console: &Console,
) -> Result<(), Trouble> {
    if lines.all(|line| console.can_enter(line)) {
        return Ok(());
    }
    journal::load().await.map_err(Trouble::of_chunk)
}

/// The session becomes another one, at an instant after its beginning if one is asked for.
fn take_over(session: &RefCell<Session>, mut begun: Session, after: Option<Duration>) {
    if let Some(after) = after {
        begun.go_to(after);
    }
    session.borrow_mut().take_over(begun);
}

/// How much of a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first rows, which the build has cut off.
    Head,
    /// All of it.
    Whole,
}

/// Fetches and reads data sets.
pub async fn datasets(names: &[String], extent: Extent) -> Result<Vec<Data>, Unfetched> {
    let mut datasets = Vec::new();
    for name in names.iter().filter(|name| scenario::is_file_name(name)) {
        datasets.push(dataset(name, extent).await?);
    }
    Ok(datasets)
}

/// Fetches and reads a data set.
async fn dataset(name: &str, extent: Extent) -> Result<Data, Unfetched> {
    let file = match extent {
        Extent::Head => format!("data/{name}.head.csv"),
        Extent::Whole => format!("data/{name}.csv"),
    };
    let text = fetch::text(&file).await?;
    match (ClientName::new(name), Dataset::read_csv(&text)) {
        (Some(name), Ok(data)) => Ok((name, Rc::new(data))),
        (None, _) => Err(Unfetched::new(&file, "not a name".to_owned())),
        (_, Err(error)) => Err(Unfetched::new(&file, error.to_string())),
    }
}
