//! The machine that goes through a program, stops where it sleeps, and goes on later: how far it
//! has come.

mod execute;

use super::program::{Destination, Input, Program, Sink};
use crate::console::aws::Pending;
use crate::console::output::{Output, Stream};
use crate::console::variables::Variables;
use std::rc::Rc;
use std::time::Duration;

/// A program, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Machine {
    program: Program,
    at: u32,
    /// How its last command ended.
    pub status: u8,
    /// How the last `$( )` ended.
    captured_status: u8,
    results: Vec<Rc<[u8]>>,
    loops: Vec<Loop>,
    levels: Vec<Level>,
    /// The command that goes on when the time has come, and where it prints.
    pending: Option<(Box<Pending>, Sinks)>,
    /// Bytes that it has printed, anywhere.
    printed: u64,
    /// Commands since it last slept.
    restless: u32,
}

/// Where a command's answer and its complaints go.
type Sinks = (Sink, Sink);

/// A loop that is gone through.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Loop {
    values: Rc<[String]>,
    next: u32,
    /// How many shells within the shell were there when it began.
    levels: u32,
}

/// A shell within the shell: a part of a pipe, or `$( )`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Level {
    /// What is piped in and nobody has read yet; `None` if it reads where the one around does.
    input: Option<Rc<[u8]>>,
    /// `$?` when it began.
    status: u8,
    printed: Option<Vec<u8>>,
    variables: Variables,
}

/// What a machine may do at one instant, and what it did.
#[derive(Debug, Default)]
pub struct Turn {
    /// What it printed.
    pub output: Output,
    /// Commands it performed.
    pub commands: u32,
    /// Whether it changed anything that a replay needs.
    pub is_kept: bool,
    /// Whether it looked at how an earlier line had ended.
    pub looks_at_status: bool,
}

/// Why a machine stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// Its program is over.
    Over,
    /// It sleeps.
    Sleep(Duration),
}

/// The most commands without any sleep: a script that needs more would never end.
const RESTLESS_MAX: u32 = 1_000_000;
/// The most bytes that a script may print.
const PRINTED_MAX: u64 = 64 << 20;
impl Machine {
    /// A machine at the beginning of a program.
    pub fn new(program: Program, status: u8) -> Self {
        Self {
            program,
            at: 0,
            status,
            captured_status: 0,
            results: Vec::new(),
            loops: Vec::new(),
            levels: Vec::new(),
            pending: None,
            printed: 0,
            restless: 0,
        }
    }

    /// Whether nothing is left to do.
    pub fn is_over(&self) -> bool {
        self.pending.is_none() && self.program.len() == self.at as usize
    }

    /// Why it is stopped, if it must be.
    fn excess(&self) -> Option<&'static str> {
        if self.restless > RESTLESS_MAX {
            return Some(
                "stopped: a million commands without any sleep. Put a `sleep 1` in the loop.\n",
            );
        }
        (self.printed > PRINTED_MAX).then_some("stopped: more than 64 MiB were printed.\n")
    }

    /// Goes to another step; going back counts as work, or an empty loop would never let go.
    fn jump(&mut self, to: u32, turn: &mut Turn) {
        if to < self.at {
            turn.commands += 1;
            self.restless += 1;
        }
        self.at = to;
    }

    /// Begins a shell within the shell.
    fn begin(&mut self, input: Input, output: Destination, outer: &Variables) {
        let input = match input {
            Input::Around => None,
            Input::Piped => Some(self.results.pop().expect("something was piped")),
        };
        let printed = (output == Destination::Memory).then(Vec::new);
        let variables = self.variables(outer).clone();
        self.levels.push(Level { input, status: self.status, printed, variables });
    }

    fn begin_loop(&mut self, values: Rc<[String]>) {
        self.loops.push(Loop { values, next: 0, levels: self.depth() });
    }

    /// Begins the next round of the innermost loop, or ends it.
    fn next(&mut self, name: &str, end: u32, outer: &mut Variables, turn: &mut Turn) {
        let innermost = self.loops.last_mut().expect("a loop goes on that has begun");
        let value = innermost.values.get(innermost.next as usize).cloned();
        innermost.next += 1;
        if let Some(value) = value {
            self.set(name, &value, outer, turn);
        } else {
            self.loops.pop();
            self.at = end;
        }
    }

    /// Whether the innermost loop has begun in this very shell: it cannot be left from another.
    fn is_in_loop(&self) -> bool {
        self.loops.last().is_some_and(|innermost| innermost.levels == self.depth())
    }

    fn depth(&self) -> u32 {
        u32::try_from(self.levels.len()).expect("shells are nested a few deep")
    }

    /// Takes the results that the words of a command need.
    fn captured(&mut self, count: u32) -> Vec<Rc<[u8]>> {
        self.results.split_off(self.results.len() - count as usize)
    }

    /// The variables of the innermost shell; `outer` are those of the lines.
    pub(super) fn variables<'a>(&'a self, outer: &'a Variables) -> &'a Variables {
        self.levels.last().map_or(outer, |level| &level.variables)
    }

    fn set(&mut self, name: &str, value: &str, outer: &mut Variables, turn: &mut Turn) {
        self.change(outer, turn, |variables| variables.set(name, value));
    }

    /// Changes the variables of the innermost shell; `outer` are those of the lines.
    pub(super) fn change(
        &mut self,
        outer: &mut Variables,
        turn: &mut Turn,
        change: impl FnOnce(&mut Variables),
    ) {
        if let Some(level) = self.levels.last_mut() {
            change(&mut level.variables);
        } else {
            turn.is_kept = true;
            change(outer);
        }
    }

    /// Prints what a command printed and keeps what goes on of it; says how long it sleeps, if it
    /// does.
    fn take(
        &mut self,
        output: Output,
        pending: Option<Box<Pending>>,
        sinks: Sinks,
        turn: &mut Turn,
    ) -> Option<Duration> {
        for (stream, text) in output.parts() {
            let sink = if stream == Stream::Out { sinks.0 } else { sinks.1 };
            self.print(sink, text.as_bytes(), turn);
        }
        self.status = output.status;
        turn.is_kept |= output.is_kept();
        turn.output.hint = output.hint.or(turn.output.hint.take());
        self.pending = pending.map(|pending| (pending, sinks));
        output.wait
    }

    fn print(&mut self, sink: Sink, bytes: &[u8], turn: &mut Turn) {
        if bytes.is_empty() || sink == Sink::Nowhere {
            return;
        }
        self.printed += bytes.len() as u64;
        let memory = self.levels.iter_mut().rev().find_map(|level| level.printed.as_mut());
        match (sink, memory) {
            (Sink::Out, Some(memory)) => memory.extend_from_slice(bytes),
            (Sink::Err, _) => turn.output.print(Stream::Err, &String::from_utf8_lossy(bytes)),
            _ => turn.output.print(Stream::Out, &String::from_utf8_lossy(bytes)),
        }
    }
}
