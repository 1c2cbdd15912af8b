//! What `lab help` says: of all verbs, and of one with its options.

use super::verb::Verb;

/// All verbs, one a line.
pub fn overview(verbs: &[&Verb]) -> String {
    let verbs: Vec<String> =
        verbs.iter().map(|verb| format!("  {:<12} {}", verb.name, verb.doc)).collect();
    format!(
        "lab does what AWS has no command for:\n\n{}\n\n\
         lab help VERB says more. Everything of the service: aws kinesis …\n",
        verbs.join("\n")
    )
}

/// A verb with its options and examples.
pub fn of(verb: &Verb) -> String {
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
