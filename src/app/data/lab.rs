//! What the data lab has open: a file on its way through a survey, or an answer without a file.
//!
//! It outlives the panel: a survey goes on while another panel is seen.

use super::pump::{self, Breath, Wish, pump};
use crate::app::linking::{self, Trouble};
use crate::app::page;
use shardlab::share::WRITERS;
use shardlab::share::link::BadLink;
use shardlab::sizing::{
    Choice, Findings, Form, HEAD_BYTES, Header, HotKey, Progress, Report, Shape, Survey,
    Unreadable, Wishes, advice_in_turns, sniff_as,
};
use std::cell::{Cell, Ref, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use web_sys::File;
use yew::Callback;

/// What is open, shared by all who look at it.
#[derive(Clone, Default)]
pub struct Lab(Rc<Inner>);

#[derive(Default)]
struct Inner {
    state: RefCell<State>,
    /// Rises with every beginning: work on an older one ends.
    turn: Cell<u32>,
    /// Whether the viewer has asked to stop the survey.
    is_stopped: Cell<bool>,
    /// How often files were taken that came from elsewhere on the page.
    taken: Cell<u32>,
    /// Told of every change.
    watcher: RefCell<Option<Callback<()>>>,
}

/// What there is to see.
#[derive(Default)]
pub struct State {
    /// The files that came together, if there are several.
    pub files: Rc<[File]>,
    /// The file, and what its head says.
    pub file: Option<Opened>,
    /// What is made of it.
    pub choice: Option<Choice>,
    /// What the stream shall do.
    pub wishes: Wishes,
    /// How far it is.
    pub stage: Stage,
}

/// A file that was opened.
#[derive(Clone)]
pub struct Opened {
    /// The file.
    pub file: File,
    /// Its first bytes.
    pub head: Rc<[u8]>,
    /// What they say; nothing before they are read, or if they say nothing.
    pub form: Option<Rc<Form>>,
}

/// How far it is.
#[derive(Clone, Default)]
pub enum Stage {
    /// Nothing is open.
    #[default]
    Empty,
    /// Something is being opened.
    Opening,
    /// It cannot be opened.
    Failed(Why),
    /// The survey goes over the file.
    Reading(Progress),
    /// There is an answer.
    Done(Rc<Answer>),
}

/// Why nothing is open.
#[derive(Clone)]
pub enum Why {
    /// The file holds no rows.
    Form(Unreadable),
    /// The browser cannot read it.
    Browser(String),
    /// What was meant to be an answer is none: `None` if the browser cannot unpack it.
    Report(Option<BadLink>),
}

/// The answer.
pub struct Answer {
    /// What can be given away.
    pub report: Rc<Report>,
    /// The hottest keys, more than are given away.
    pub hottest: Vec<HotKey>,
    /// What it is of; nothing if it came without the data.
    pub findings: Option<Rc<Findings>>,
    /// How the reading ended.
    pub end: End,
}

/// How the reading ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// With the file.
    Whole,
    /// The viewer has stopped it.
    Stopped,
    /// The browser could not read on.
    Broken(String),
}

/// Milliseconds between two looks at the progress.
const TOLD_MILLIS: f64 = 100.0;

impl Lab {
    /// What there is to see.
    pub fn state(&self) -> Ref<'_, State> {
        self.0.state.borrow()
    }

    /// Tells somebody of every change, and nobody else.
    pub fn watch(&self, watcher: Option<Callback<()>>) {
        *self.0.watcher.borrow_mut() = watcher;
    }

    /// Opens the first of some files, and keeps the others at hand.
    pub fn open_first(&self, files: Rc<[File]>) {
        let first = files.first().cloned();
        self.0.state.borrow_mut().files = files;
        if let Some(first) = first {
            self.open(first);
        }
    }

    /// Opens a file and surveys it with the columns that are guessed.
    pub fn open(&self, file: File) {
        let (lab, turn) = (self.clone(), self.begin());
        let opened = Opened { file: file.clone(), head: Rc::default(), form: None };
        self.change(|state| (state.file, state.stage) = (Some(opened), Stage::Opening));
        self.go_on(turn, async move {
            match pump::head(&file, HEAD_BYTES).await {
                Err(said) => lab.change(|state| state.stage = Stage::Failed(Why::Browser(said))),
                Ok(head) if linking::report_of_file(&head).is_some() => lab.open_answer(&file),
                Ok(head) => {
                    let opened = Opened { file, head: head.into(), form: None };
                    lab.change(|state| state.file = Some(opened));
                    lab.read_as(None, None);
                }
            }
        });
    }

    /// Opens files that came from elsewhere on the page, once.
    pub fn take_up(&self, (number, files): &(u32, Rc<[File]>)) {
        if self.0.taken.replace(*number) != *number {
            self.open_first(Rc::clone(files));
        }
    }

    /// Reads the file as something else than what was guessed.
    pub fn read_as(&self, shape: Option<Shape>, header: Option<Header>) {
        let Some(opened) = self.state().file.clone() else { return };
        self.begin();
        match sniff_as(&opened.head, shape, header) {
            Err(why) => self.change(|state| {
                state.file = Some(Opened { form: None, ..opened });
                state.stage = Stage::Failed(Why::Form(why));
            }),
            Ok(form) => {
                let choice = Choice::of(&form);
                let opened = Opened { form: Some(Rc::new(form)), ..opened };
                self.change(|state| state.file = Some(opened));
                self.choose(choice);
            }
        }
    }

    /// Surveys the file with other columns.
    pub fn choose(&self, choice: Choice) {
        let Some(Opened { file, form: Some(form), .. }) = self.state().file.clone() else { return };
        let (lab, turn) = (self.clone(), self.begin());
        self.change(|state| {
            (state.choice, state.stage) = (Some(choice), Stage::Reading(Progress::default()));
        });
        // The answer is written with them.
        yew::platform::spawn_local(async { _ = WRITERS.load().await });
        self.go_on(turn, async move {
            let Ok(breath) = Breath::new() else { return };
            breath.rest().await;
            let turns = breath.turns();
            let mut survey = Survey::new(&form, choice);
            let mut told = page::millis();
            let take = async |piece: &[u8]| {
                if lab.0.is_stopped.get() {
                    return Wish::Enough;
                }
                survey.feed_in_turns(piece, &turns).await;
                if page::millis() > told + TOLD_MILLIS {
                    told = page::millis();
                    let progress = survey.progress();
                    lab.change(|state| state.stage = Stage::Reading(progress));
                }
                Wish::More
            };
            let end = match pump(&file, &breath, take).await {
                Err(said) => End::Broken(said),
                Ok(()) if lab.0.is_stopped.get() => End::Stopped,
                Ok(()) => End::Whole,
            };
            let progress = survey.progress();
            lab.change(|state| state.stage = Stage::Reading(progress));
            let findings = Rc::new(survey.finish_in_turns(&turns).await);
            lab.advise(&findings, &form, choice, end, &breath).await;
        });
    }

    /// Ends the survey with what was read.
    pub fn stop(&self) {
        self.0.is_stopped.set(true);
    }

    /// Advises once more, for other wishes.
    pub fn wish(&self, wishes: Wishes) {
        let before = self.state().wishes;
        if before == wishes {
            return;
        }
        self.change(|state| state.wishes = wishes);
        let answer = match &self.state().stage {
            Stage::Done(answer) => Rc::clone(answer),
            _ => return,
        };
        let (choice, form) = {
            let state = self.state();
            (state.choice, state.file.as_ref().and_then(|opened| opened.form.clone()))
        };
        if let (Some(findings), Some(choice), Some(form)) = (&answer.findings, choice, form) {
            let (lab, findings, end) = (self.clone(), Rc::clone(findings), answer.end.clone());
            self.go_on(self.begin(), async move {
                let Ok(breath) = Breath::new() else { return };
                lab.advise(&findings, &form, choice, end, &breath).await;
            });
        }
    }

    /// Shows the answer of a link.
    pub fn open_link(&self, link: String) {
        let (lab, turn) = (self.clone(), self.begin());
        self.change(|state| (state.file, state.stage) = (None, Stage::Opening));
        self.go_on(turn, async move {
            let opened = opened(&link).await;
            lab.change(|state| state.stage = opened);
        });
    }

    /// Shows the answer in a file.
    fn open_answer(&self, file: &File) {
        let (lab, file) = (self.clone(), file.clone());
        yew::platform::spawn_local(async move {
            match pump::head(&file, shardlab::share::link::LENGTH_MAX).await {
                Ok(bytes) => {
                    lab.open_link(linking::report_of_file(&bytes).unwrap_or_default());
                }
                Err(said) => lab.change(|state| state.stage = Stage::Failed(Why::Browser(said))),
            }
        });
    }

    /// Advises by what is wished for when it is done.
    async fn advise(
        &self,
        findings: &Rc<Findings>,
        form: &Form,
        choice: Choice,
        end: End,
        breath: &Breath,
    ) {
        let turns = breath.turns();
        let mut wishes = self.state().wishes;
        let advice = loop {
            let advice = advice_in_turns(findings, &wishes, &turns).await;
            if wishes == self.state().wishes {
                break advice;
            }
            wishes = self.state().wishes;
        };
        let report = Rc::new(Report::of(form, choice, findings, &advice));
        let hottest =
            findings.facts.keys.as_ref().map_or_else(Vec::new, |keys| keys.hottest.clone());
        let findings = Some(Rc::clone(findings));
        let answer = Answer { report, hottest, findings, end };
        breath.rest().await;
        self.change(|state| state.stage = Stage::Done(Rc::new(answer)));
    }

    /// Does some work until something else is begun.
    fn go_on(&self, turn: u32, work: impl Future<Output = ()> + 'static) {
        let (lab, mut work) = (self.clone(), Box::pin(work));
        yew::platform::spawn_local(poll_fn(move |context| {
            if lab.0.turn.get() == turn { work.as_mut().poll(context) } else { Poll::Ready(()) }
        }));
    }

    /// Begins something else.
    fn begin(&self) -> u32 {
        self.0.is_stopped.set(false);
        self.0.turn.set(self.0.turn.get() + 1);
        self.0.turn.get()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.state.borrow_mut());
        let watcher = self.0.watcher.borrow().clone();
        if let Some(watcher) = watcher {
            watcher.emit(());
        }
    }
}

/// What a link shows.
async fn opened(link: &str) -> Stage {
    let read = async || -> Result<Report, Trouble> {
        let packed = Report::frame(link).map_err(Trouble::Bad)?;
        Report::unpack(&linking::unpacked(packed).await?).map_err(Trouble::Bad)
    };
    match read().await {
        Ok(report) => {
            let hottest =
                report.facts.keys.as_ref().map_or_else(Vec::new, |keys| keys.hottest.clone());
            let report = Rc::new(report);
            Stage::Done(Rc::new(Answer { report, hottest, findings: None, end: End::Whole }))
        }
        Err(Trouble::Bad(bad)) => Stage::Failed(Why::Report(Some(bad))),
        Err(Trouble::Unfetched(_)) => Stage::Failed(Why::Report(None)),
    }
}
