//! What the console does with the session: enters lines, stops them, and asks for candidates.

use super::console::completion::Completion;
use super::console::edit::Field;
use super::console::log::{Change, Log};
use super::dropping::{BYTES_MAX, Dropped, use_dropping};
use super::handing::Handed;
use super::keeping::Keeper;
use super::once::use_once;
use super::page;
use super::session::{Answer, Lack, Session, Turn};
use super::travelling;
use crate::text::Language;
use shardlab::console::{Output, complete};
use shardlab::journal;
use shardlab::scene::words::grouped;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use web_sys::File;
use yew::prelude::*;

/// The log, and the ways to it.
pub struct Entering {
    /// Lines and answers.
    pub log: Rc<Log>,
    /// Takes what a line printed.
    pub on_answer: Callback<Answer>,
    /// Loads what the session waits for.
    pub on_lack: Callback<Lack>,
    /// Enters commands.
    pub on_enter: Callback<Vec<String>>,
    /// Asks what the word at the cursor could become.
    pub on_complete: Callback<Field, Completion>,
    /// Empties the log.
    pub on_clear: Callback<()>,
    /// Stops what is in progress.
    pub on_interrupt: Callback<()>,
}

/// Milliseconds after a key within which lines are answered at once; the others get their turn
/// with the frames.
const ANSWER_MILLIS: f64 = 4.0;
/// How long after a failure to load something is tried again.
const PATIENCE: Duration = Duration::from_secs(5);

/// Joins a console to a session, which stays the same one for ever.
#[hook]
pub fn use_entering(
    session: &Rc<RefCell<Session>>,
    language: Language,
    on_file: &Callback<Rc<[u8]>, bool>,
    on_data: &Callback<Handed>,
) -> Entering {
    let log = use_reducer(Log::default);
    let on_change = use_once(|| {
        let dispatch = log.dispatcher();
        let (session, keeper) = (Rc::clone(session), RefCell::new(Keeper::default()));
        Callback::from(move |change: Change| {
            keeper.borrow_mut().follow(&session.borrow());
            dispatch.dispatch(change);
        })
    });
    let on_change = (*on_change).clone();
    let spoken = use_once(|| RefCell::new(language));
    *spoken.borrow_mut() = language;
    let on_lack = use_lack(session, &on_change, &spoken);
    let on_dropped = Callback::from({
        let (session, on_change) = (Rc::clone(session), on_change.clone());
        let (spoken, on_data) = (Rc::clone(&spoken), on_data.clone());
        move |dropped| {
            let dropped = match dropped {
                Dropped::Data(files) => return on_data.emit(Handed::Open(files.into())),
                other => other,
            };
            if let Dropped::TooLarge(files) = &dropped {
                on_data.emit(Handed::Offer(files.as_slice().into()));
            }
            let note = take(&mut session.borrow_mut(), dropped, *spoken.borrow());
            on_change.emit(note);
        }
    });
    use_dropping(on_file, &on_dropped);
    let ways = use_once(|| {
        let (session, on_change) = (Rc::clone(session), on_change.clone());
        Ways::of(&session, &on_change)
    });
    Entering {
        log: Rc::new((*log).clone()),
        on_answer: on_change.reform(Change::Add),
        on_lack,
        on_enter: ways.enter.clone(),
        on_complete: ways.complete.clone(),
        on_clear: ways.clear.clone(),
        on_interrupt: ways.interrupt.clone(),
    }
}

/// The ways to the session, which stay the same for ever.
struct Ways {
    enter: Callback<Vec<String>>,
    complete: Callback<Field, Completion>,
    clear: Callback<()>,
    interrupt: Callback<()>,
}

impl Ways {
    fn of(session: &Rc<RefCell<Session>>, on_change: &Callback<Change>) -> Self {
        let session = || Rc::clone(session);
        let (asked, entered, stopped) = (session(), session(), session());
        let (on_change, clear) = (on_change.clone(), on_change.reform(|()| Change::Clear));
        Self {
            enter: Callback::from(move |commands: Vec<String>| {
                let answers = enter(&mut entered.borrow_mut(), &commands);
                for answer in answers {
                    on_change.emit(Change::Add(answer));
                }
            }),
            complete: Callback::from(move |field: Field| candidates(&asked.borrow(), &field)),
            clear,
            interrupt: Callback::from(move |()| stopped.borrow_mut().stop()),
        }
    }
}

/// Loads what the session waits for: until it is there, or no longer needed.
#[hook]
fn use_lack(
    session: &Rc<RefCell<Session>>,
    on_change: &Callback<Change>,
    language: &Rc<RefCell<Language>>,
) -> Callback<Lack> {
    let is_loading = use_once(|| Cell::new(false));
    let (session, on_change) = (Rc::clone(session), on_change.clone());
    let language = Rc::clone(language);
    Callback::from(move |lack| {
        if is_loading.replace(true) {
            return;
        }
        let (is_loading, session) = (Rc::clone(&is_loading), Rc::clone(&session));
        let (on_change, language) = (on_change.clone(), Rc::clone(&language));
        yew::platform::spawn_local(async move {
            let (mut is_told, mut lacks) = (false, Some(lack));
            while let Some(lack) = lacks {
                let is_loaded = match lack {
                    Lack::Console => journal::load().await.is_ok(),
                    Lack::Rows => travelling::load(&session).await.is_ok(),
                };
                if !is_loaded && !is_told {
                    is_told = true;
                    let unloaded = language.borrow().text().console.unloaded;
                    let change = note(&session.borrow(), unloaded.to_owned());
                    on_change.emit(change);
                }
                if !is_loaded {
                    yew::platform::time::sleep(PATIENCE).await;
                }
                lacks = session.borrow().lack();
            }
            is_loading.set(false);
        });
    })
}

/// What the word at the cursor could become.
fn candidates(session: &Session, field: &Field) -> Completion {
    // A command that goes on in the next line is one line to whoever completes it.
    let line = field.text.replace("\\\n", "  ");
    let found = complete(session.console(), &line, field.cursor());
    let candidates = found.words.into_iter().map(AttrValue::from).collect();
    Completion { replaced: found.start..field.cursor(), candidates }
}

/// Takes a file that was dropped, and says so: a hint without a line.
fn take(session: &mut Session, dropped: Dropped, language: Language) -> Change {
    let text = &language.text().console;
    let hint = match dropped {
        Dropped::Read(name, bytes) => (text.file)(&session.add_file(&name, bytes)),
        Dropped::TooLarge(files) | Dropped::Data(files) => {
            let names: Vec<String> = files.iter().map(File::name).collect();
            (text.file_too_large)(&names.join(", "), &grouped(u64::from(BYTES_MAX >> 20)))
        }
        Dropped::Unreadable(name) => (text.file_unreadable)(&name),
    };
    note(session, hint)
}

/// A hint without a line.
fn note(session: &Session, hint: String) -> Change {
    let output = Rc::new(Output::default().with_hint(hint));
    Change::Add(Answer {
        at: session.now(),
        line: Rc::from(""),
        output,
        branched: None,
        script: None,
        refusal: None,
    })
}

/// Queues commands and answers those whose turn it is, so that a line's echo waits for no frame.
fn enter(session: &mut Session, commands: &[String]) -> Vec<Answer> {
    for (place, command) in commands.iter().enumerate() {
        session.queue(command, if place == 0 { Turn::Now } else { Turn::After });
    }
    let (deadline, mut answers) = (page::millis() + ANSWER_MILLIS, Vec::new());
    let has_time = || page::millis() < deadline;
    session.work(Duration::ZERO, has_time, |answer| answers.push(answer));
    answers
}
