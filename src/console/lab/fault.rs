//! `lab fault`: makes something go wrong.

use super::arguments::Arguments;
use super::verb::{LabOption, Verb, done};
use super::{grammar, quantity};
use crate::console::output::Output;
use crate::console::state::Console;
use crate::engine::client::Fault;
use crate::engine::client::name::ClientName;

pub(super) const VERB: Verb = Verb {
    name: "fault",
    words: "lost-acks|off",
    doc: "Makes something go wrong for a producer, or ends what goes wrong for all.",
    options: &[
        LabOption { name: "--producer", value: "NAME", doc: "For whom." },
        LabOption {
            name: "--share",
            value: "PERCENT",
            doc: "How many answers get lost on their way back: 5%.",
        },
    ],
    examples: &["lab fault lost-acks --producer web --share 5%", "lab fault off"],
    run,
};

fn run(console: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    let producer = arguments.read_value("--producer", grammar::client)?;
    let share = arguments.read_value("--share", quantity::share)?;
    match (&arguments.words[..], producer, share) {
        (["lost-acks"], Some(name), Some(millionths)) => lose_answers(console, &[name], millionths),
        (["off"], Some(name), None) => lose_answers(console, &[name], 0),
        (["off"], None, None) => {
            let producers = console.simulation.clients().producers();
            let names: Vec<ClientName> = producers.map(|found| found.name().clone()).collect();
            lose_answers(console, &names, 0)
        }
        _ => Err(format!("write {} or {}", VERB.examples[0], VERB.examples[1])),
    }
}

fn lose_answers(
    console: &mut Console,
    producers: &[ClientName],
    millionths: u32,
) -> Result<Output, String> {
    let fault = Fault::LostAnswers { millionths };
    done(console.simulation.command(|clients, _, _| {
        producers.iter().try_for_each(|name| clients.set_fault(name, fault))
    }))
}
