//! What a command's name stands for: the two commands of the console, what changes the shell
//! itself, small tools, and well-known commands that are not here.

use super::absent;
use super::expand::luck;
use super::machine::{Machine, Turn};
use super::tool::{Call, TOOLS};
use crate::console::lab::quantity;
use crate::console::output::Output;
use crate::console::state::Console;
use crate::console::surroundings::Surroundings;
use crate::console::variables::{Variables, is_name};
use crate::console::{aws, lab};
use std::rc::Rc;
use std::time::Duration;

/// A command about to start.
pub struct Start<'a> {
    /// Its name and arguments.
    pub words: &'a [String],
    /// The variables that it may see.
    pub environment: &'a Variables,
    /// What is piped into it.
    pub input: Option<Rc<[u8]>>,
}

/// What a command printed: bytes, which need not be text, and the rest.
#[derive(Default)]
pub struct Printed {
    /// The answer of a tool.
    pub stdout: Vec<u8>,
    /// The answer of any other command, and what went wrong.
    pub rest: Output,
    /// What goes on of it after its wait.
    pub pending: Option<Box<aws::Pending>>,
    /// Whether it has read what was piped into it.
    pub has_read: bool,
}

/// Runs a command.
pub fn run(
    machine: &mut Machine,
    console: &mut Console,
    turn: &mut Turn,
    start: &Start<'_>,
) -> Printed {
    let (name, arguments) = start.words.split_first().expect("a command has a name");
    let input = start.input.as_deref();
    let rest = match name.as_str() {
        "aws" => {
            let around = Surroundings::new(start.environment, input.unwrap_or_default());
            let around = around.with_files(&console.files);
            let (sim, pauses) = (&mut console.simulation, &mut console.shell.pauses);
            let aws::Ran { output, pending } = aws::run(sim, pauses, arguments, &around);
            return Printed { rest: output, pending, ..Printed::default() };
        }
        "lab" => lab::run(console, arguments),
        "sleep" => sleep(arguments),
        "export" => export(machine, console, turn, arguments),
        "unset" => {
            machine.change(&mut console.shell.variables, turn, |variables| {
                for name in arguments {
                    variables.unset(name);
                }
            });
            Output::default()
        }
        "env" if arguments.is_empty() => environment("", start.environment),
        "jobs" => Output::answer(console.shell.job_list()),
        "kill" => kill(console, turn, arguments),
        "uuidgen" => {
            turn.is_kept = true;
            let seed = console.simulation.seed();
            let luck = console.shell.luck.get_or_insert_with(|| luck(seed));
            Output::answer(uuid([luck.next_u64(), luck.next_u64()]))
        }
        name => return tool(name, arguments, input, console),
    };
    Printed { rest, ..Printed::default() }
}

/// A shell's exit status for a command that it does not know.
const NOT_FOUND_STATUS: u8 = 127;

fn tool(name: &str, arguments: &[String], input: Option<&[u8]>, console: &Console) -> Printed {
    let Some((_, tool)) = TOOLS.iter().find(|(tool, _)| *tool == name) else {
        let why = absent::instead_of(name);
        return Printed { rest: Output::failure(NOT_FOUND_STATUS, why), ..Printed::default() };
    };
    let call = Call::new(arguments, input, console.simulation().now());
    match tool(&call) {
        Ok(answer) => {
            let rest = Output::failure(answer.status, answer.complaint);
            Printed { stdout: answer.stdout, rest, has_read: call.has_read(), ..Printed::default() }
        }
        Err(why) => {
            let status = if matches!(name, "test" | "[" | "grep" | "jq") { 2 } else { 1 };
            let rest = Output::failure(status, format!("{name}: {why}\n"));
            Printed { rest, ..Printed::default() }
        }
    }
}

/// `sleep 5`, `sleep 0.5`, `sleep 1m 30s`: simulated time.
fn sleep(arguments: &[String]) -> Output {
    let mut micros = Some(0_u64);
    for text in arguments {
        let (number, factor) = match text.as_bytes().last() {
            Some(b's') => (&text[..text.len() - 1], 1),
            Some(b'm') => (&text[..text.len() - 1], 60),
            Some(b'h') => (&text[..text.len() - 1], 3_600),
            Some(b'd') => (&text[..text.len() - 1], 86_400),
            _ => (text.as_str(), 1),
        };
        let Some(read) = quantity::decimal(number, factor * 1_000_000) else {
            let why = format!("sleep: invalid time interval '{text}'\n");
            return Output::failure(1, why);
        };
        micros = micros.and_then(|sum| sum.checked_add(read));
    }
    match micros {
        _ if arguments.is_empty() => Output::failure(1, "sleep: say how long: sleep 5\n"),
        None => Output::failure(1, "sleep: no run is that long\n"),
        Some(micros) => Output::waiting(Duration::from_micros(micros)),
    }
}

/// `export NAME=value`, `export NAME`, `export`.
fn export(
    machine: &mut Machine,
    console: &mut Console,
    turn: &mut Turn,
    arguments: &[String],
) -> Output {
    if arguments.is_empty() {
        return environment("export ", machine.variables(&console.shell.variables));
    }
    for argument in arguments {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (argument.as_str(), None),
        };
        if !is_name(name) {
            let why = format!("export: `{argument}': not a valid identifier\n");
            return Output::failure(1, why);
        }
        machine.change(&mut console.shell.variables, turn, |variables| {
            if let Some(value) = value {
                variables.set(name, value);
            }
            variables.export(name);
        });
    }
    Output::default()
}

fn environment(before: &str, variables: &Variables) -> Output {
    let lines = variables.environment().map(|(name, value)| format!("{before}{name}={value}\n"));
    Output::answer(lines.collect::<String>())
}

/// `kill %1`: ends a line in progress.
fn kill(console: &mut Console, turn: &mut Turn, arguments: &[String]) -> Output {
    let mut words = arguments.iter().filter(|word| !word.starts_with('-'));
    let number = words.next().and_then(|word| word.strip_prefix('%'));
    let Some(number) = number else {
        return Output::failure(
            1,
            "kill: say which line in progress: kill %1; `jobs` lists them\n",
        );
    };
    match console.shell.end_job(number) {
        None => Output::failure(1, format!("kill: %{number}: no such job\n")),
        Some(ended) => {
            turn.is_kept = true;
            Output::answer(ended)
        }
    }
}

/// A random UUID, version 4.
fn uuid(words: [u64; 2]) -> String {
    let high = words[0] & !0xf000 | 0x4000;
    let low = words[1] & !(0b11 << 62) | 1 << 63;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}\n",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}
