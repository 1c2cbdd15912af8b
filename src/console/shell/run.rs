//! Lines and scripts as they run: what comes of a line, and the turns of the scripts in progress.

use super::machine::{Machine, Pause, Turn};
use super::{Job, Printed, parse};
use crate::console::output::Output;
use crate::console::state::Console;
use std::rc::Rc;

/// The most of what scripts have printed that is kept for whoever takes it.
const PRINTED_MAX: usize = 4_096;
/// A shell's exit status for a line that it cannot read.
const SYNTAX_STATUS: u8 = 2;

/// Runs a line until it is over or sleeps.
pub fn line(console: &mut Console, line: &str) -> Output {
    let program = match parse::parse(line) {
        Ok(program) if program.is_empty() => return Output::default(),
        Ok(program) => program,
        Err(error) => {
            console.shell.status = SYNTAX_STATUS;
            return Output::failure(SYNTAX_STATUS, format!("{error}\n"));
        }
    };
    let mut machine = Machine::new(program, console.shell.status);
    let mut turn = Turn::default();
    let pause = machine.run(console, &mut turn);
    let commands = u64::from(turn.commands);
    let mut output = finish(turn);
    output.status = machine.status;
    match pause {
        Pause::Over => {}
        Pause::Sleep(wait) if machine.is_over() => output.wait = Some(wait),
        Pause::Sleep(wait) => {
            let number = console.shell.jobs.last().map_or(1, |last| last.number + 1);
            let due = console.simulation.now() + wait;
            console.shell.jobs.push(Job { number, line: line.into(), due, machine });
            output = output.kept();
            output.job = Some(number);
        }
    }
    console.end_line(&output, commands);
    output
}

/// Lets the scripts go on that are due, in the order of their numbers.
pub fn due_scripts(console: &mut Console) {
    let now = console.simulation.now();
    let jobs = console.shell.jobs.iter();
    let due: Vec<u32> = jobs.filter(|job| job.due <= now).map(|job| job.number).collect();
    for number in due {
        script(console, number);
    }
    console.begin_turn();
}

/// Lets a script go on.
fn script(console: &mut Console, number: u32) {
    let now = console.simulation.now();
    // A script before this one may have ended it.
    let Some(place) = console.shell.jobs.iter().position(|job| job.number == number) else {
        return;
    };
    let mut job = console.shell.jobs.remove(place);
    let mut turn = Turn::default();
    let pause = job.machine.run(console, &mut turn);
    let shell = &mut console.shell;
    shell.commands += u64::from(turn.commands);
    let mut output = finish(turn);
    output.status = job.machine.status;
    let is_over = pause == Pause::Over;
    let line = Rc::clone(&job.line);
    match pause {
        Pause::Over => {
            shell.status = output.status;
            shell.kept_status = output.status;
        }
        Pause::Sleep(wait) => {
            job.due = now + wait;
            let place = shell.jobs.partition_point(|other| other.number < number);
            shell.jobs.insert(place, job);
        }
    }
    if is_over || !output.is_silent() {
        if shell.printed.len() == PRINTED_MAX {
            shell.printed.pop_front();
        }
        shell.printed.push_back(Printed { at: now, line, job: number, output, is_over });
    }
}

/// What a turn printed, with what a replay has to know of it.
fn finish(turn: Turn) -> Output {
    let mut output = turn.output;
    output.looks_at_status = turn.looks_at_status;
    if turn.is_kept { output.kept() } else { output }
}
