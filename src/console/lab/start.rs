//! `lab start`: chance and date of a run, which only its very first line can set.

use super::Verb;
use super::arguments::{Arguments, LabOption};
use super::quantity;
use crate::console::Console;
use crate::console::output::Output;
use crate::engine::Simulation;

pub(super) const VERB: Verb = Verb {
    name: "start",
    words: "",
    doc: "Begins a world with its own chance and date; only as the very first line.",
    options: &[
        LabOption { name: "--seed", value: "N", doc: "The seed of all chance." },
        LabOption { name: "--at", value: "DATE", doc: "The date at which the world begins." },
    ],
    examples: &["lab start --seed 7 --at 2026-11-20T00:00:00Z"],
    run,
};

fn run(console: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    if console.has_begun() {
        return Err("this world has begun: put the line first, before any other".to_owned());
    }
    let seed = arguments.read_value("--seed", |text| {
        let seed = quantity::decimal(text, 1);
        seed.ok_or_else(|| format!("{text} is no seed: write a whole number below 2^64"))
    })?;
    let start = arguments.read_value("--at", quantity::instant)?;
    let world = console.simulation();
    let mut begun = Simulation::new(seed.unwrap_or(world.seed()), start.unwrap_or(world.now()));
    for (name, data) in world.clients().library().iter() {
        begun.command(|clients, _, _| clients.add_dataset(name.clone(), data.clone()));
    }
    *console = Console { has_begun: true, ..Console::new(begun) };
    Ok(Output::default().kept())
}
