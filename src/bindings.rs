//! The JavaScript face: a world of its own for scripts, in a page or under Node.
//!
//! It is the raw half. What scripts import is `www/js/shardlab.js`, which checks every argument
//! before it comes here, and turns a bug in here into an error that says so.

mod events;
mod snapshot;

use crate::api::wire::subscription::Events;
use crate::api::wire::{Body, Request, Response, handle};
use crate::chunk::Unloaded;
use crate::console::lab::hang_up_line;
use crate::console::{self, Console, Output};
use crate::engine::client::dataset::{Dataset, DatasetError};
use crate::engine::client::name::ClientName;
use crate::engine::sorted::SortedMap;
use crate::engine::time::Instant;
use crate::journal::Journal;
use events::Recent;
use js_sys::Error;
use serde::Serialize;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A world and the console that changes it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    journal: Journal,
    /// Whether lines are kept for `journal()` and `seek`.
    keeps: Keeps,
    /// The line that has set the beginning, if one has.
    first: Option<Rc<str>>,
    /// Tasks performed when the journal was begun anew.
    begun: u64,
    recent: Recent,
    answer: Answer,
    /// Event streams that somebody reads.
    streams: SortedMap<u32, Events>,
    opened: u32,
}

crate::chunk! {
    /// Who reads data: it is there for lines that replay it.
    static READER(console): fn(&str) -> Result<Dataset, DatasetError> = Dataset::read;
}

/// What is kept of what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keeps {
    /// Every line and request, so that time can go back.
    Everything,
    /// Nothing but the world, however many requests there were.
    Nothing,
}

/// What a line printed, as scripts see it.
#[derive(Serialize)]
struct Printed<'a> {
    stdout: &'a str,
    stderr: &'a str,
    status: u8,
    hint: Option<&'a str>,
}

/// A line of the journal, as scripts see it.
#[derive(Serialize)]
struct Line<'a> {
    at: f64,
    line: &'a str,
}

/// A response, until scripts have asked for its parts.
#[derive(Debug, Default)]
struct Answer {
    status: u16,
    /// `Name: value`, one below the other.
    headers: String,
    body: Vec<u8>,
    events: Option<Events>,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        let mut headers = String::with_capacity(320);
        for (name, value) in &response.headers {
            headers.extend([name, ": ", value, "\n"]);
        }
        let (body, events) = match response.body {
            Body::Bytes(bytes) => (bytes, None),
            Body::Events(events) => (Vec::new(), Some(events)),
        };
        Self { status: response.status, headers, body, events }
    }
}

/// Tasks after which a world that keeps nothing lets go of what the journal kept: its checkpoints
/// would come about as often.
const TASKS_KEPT: u64 = 8_192;
/// How far `settle` goes at most: resharding thousands of shards takes longer than anybody waits.
const SETTLE_MAX: Duration = Duration::from_hours(1);

#[wasm_bindgen]
impl Engine {
    /// A world in which nothing has happened yet. `keeps_lines` is 1 to keep every line.
    #[wasm_bindgen(constructor)]
    pub fn new(keeps_lines: u8) -> Self {
        // A bug becomes an error with words, which the half that scripts see takes from there.
        std::panic::set_hook(Box::new(|info| wasm_bindgen::throw_str(&info.to_string())));
        Self {
            journal: Journal::default(),
            keeps: if keeps_lines == 1 { Keeps::Everything } else { Keeps::Nothing },
            first: None,
            begun: 0,
            recent: Recent::default(),
            answer: Answer::default(),
            streams: SortedMap::default(),
            opened: 0,
        }
    }

    /// Begins the world, of which nothing is kept, as `lab start` with these words does; also where
    /// the console is not loaded. Answers as `enter` does.
    pub fn start(&mut self, words: &str) -> Result<JsValue, JsValue> {
        let mut console = Console::default();
        let words: Vec<String> = words.split_ascii_whitespace().map(str::to_owned).collect();
        let output = console.start(&words);
        self.journal = Journal::new(console);
        self.changed();
        printed(&output)
    }

    /// Hands in data for `lab replay`, as CSV or NDJSON. A lab that keeps lines takes it before the
    /// first of them: data is no line, so its beginning has to have it.
    #[wasm_bindgen(js_name = addData)]
    pub fn add_data(&mut self, name: &str, text: &str) -> Result<(), Error> {
        let words = "the name of data has 1 to 64 letters, digits and signs of _ . -";
        let name = ClientName::new(name).ok_or_else(|| Error::new(words))?;
        let read = READER.get().expect("whoever hands in data has a console");
        let data = read(text).map_err(|error| Error::new(&error.to_string()))?;
        if self.keeps == Keeps::Everything {
            self.begin_with_data().map_err(Error::new)?;
        }
        let simulation = self.journal.simulation_mut();
        simulation.command(|clients, _, _| clients.add_dataset(name, Rc::new(data)));
        if self.keeps == Keeps::Everything {
            self.journal = Journal::new(self.journal.console().clone());
            if let Some(line) = self.first.clone() {
                self.journal.run(&line);
            }
        }
        Ok(())
    }

    /// Enters a line, lets it wait as long as it asks to, and answers
    /// `{ stdout, stderr, status, hint }`.
    pub fn enter(&mut self, line: &str) -> Result<JsValue, JsValue> {
        let output = self.journal.run(line);
        if let [only] = self.journal.entries()
            && only.line.trim_start().starts_with("lab start")
        {
            self.first = Some(only.line.clone());
        }
        self.changed();
        printed(&output)
    }

    /// Sends a request and keeps the response for the questions below; answers its status.
    pub fn request(&mut self, target: &str, media: &str, authorization: &str, body: &[u8]) -> u16 {
        self.answer = if self.keeps == Keeps::Everything {
            // The line of a request does not say whose it is.
            let request = Request { target, content_type: media, authorization: "", body };
            self.journal.enter_request(&request).into()
        } else {
            // What was due by now comes before the request.
            self.journal.advance(self.journal.simulation().now());
            let request = Request { target, content_type: media, authorization, body };
            handle(self.journal.simulation_mut(), &request).into()
        };
        self.changed();
        self.answer.status
    }

    /// The header lines of the last response: `Name: value`, one below the other.
    pub fn headers(&self) -> String {
        self.answer.headers.clone()
    }

    /// The body of the last response, once.
    pub fn body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.answer.body)
    }

    /// The body as text, which JavaScript reads where it is, without a copy of its bytes.
    #[wasm_bindgen(js_name = bodyText)]
    pub fn body_text(&mut self) -> String {
        String::from_utf8(self.body())
            .unwrap_or_else(|other| String::from_utf8_lossy(other.as_bytes()).into_owned())
    }

    /// The number of the event stream that the last response opened, if it did; once.
    #[wasm_bindgen(js_name = openStream)]
    pub fn open_stream(&mut self) -> Option<u32> {
        let events = self.answer.events.take()?;
        self.opened += 1;
        self.streams.insert(self.opened, events);
        Some(self.opened)
    }

    /// The frames of an event stream that are due by now and were not handed out yet; `undefined`
    /// once there will be no more.
    pub fn frames(&mut self, stream: u32) -> Option<Vec<u8>> {
        let events = self.streams.get_mut(&stream)?;
        let frames = events.next_frames(self.journal.simulation_mut());
        if events.is_over() {
            self.streams.remove(&stream);
        }
        Some(frames)
    }

    /// Ends an event stream from the client's side.
    #[wasm_bindgen(js_name = hangUp)]
    pub fn hang_up(&mut self, stream: u32) {
        if let Some(mut events) = self.streams.remove(&stream) {
            let (sim, id) = (self.journal.simulation(), events.subscription());
            let is_open = sim.subscription(id.pipe) == Some(id);
            let line = hang_up_line(sim, id.pipe).filter(|_| is_open);
            if let Some(line) = line.filter(|_| self.keeps == Keeps::Everything) {
                self.journal.run(&line);
            }
            events.hang_up(self.journal.simulation_mut());
            self.changed();
        }
    }

    /// Lets time pass until a date in milliseconds, not before now and not after the year 9999.
    #[wasm_bindgen(js_name = advanceTo)]
    pub fn advance_to(&mut self, millis: f64) {
        let until = instant(millis).max(self.journal.simulation().now());
        self.journal.advance(until);
        self.changed();
    }

    /// When something will happen by itself, in milliseconds; `undefined` if nothing ever will.
    #[wasm_bindgen(js_name = nextDue)]
    pub fn next_due(&self) -> Option<f64> {
        let sim = self.journal.simulation();
        let heartbeats = self.streams.values().filter_map(|events| events.next_heartbeat(sim));
        heartbeats.chain(sim.next_due()).min().map(millis)
    }

    /// Lets time pass until no stream and no consumer is being created, changed or deleted.
    pub fn settle(&mut self) {
        let latest = self.journal.simulation().now() + SETTLE_MAX;
        while snapshot::is_changing(self.journal.simulation()) {
            let due = self.journal.simulation().next_due().filter(|due| *due <= latest);
            let Some(due) = due else { break };
            self.journal.advance(due);
        }
        self.changed();
    }

    /// The simulated date and time, in milliseconds with microseconds as their fraction.
    #[wasm_bindgen(getter)]
    pub fn now(&self) -> f64 {
        millis(self.journal.simulation().now())
    }

    /// The world as it is.
    pub fn snapshot(&self) -> Result<JsValue, JsValue> {
        Ok(serde_wasm_bindgen::to_value(&snapshot::of(self.journal.simulation()))?)
    }

    /// What has happened since the last call: the newest of it, as many as `events` keeps.
    pub fn events(&mut self) -> Result<JsValue, JsValue> {
        let objects = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
        Ok(self.recent.take(self.journal.simulation()).serialize(&objects)?)
    }

    /// The lines so far, with their instants.
    pub fn journal(&self) -> Result<JsValue, JsValue> {
        let entries = self.journal.entries().iter();
        let lines = entries.map(|entry| Line { at: millis(entry.at), line: &entry.line });
        Ok(serde_wasm_bindgen::to_value(&lines.collect::<Vec<_>>())?)
    }

    /// Goes to a date in milliseconds, past or future.
    pub fn seek(&mut self, millis: f64) {
        self.journal.seek(instant(millis));
        self.recent = Recent::default();
        self.changed();
    }

    /// One hash of the whole state: equal for the same lines on every machine.
    pub fn digest(&self) -> String {
        format!("{:016x}", self.journal.simulation().digest())
    }
}

/// Puts the console into the engine, in a build that has it in a file of its own: whoever calls has
/// that file at hand. Says whether it is there.
#[wasm_bindgen(js_name = loadConsole)]
pub fn load_console() -> bool {
    is_loaded(pin!(READER.load())) && is_loaded(pin!(console::load()))
}

/// Asks twice: the first time begins, the second finds that it is done, as nothing takes time in
/// between.
fn is_loaded<T>(mut loading: Pin<&mut dyn Future<Output = Result<T, Unloaded>>>) -> bool {
    let mut context = Context::from_waker(Waker::noop());
    let mut is_here = || matches!(loading.as_mut().poll(&mut context), Poll::Ready(Ok(_)));
    is_here() || is_here()
}

/// What was printed, as an object.
fn printed(output: &Output) -> Result<JsValue, JsValue> {
    let (stdout, stderr) = (&output.stdout, &output.stderr);
    let (status, hint) = (output.status, output.hint.as_deref());
    let printed = Printed { stdout, stderr, status, hint };
    Ok(serde_wasm_bindgen::to_value(&printed)?)
}

impl Engine {
    /// Goes back to before the first line, with the data that there is; an error if anything but
    /// that line has happened.
    fn begin_with_data(&mut self) -> Result<(), &'static str> {
        let lines = usize::from(self.first.is_some());
        let began = self.journal.entries().first().map_or(Instant::DEFAULT_START, |first| first.at);
        if self.journal.entries().len() != lines || self.journal.simulation().now() != began {
            return Err("addData: a lab with a journal takes its data before anything happens");
        }
        let mut fresh = Journal::default();
        for (name, data) in self.journal.simulation().clients().library().iter() {
            let (name, data) = (name.clone(), data.clone());
            fresh.simulation_mut().command(|clients, _, _| clients.add_dataset(name, data));
        }
        self.journal = fresh;
        Ok(())
    }

    /// Takes the events, and lets go of the past if nobody asked for it.
    fn changed(&mut self) {
        self.recent.collect(self.journal.simulation_mut());
        let performed = self.journal.simulation().tasks_performed();
        if self.keeps == Keeps::Nothing && performed.abs_diff(self.begun) >= TASKS_KEPT {
            self.begun = performed;
            self.journal = Journal::new(self.journal.console().clone());
        }
    }
}

/// The instant of a date in milliseconds.
fn instant(millis: f64) -> Instant {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the half that scripts see lets no other date through, and casts saturate"
    )]
    Instant::from_micros((millis * 1_000.0).round() as u64)
}

/// A date in milliseconds, which is how JavaScript tells the time.
#[expect(clippy::cast_precision_loss, reason = "microseconds are exact for 285 years from 1970")]
fn millis(at: Instant) -> f64 {
    at.micros() as f64 / 1_000.0
}

/// A number of records or bytes, which is how JavaScript counts.
#[expect(clippy::cast_precision_loss, reason = "no world holds 2^53 of them")]
fn count(number: u64) -> f64 {
    number as f64
}
