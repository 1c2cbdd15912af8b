//! How a visit begins: with the run of a link or of the last visit, else with a scenario. What it
//! needs is fetched and handed to the session.

use super::autosave;
use super::fetch::{self, Unfetched};
use super::linking::{self, LINKS, Trouble};
use super::once::{use_change, use_kept, use_once};
use super::page;
use super::scenario::{self, Scenario};
use super::session::travel;
use super::session::{Data, Session, Turn};
use super::speed::Speed;
use super::store::Motion;
use gloo_timers::callback::Timeout;
use shardlab::chunk::Unloaded;
use shardlab::console::Console;
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use shardlab::journal;
use shardlab::share::link::{BadLink, Clock, MADE_BY, Named, RULES, Run};
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;
use yew::prelude::*;

/// How far the beginning came.
#[derive(Clone, PartialEq)]
pub struct Opening {
    /// What is known by now.
    pub state: State,
    /// How often something else was begun than the first time.
    attempt: u32,
    /// The speed that the address asks for.
    asked: Option<Speed>,
    /// Tries once more, or begins the same once more.
    pub on_retry: Callback<()>,
    /// Begins with what the address says, whatever was saved; if that is what cannot be opened,
    /// with the scenario.
    pub on_afresh: Callback<()>,
    /// Takes a file if it is a run, or one that a run lacks; says whether it was.
    pub on_file: Callback<Rc<[u8]>, bool>,
}

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

/// A run that was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Where it came from.
    pub source: Source,
    /// The version that made it and its rules, if those are not this one's.
    pub made_by: Option<([u64; 3], u64)>,
    /// How many lines it came with.
    pub lines: usize,
    clock: Motion,
    speed: Speed,
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

impl Opening {
    /// Whether something is still being fetched.
    pub fn is_loading(&self) -> bool {
        self.state == State::Loading
    }

    /// Which other world took the place of one that somebody saw, if one did.
    pub fn other_world(&self) -> Option<u32> {
        let is_there = matches!(self.state, State::Ready(_) | State::Opened(_));
        (is_there && self.attempt > 0).then_some(self.attempt)
    }

    /// How fast time is worth watching, if somebody says so.
    pub fn speed(&self) -> Option<Speed> {
        match &self.state {
            State::Opened(opened) if self.asked.is_none() || opened.source == Source::LastVisit => {
                Some(opened.speed)
            }
            State::Ready(_) | State::Opened(_) if self.asked.is_some() => self.asked,
            State::Ready(scenario) => scenario.speed,
            _ => None,
        }
    }

    /// Whether time stands still at first.
    pub fn clock(&self) -> Motion {
        match &self.state {
            State::Opened(opened) => opened.clock,
            _ => Motion::Playing,
        }
    }

    /// Lines that are worth trying after those of the scenario.
    pub fn tries(&self) -> Rc<[AttrValue]> {
        match &self.state {
            State::Ready(scenario) => scenario.tries.iter().cloned().map(AttrValue::from).collect(),
            _ => Rc::default(),
        }
    }
}

/// How long a silent server is waited for before the visitor is told.
const PATIENCE_MILLIS: u32 = 20_000;

/// Files that visitors gave because a run lacks them.
pub type Given = RefCell<Vec<(String, Rc<[u8]>)>>;

/// Begins the visit once, and again when asked to.
#[hook]
pub fn use_opening(session: &Rc<RefCell<Session>>) -> Opening {
    let states = use_kept(|| State::Loading);
    let state = states.get();
    let attempts = use_kept(|| (0_u32, Source::Page));
    let attempt = attempts.get();
    let given = use_once(Given::default);
    let turn = use_once(|| Cell::new(0));
    use_change([attempt.0.into(), 0], {
        let source = attempt.1.clone();
        let (session, given) = (Rc::clone(session), Rc::clone(&given));
        let is_begun = matches!(state, State::Ready(_) | State::Opened(_));
        let state = states.clone();
        Box::new(move || {
            state.set(State::Loading);
            if is_begun {
                session.borrow_mut().interrupt();
            }
            session.borrow_mut().hold();
            let patience = Timeout::new(PATIENCE_MILLIS, {
                let (session, state) = (Rc::clone(&session), state.clone());
                move || {
                    session.borrow_mut().release();
                    state.set(State::Failed(Unfetched::unanswered()));
                }
            });
            let mut work = Box::pin(async move {
                let outcome = begin(Rc::clone(&session), source, given).await;
                drop(patience);
                if !matches!(outcome, State::Ready(_) | State::Opened(_)) {
                    session.borrow_mut().release();
                }
                state.set(outcome);
            });
            turn.set(attempt.0);
            // What was begun before would take the place of this when it is there.
            yew::platform::spawn_local(poll_fn(move |context| {
                if turn.get() == attempt.0 { work.as_mut().poll(context) } else { Poll::Ready(()) }
            }));
        })
    });
    let begin_with = {
        let next = attempt.0 + 1;
        move |source: Source| attempts.set((next, source))
    };
    let (again, last) = (begin_with.clone(), attempt.1.clone());
    let on_file = use_on_file(&state, &given, begin_with.clone(), last.clone());
    let on_retry = Callback::from(move |()| again(last.clone()));
    let goes_on = attempt.1 == Source::Page && matches!(state, State::Opened(_));
    let on_afresh = Callback::from(move |()| {
        autosave::forget();
        let is_link = goes_on && linking::of_page().is_some();
        begin_with(if is_link { Source::Link } else { Source::Scenario });
    });
    let asked = *use_once(asked_speed);
    Opening { state, attempt: attempt.0, asked, on_retry, on_afresh, on_file }
}

fn asked_speed() -> Option<Speed> {
    let asked = page::parameter("speed").and_then(|speed| speed.parse().ok());
    let asked = asked.filter(|speed| (1..=1_000_000).contains(speed));
    asked.map(|speed| Speed::new(speed, 1))
}

/// Takes files for as long as the page is there, by what is known when they come.
#[hook]
fn use_on_file(
    state: &State,
    given: &Rc<Given>,
    begin_with: impl Fn(Source) + 'static,
    last: Source,
) -> Callback<Rc<[u8]>, bool> {
    let taker = use_once(|| RefCell::new(None::<Callback<Rc<[u8]>, bool>>));
    let (state, given) = (state.clone(), Rc::clone(given));
    *taker.borrow_mut() = Some(Callback::from(move |bytes: Rc<[u8]>| {
        if let Some(link) = linking::of_file(&bytes) {
            begin_with(Source::File(link.into()));
            return true;
        }
        let State::Lacks(files) = &state else { return false };
        let is_lacking = files.iter().any(|file| file.is(&bytes));
        if is_lacking {
            given.borrow_mut().push((String::new(), bytes));
            begin_with(last.clone());
        }
        is_lacking
    }));
    let on_file = use_once(|| {
        Callback::from(move |bytes| {
            let take = taker.borrow().clone();
            take.is_some_and(|take| take.emit(bytes))
        })
    });
    (*on_file).clone()
}

async fn begin(session: Rc<RefCell<Session>>, source: Source, given: Rc<Given>) -> State {
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

/// Fetches the scenario that the page's address names, then the data that it replays.
async fn begin_scenario(session: &RefCell<Session>) -> Result<State, Trouble> {
    let asked = page::parameter("scenario").filter(|name| scenario::is_file_name(name));
    let name = asked.unwrap_or_else(|| scenario::DEFAULT.to_owned());
    let text = fetch::text(&format!("scenarios/{name}.txt")).await.map_err(Trouble::Unfetched)?;
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
        (None, _) => Err(Unfetched { file, reason: "not a name".into() }),
        (_, Err(error)) => Err(Unfetched { file, reason: error.to_string() }),
    }
}
