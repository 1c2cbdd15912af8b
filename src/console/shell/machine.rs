//! The machine that goes through a program, stops where it sleeps, and goes on later.

use super::builtin;
use super::expand::{Expansion, TooLong};
use super::program::{Command, Destination, Ending, Input, Op, Program, Sink};
use crate::console::Console;
use crate::console::aws::{self, Pending};
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

/// The most commands of one script at one instant: some milliseconds of work. What remains goes on
/// a microsecond later.
pub const COMMANDS_MAX: u32 = 256;
/// The most commands without any sleep: a script that needs more would never end.
const RESTLESS_MAX: u32 = 1_000_000;
/// The most bytes that a script may print.
const PRINTED_MAX: u64 = 64 << 20;
/// The time that a script sleeps which has more to do than fits in an instant.
const BREATH: Duration = Duration::from_micros(1);
/// A shell's exit status for a command whose words are too long.
const TOO_LONG_STATUS: u8 = 126;

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

    /// Goes on until the program is over, sleeps, or has done enough for one instant.
    pub fn run(&mut self, console: &mut Console, turn: &mut Turn) -> Pause {
        if let Some((pending, sinks)) = self.pending.take() {
            let (sim, pauses) = (&mut console.simulation, &mut console.shell.pauses);
            let ran = aws::resume(*pending, sim, pauses);
            if let Some(wait) = self.take(ran.output, ran.pending, sinks, turn) {
                return Pause::Sleep(wait);
            }
        }
        let program = Rc::clone(&self.program);
        while let Some(op) = program.get(self.at as usize) {
            if turn.commands >= COMMANDS_MAX {
                return Pause::Sleep(BREATH);
            }
            self.at += 1;
            let wait = self.step(op, console, turn);
            // No time at all is waited for only where it ends the line: for what is due right now.
            if let Some(wait) = wait.filter(|wait| !wait.is_zero() || self.is_over()) {
                self.restless = 0;
                return Pause::Sleep(wait);
            }
            if let Some(why) = self.excess() {
                self.status = 1;
                self.at = u32::try_from(program.len()).expect("programs are short");
                self.levels.clear();
                self.print(Sink::Err, why.as_bytes(), turn);
            }
        }
        Pause::Over
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

    /// Performs a step; says how long it sleeps, if it does.
    fn step(&mut self, op: &Op, console: &mut Console, turn: &mut Turn) -> Option<Duration> {
        match op {
            Op::Pass => {}
            Op::Run(command) => return self.command(command, console, turn),
            Op::Jump(to) => self.jump(*to, turn),
            Op::JumpIf(ending, to) => {
                if (self.status == 0) == (*ending == Ending::Success) {
                    self.jump(*to, turn);
                }
            }
            Op::Negate => self.status = u8::from(self.status == 0),
            Op::Succeed => self.status = 0,
            Op::Begin { input, output } => self.begin(*input, *output, console),
            Op::End | Op::EndCapture => {
                let level = self.levels.pop().expect("a level ends that has begun");
                self.results.extend(level.printed.map(Rc::from));
                if *op == Op::EndCapture {
                    self.captured_status = std::mem::replace(&mut self.status, level.status);
                }
            }
            Op::Each { words, captured } => {
                let captured = self.captured(*captured);
                let values = self.expand(console, turn, &captured, |all| all.words(words));
                self.status = 0;
                self.begin_loop(values.unwrap_or_default().into());
            }
            Op::Repeat => self.begin_loop(Rc::default()),
            Op::Next(name, end) => self.next(name, *end, console, turn),
            Op::Leave(to) => {
                if self.is_in_loop() {
                    self.loops.pop();
                    self.jump(*to, turn);
                }
            }
            Op::Again(to) => {
                if self.is_in_loop() {
                    self.jump(*to, turn);
                }
            }
        }
        None
    }

    /// Goes to another step; going back counts as work, or an empty loop would never let go.
    fn jump(&mut self, to: u32, turn: &mut Turn) {
        if to < self.at {
            turn.commands += 1;
            self.restless += 1;
        }
        self.at = to;
    }

    fn begin(&mut self, input: Input, output: Destination, console: &Console) {
        let input = match input {
            Input::Around => None,
            Input::Piped => Some(self.results.pop().expect("something was piped")),
        };
        let printed = (output == Destination::Memory).then(Vec::new);
        let variables = self.variables(console).clone();
        self.levels.push(Level { input, status: self.status, printed, variables });
    }

    fn begin_loop(&mut self, values: Rc<[String]>) {
        self.loops.push(Loop { values, next: 0, levels: self.depth() });
    }

    fn next(&mut self, name: &str, end: u32, console: &mut Console, turn: &mut Turn) {
        let innermost = self.loops.last_mut().expect("a loop goes on that has begun");
        let value = innermost.values.get(innermost.next as usize).cloned();
        innermost.next += 1;
        if let Some(value) = value {
            self.set(name, &value, console, turn);
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

    /// The variables of the innermost shell.
    pub(super) fn variables<'a>(&'a self, console: &'a Console) -> &'a Variables {
        self.levels.last().map_or(&console.shell.variables, |level| &level.variables)
    }

    fn set(&mut self, name: &str, value: &str, console: &mut Console, turn: &mut Turn) {
        self.change(console, turn, |variables| variables.set(name, value));
    }

    /// Changes the variables of the innermost shell.
    pub(super) fn change(
        &mut self,
        console: &mut Console,
        turn: &mut Turn,
        change: impl FnOnce(&mut Variables),
    ) {
        if let Some(level) = self.levels.last_mut() {
            change(&mut level.variables);
        } else {
            turn.is_kept = true;
            change(&mut console.shell.variables);
        }
    }

    fn expand<T>(
        &self,
        console: &mut Console,
        turn: &mut Turn,
        captured: &[Rc<[u8]>],
        expand: impl FnOnce(&mut Expansion<'_>) -> T,
    ) -> T {
        let seed = console.simulation.seed();
        let shell = &mut console.shell;
        let variables = self.levels.last().map_or(&shell.variables, |level| &level.variables);
        let luck = shell.luck.get_or_insert_with(|| super::luck(seed));
        let looks = super::expand::Looks::default();
        let status = self.status;
        let mut expansion = Expansion { variables, captured, status, luck, looks };
        let expanded = expand(&mut expansion);
        turn.looks_at_status |= expansion.looks.at_status;
        turn.is_kept |= expansion.looks.at_chance;
        expanded
    }

    /// Runs a simple command; says how long it sleeps, if it does.
    fn command(
        &mut self,
        command: &Command,
        console: &mut Console,
        turn: &mut Turn,
    ) -> Option<Duration> {
        turn.commands += 1;
        self.restless += 1;
        let captured = self.captured(command.captured);
        let expanded = self.expand(console, turn, &captured, |expansion| {
            let mut assigned = Vec::with_capacity(command.assignments.len());
            for (name, word) in &command.assignments {
                assigned.push((Rc::clone(name), expansion.text(word)?));
            }
            let input = command.input.as_ref().map(|word| expansion.text(word)).transpose()?;
            Ok((expansion.words(&command.words)?, assigned, input))
        });
        let sinks = (command.stdout, command.stderr);
        let Ok((words, assigned, input)) = expanded else {
            let TooLong = expanded.expect_err("it is none that fits");
            let output = Output::failure(TOO_LONG_STATUS, "the words of a command are too long\n");
            return self.take(output, None, sinks, turn);
        };
        if words.is_empty() {
            self.status = if captured.is_empty() { 0 } else { self.captured_status };
            for (name, value) in assigned {
                self.set(&name, &value, console, turn);
            }
            return None;
        }
        let mut environment = self.variables(console).clone();
        for (name, value) in assigned {
            environment.set(&name, &value);
            environment.export(&name);
        }
        let piped = || self.levels.iter().rev().find_map(|level| level.input.clone());
        let is_own = input.is_some();
        let input = input.map(|text| Rc::from(text.into_bytes())).or_else(piped);
        let start = builtin::Start { words: &words, environment: &environment, input };
        let printed = builtin::run(self, console, turn, &start);
        let piped = self.levels.iter_mut().rev().find_map(|level| level.input.as_mut());
        if let Some(piped) = piped.filter(|_| printed.has_read && !is_own) {
            *piped = Rc::default();
        }
        self.print(command.stdout, &printed.stdout, turn);
        self.take(printed.rest, printed.pending, sinks, turn)
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
