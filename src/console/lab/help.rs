//! `lab help`: the verbs, or one verb with its options.

use super::arguments::Arguments;
use super::{VERBS, Verb, unknown};
use crate::console::Console;
use crate::console::output::Output;

pub(super) const VERB: Verb = Verb {
    name: "help",
    words: "[VERB]",
    doc: "Lists the verbs of lab, or says what one of them takes.",
    options: &[],
    examples: &["lab help", "lab help wait"],
    run,
};

fn run(_: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    match arguments.words.first() {
        None => Ok(Output::answer(overview())),
        Some(name) => match VERBS.iter().find(|verb| verb.name == *name) {
            Some(verb) => Ok(Output::answer(of(verb))),
            None => Err(unknown(name)),
        },
    }
}

fn overview() -> String {
    let verbs: Vec<String> =
        VERBS.iter().map(|verb| format!("  {:<12} {}", verb.name, verb.doc)).collect();
    format!(
        "lab does what AWS has no command for:\n\n{}\n\n\
         lab help VERB says more. Everything of the service: aws kinesis …\n",
        verbs.join("\n")
    )
}

fn of(verb: &Verb) -> String {
    let mut lines = vec![verb.usage(), String::new(), format!("  {}", verb.doc), String::new()];
    for option in verb.options {
        lines.push(format!("  {} {}", option.name, option.value).trim_end().to_owned());
        lines.push(format!("      {}", option.doc));
    }
    if !verb.options.is_empty() {
        lines.push(String::new());
    }
    lines.push("For example:".to_owned());
    lines.extend(verb.examples.iter().map(|example| format!("  {example}")));
    lines.join("\n") + "\n"
}
