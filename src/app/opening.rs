//! How a visit begins: with the run of a link or of the last visit, else with a scenario; what is
//! known of it by now, and how it is begun anew.

pub mod begin;
pub mod handover;
pub mod run;
pub mod state;

use super::fetch::Unfetched;
use super::linking;
use super::once::{use_change, use_kept, use_once};
use super::page;
use super::saved;
use super::session::Session;
use super::speed::Speed;
use super::store::Motion;
use begin::begin;
use gloo_timers::callback::Timeout;
use run::Given;
use state::{Source, State};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
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
        saved::forget();
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
