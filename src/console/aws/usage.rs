//! How the AWS command line complains about the line itself.

use super::python;
use super::status::USAGE_STATUS;
use crate::console::output::Output;
use crate::console::similar::close_matches;

const USAGE: &str = "
usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
";

/// A complaint about the words of a line, after the usage.
pub fn error(message: &str) -> Output {
    Output::failure(USAGE_STATUS, format!("{USAGE}\naws: error: {message}\n\n"))
}

/// Options and values that nothing takes.
pub fn unknown(options: &[String]) -> Output {
    Output::failure(USAGE_STATUS, format!("{USAGE}\nUnknown options: {}\n\n", options.join(", ")))
}

/// A value behind an option that takes none.
pub fn ignored(option: &str, value: &str) -> Output {
    let value = python::quoted(value);
    error(&format!("argument {option}: ignored explicit argument {value}"))
}

/// An option without its value.
pub fn expected_one(option: &str) -> Output {
    error(&format!("argument {option}: expected one argument"))
}

/// An option whose value is no whole number.
pub fn invalid_int(option: &str, value: &str) -> Output {
    let value = python::quoted(value);
    error(&format!("argument {option}: invalid int value: {value}"))
}

/// The beginning of several options.
pub fn ambiguous<'a>(word: &str, options: impl Iterator<Item = &'a str>) -> Output {
    let options = options.collect::<Vec<_>>().join(", ");
    error(&format!("ambiguous option: {word} could match {options}"))
}

/// A complaint about values, without the usage.
pub fn bad_parameter(message: &str) -> Output {
    Output::failure(USAGE_STATUS, format!("\n{message}\n"))
}

/// A value outside a closed set, with the set in two columns and what may have been meant.
pub fn invalid_choice(argument: &str, value: &str, choices: &[impl AsRef<str>]) -> Output {
    let mut message = format!("argument {argument}: Invalid choice, valid choices are:\n");
    for pair in choices.chunks(2) {
        let row: Vec<String> =
            pair.iter().map(|choice| format!("{:<40}", choice.as_ref())).collect();
        message.push('\n');
        message.push_str(&row.join(" | "));
    }
    let meant = close_matches(value, choices, 80);
    if !meant.is_empty() {
        message.push_str(&format_meant(value, &meant));
    }
    error(&message)
}

fn format_meant(value: &str, meant: &[&str]) -> String {
    let lines: Vec<String> = meant.iter().map(|choice| format!("\n  * {choice}")).collect();
    format!("\n\n\nInvalid choice: '{value}', maybe you meant:\n{}", lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_told_what_was_meant() {
        let choices = ["merge-shards", "put-record", "put-records"].map(str::to_owned);
        let output = invalid_choice("operation", "put-recrod", &choices);
        assert_eq!(output.status, 252);
        assert!(output.stderr.ends_with(&format!(
            "\naws: error: argument operation: Invalid choice, valid choices are:\n\n\
             {:<40} | {:<40}\n{:<40}\n\n\n\
             Invalid choice: 'put-recrod', maybe you meant:\n\n  * put-record\n  * put-records\n\n",
            "merge-shards", "put-record", "put-records"
        )));
    }
}
