//! `lab wait`: lets time pass.

use super::arguments::Arguments;
use super::quantity;
use super::verb::Verb;
use crate::console::output::Output;
use crate::console::state::Console;

pub(super) const VERB: Verb = Verb {
    name: "wait",
    words: "DURATION",
    doc: "Lets simulated time pass before the next line.",
    options: &[],
    examples: &["lab wait 10s", "lab wait 1.5h"],
    run,
};

fn run(_: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    let [text] = arguments.words[..] else {
        return Err("say how long: lab wait 10s".to_owned());
    };
    quantity::duration(text).map(Output::waiting)
}
