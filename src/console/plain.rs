//! Lines without anything for a shell to do, of the few commands that runs begin with.
//!
//! A page that shows such a run has to load no more than this. A line is read here or in the
//! shell, with the same effect: a test holds the two against each other.

use super::lab;
use super::output::Output;
use super::state::Console;
use crate::api::{can_create_plain, create_plain};

/// A line that is read here.
enum Plain {
    /// `aws kinesis create-stream --stream-name NAME --shard-count COUNT`
    CreateStream(String, u32),
    /// A verb of `lab`, and the words after it.
    Lab(&'static lab::Verb, Vec<String>),
}

/// Whether a line is run here.
pub fn is_plain(console: &Console, line: &str) -> bool {
    plain(console, line).is_some()
}

/// Runs a line, if it is one that is read here.
pub fn run(console: &mut Console, line: &str) -> Option<Output> {
    let plain = plain(console, line)?;
    console.shell.draw_luck(console.simulation.seed());
    let printed = match plain {
        Plain::CreateStream(name, shards) => {
            create_plain(&mut console.simulation, &name, shards);
            Output::default().kept()
        }
        Plain::Lab(verb, words) => lab::run_verb(console, verb, &words),
    };
    Some(ended(console, printed))
}

/// Begins a world as `lab start` with these options does, each in one word (`--seed=7`): for worlds
/// that begin without a page, which need no more than this either.
pub fn start(console: &mut Console, words: &[String]) -> Output {
    console.shell.draw_luck(console.simulation.seed());
    let printed = lab::start(console, words);
    ended(console, printed)
}

fn ended(console: &mut Console, printed: Output) -> Output {
    let output = printed.through_shell();
    console.end_line(&output, 1);
    output
}

fn plain(console: &Console, line: &str) -> Option<Plain> {
    // Files may be read in any way.
    if console.files.iter().any(|(name, _)| line.contains(name.as_str())) {
        return None;
    }
    // Variables may change what a command does.
    let plain = if console.shell.has_no_variables() { read(line) } else { None }?;
    match &plain {
        Plain::CreateStream(name, shards) => {
            // A refusal has words that are not here.
            can_create_plain(&console.simulation, name, *shards).then_some(plain)
        }
        Plain::Lab(..) => Some(plain),
    }
}

fn read(line: &str) -> Option<Plain> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" -_./:,=".contains(&byte);
    if !line.bytes().all(is_plain) {
        return None;
    }
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    match words[..] {
        ["aws", "kinesis", "create-stream", "--stream-name", name, "--shard-count", count] => {
            let is_name = !name.starts_with('-') && !name.contains(['/', ':', ',', '=']);
            let is_count = count.len() <= 5 && !count.starts_with('0');
            let count = count.parse().ok().filter(|_| is_count && is_name)?;
            Some(Plain::CreateStream(name.to_owned(), count))
        }
        ["lab", name, ref rest @ ..] if !rest.contains(&lab::HELP) => {
            let verb = lab::PLAIN_VERBS.into_iter().find(|verb| verb.name == name)?;
            Some(Plain::Lab(verb, rest.iter().map(|word| (*word).to_owned()).collect()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::full;
    use std::time::Duration;

    /// Enters a line both ways and holds worlds and outputs against each other.
    fn entered(console: &mut Console, line: &str) {
        let mut other = console.clone();
        let expected = (full().run)(&mut other, line);
        let output = run(console, line).unwrap_or_else(|| panic!("{line} is plain"));
        assert_eq!((&output, &*console), (&expected, &other), "{line}");
        let (digest, expected) = (console.simulation.digest(), other.simulation.digest());
        assert_eq!(digest, expected, "{line}");
    }

    #[test]
    fn a_plain_line_does_what_it_does_in_the_shell() {
        let mut console = Console::default();
        for line in [
            "aws kinesis create-stream --stream-name clicks --shard-count 4",
            "aws  kinesis create-stream --stream-name  a.b-c_9 --shard-count 1 ",
            "lab wait 10s",
            "lab wait",
            "lab wait 0s",
            "lab consumer billing --stream clicks --mode shared --every 1s --from TRIM_HORIZON",
            "lab consumer billing --stream nowhere",
            "lab producer web --stream clicks --rate 800/s --keys=zipf:500:1.5 --record-size 1KiB",
            "lab producer web --rate fast",
            "lab producer web --speed 9",
            "lab replay quakes --data earthquakes --stream clicks --key net --time ms --speed 60",
            "lab consumer billing --stop",
            "lab wait 1s 2s",
        ] {
            entered(&mut console, line);
            let later = console.simulation.now() + Duration::from_secs(11);
            console.advance_within(later, u64::MAX);
        }
    }

    #[test]
    fn a_world_starts_as_it_does_in_the_shell() {
        for words in ["", "--seed=7 --limits=none --transition=300ms", "--region=eu", "--seed=-1"] {
            let (mut console, mut other) = (Console::default(), Console::default());
            let list: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
            let expected = other.enter(&format!("lab start {words}"));
            assert_eq!((console.start(&list), console), (expected, other), "{words}");
        }
        for word in ["--sped=7", "--seed", "7"] {
            assert_eq!(Console::default().start(&[word.to_owned()]).status, 2, "{word}");
        }
    }

    #[test]
    fn what_a_shell_would_look_at_is_left_to_it() {
        let mut console = Console::default();
        for line in [
            "lab status",
            "lab wait $A",
            "lab wait 1s; lab wait 2s",
            "lab wait '1s'",
            "lab wait --help",
            "lab wait 1s # a while",
            "aws kinesis create-stream --stream-name clicks --shard-count 4 --debug",
            "aws kinesis create-stream --shard-count 4 --stream-name clicks",
            "aws kinesis create-stream --stream-name clicks --shard-count 04",
            "aws kinesis create-stream --stream-name file://a --shard-count 4",
            "A=1",
            "",
        ] {
            assert!(!is_plain(&console, line) && run(&mut console, line).is_none(), "{line}");
        }
        let refused = "aws kinesis create-stream --stream-name clicks --shard-count 99999";
        assert!(!is_plain(&console, refused), "it has words");
        let created = "aws kinesis create-stream --stream-name clicks --shard-count 4";
        assert!(is_plain(&console, created));
        console.enter(created);
        assert!(!is_plain(&console, created), "a name is taken once");
        console.enter("export AWS_PROFILE=alice");
        assert!(!is_plain(&console, "lab wait 1s"), "a variable may matter");
    }

    #[test]
    fn the_scenario_of_the_first_view_is_plain() {
        let text = include_str!("../../www/scenarios/hot-shard.txt");
        let console = Console::default();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            assert!(is_plain(&console, line), "{line}");
        }
    }
}
