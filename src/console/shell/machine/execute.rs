//! What the machine does at each step of a program.

use super::{Machine, Pause, Turn};
use crate::console::aws;
use crate::console::output::Output;
use crate::console::shell::builtin;
use crate::console::shell::expand::{Expansion, Looks, TooLong, luck};
use crate::console::shell::program::{Command, Ending, Op, Sink};
use crate::console::state::Console;
use std::rc::Rc;
use std::time::Duration;

/// The most commands of one script at one instant: some milliseconds of work. What remains goes on
/// a microsecond later.
pub const COMMANDS_MAX: u32 = 256;
/// The time that a script sleeps which has more to do than fits in an instant.
const BREATH: Duration = Duration::from_micros(1);
/// A shell's exit status for a command whose words are too long.
const TOO_LONG_STATUS: u8 = 126;

impl Machine {
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
            Op::Begin { input, output } => {
                self.begin(*input, *output, &console.shell.variables);
            }
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
            Op::Next(name, end) => {
                self.next(name, *end, &mut console.shell.variables, turn);
            }
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

    fn expand<T>(
        &self,
        console: &mut Console,
        turn: &mut Turn,
        captured: &[Rc<[u8]>],
        expand: impl FnOnce(&mut Expansion<'_>) -> T,
    ) -> T {
        let seed = console.simulation.seed();
        let shell = &mut console.shell;
        let variables = self.variables(&shell.variables);
        let luck = shell.luck.get_or_insert_with(|| luck(seed));
        let looks = Looks::default();
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
                self.set(&name, &value, &mut console.shell.variables, turn);
            }
            return None;
        }
        let mut environment = self.variables(&console.shell.variables).clone();
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
}
