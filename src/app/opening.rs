//! How a visit begins: the scenario and its data sets are fetched and handed to the session.

use super::fetch::{self, Unfetched};
use super::page;
use super::scenario::{self, Scenario};
use super::session::{Session, Turn};
use super::speed::Speed;
use gloo_timers::callback::Timeout;
use shardlab::chunk::Unloaded;
use shardlab::console;
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// How far the beginning came.
#[derive(Clone, PartialEq)]
pub struct Opening {
    /// What is known by now.
    pub state: State,
    /// Tries once more after a failure.
    pub on_retry: Callback<()>,
}

/// What is known of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// It is being fetched.
    Loading,
    /// Its lines are in the session's queue.
    Ready(Rc<Scenario>),
    /// A file is missing.
    Failed(Unfetched),
}

impl Opening {
    /// Whether the scenario is still being fetched.
    pub fn is_loading(&self) -> bool {
        self.state == State::Loading
    }

    /// How fast the scenario is worth watching, if it says so.
    pub fn speed(&self) -> Option<Speed> {
        match &self.state {
            State::Ready(scenario) => scenario.speed,
            State::Loading | State::Failed(_) => None,
        }
    }

    /// Lines that are worth trying after those of the scenario.
    pub fn tries(&self) -> Rc<[AttrValue]> {
        match &self.state {
            State::Ready(scenario) => scenario.tries.iter().cloned().map(AttrValue::from).collect(),
            State::Loading | State::Failed(_) => Rc::default(),
        }
    }
}

/// How long a silent server is waited for before the visitor is told.
const PATIENCE_MILLIS: u32 = 20_000;

/// Begins the visit once, and again when asked to after a failure.
#[hook]
pub fn use_opening(session: &Rc<RefCell<Session>>) -> Opening {
    let state = use_state_eq(|| State::Loading);
    let attempt = use_state(|| 0_u32);
    use_effect_with(*attempt, {
        let (session, state) = (Rc::clone(session), state.setter());
        move |_| {
            state.set(State::Loading);
            session.borrow_mut().hold();
            let patience = Timeout::new(PATIENCE_MILLIS, {
                let (session, state) = (Rc::clone(&session), state.clone());
                move || {
                    session.borrow_mut().release();
                    state.set(State::Failed(Unfetched::unanswered()));
                }
            });
            yew::platform::spawn_local(async move {
                let outcome = begin(&session).await;
                drop(patience);
                match outcome {
                    Ok(scenario) => state.set(State::Ready(Rc::new(scenario))),
                    Err(unfetched) => {
                        session.borrow_mut().release();
                        state.set(State::Failed(unfetched));
                    }
                }
            });
        }
    });
    let on_retry = Callback::from(move |()| attempt.set(*attempt + 1));
    Opening { state: (*state).clone(), on_retry }
}

/// Fetches the scenario that the page's address names, then the data that it replays.
async fn begin(session: &RefCell<Session>) -> Result<Scenario, Unfetched> {
    let asked = page::parameter("scenario").filter(|name| scenario::is_file_name(name));
    let name = asked.unwrap_or_else(|| scenario::DEFAULT.to_owned());
    let scenario = Scenario::parse(&fetch::text(&format!("scenarios/{name}.txt")).await?);
    let mut datasets = Vec::new();
    for name in scenario.data_sets().into_iter().filter(|name| scenario::is_file_name(name)) {
        datasets.push(dataset(&name).await?);
    }
    let mut begun = Session::with_data(datasets);
    for line in &scenario.lines {
        begun.queue(line, Turn::After);
    }
    if scenario.lines.iter().any(|line| !begun.console().can_enter(line)) {
        let unfetched =
            |why: Unloaded| Unfetched { file: "*.wasm".into(), reason: why.to_string() };
        console::load().await.map_err(unfetched)?;
    }
    session.borrow_mut().take_over(begun);
    Ok(scenario)
}

/// Fetches and reads a data set.
async fn dataset(name: &str) -> Result<(ClientName, Rc<Dataset>), Unfetched> {
    let file = format!("data/{name}.csv");
    let text = fetch::text(&file).await?;
    match (ClientName::new(name), Dataset::read_csv(&text)) {
        (Some(name), Ok(data)) => Ok((name, Rc::new(data))),
        (None, _) => Err(Unfetched { file, reason: "not a name".into() }),
        (_, Err(error)) => Err(Unfetched { file, reason: error.to_string() }),
    }
}
