//! Recorded console sessions: every line of `tests/transcripts` is entered and its output compared.
//!
//! `UPDATE_EXPECT=1 cargo test transcripts` writes the outputs anew; the diff is the review.
//! `<ShardIterator>` in a line stands for the last value of that name that was printed.

use expect_test::expect_file;
use shardlab::console::{Console, Output};
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

#[test]
fn sessions_go_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let files = std::fs::read_dir(&folder).expect("the folder of transcripts");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "there are transcripts");
    let library = DATA.map(|(name, text)| {
        (ClientName::new(name).unwrap(), Rc::new(Dataset::read(text).unwrap()))
    });
    for path in paths {
        let recorded = std::fs::read_to_string(&path).expect("a transcript is text");
        expect_file![path].assert_eq(&play(&recorded, &library));
    }
}

/// The data sets that every session can replay.
const DATA: [(&str, &str); 2] = [
    ("earthquakes", include_str!("../../www/data/earthquakes.csv")),
    ("flights", include_str!("../../www/data/flights.csv")),
];

/// Plays a transcript in a fresh world: comments stay, outputs are made again.
fn play(recorded: &str, library: &[(ClientName, Rc<Dataset>)]) -> String {
    let mut session = Session::default();
    for (name, data) in library {
        let world = session.console.simulation_mut();
        world.command(|clients, _, _| clients.add_dataset(name.clone(), data.clone()));
    }
    let mut played = String::new();
    let mut lines = recorded.lines();
    let mut after_comment = true;
    while let Some(line) = lines.next() {
        if line.starts_with("# ") {
            if !after_comment {
                played.push('\n');
            }
            played.extend([line, "\n"]);
            after_comment = true;
        }
        let Some(first) = line.strip_prefix("$ ") else { continue };
        let mut command = first.to_owned();
        while command.ends_with('\\') {
            command.extend(["\n", lines.next().expect("a line that goes on")]);
        }
        played.extend(["$ ", &command, "\n", &session.enter(&command)]);
        after_comment = false;
    }
    played
}

/// A console, and what it has printed by name.
#[derive(Default)]
struct Session {
    console: Console,
    printed: BTreeMap<String, String>,
}

impl Session {
    /// Enters a line and waits as long as it asks to; what a terminal shows of it.
    fn enter(&mut self, line: &str) -> String {
        let mut line = line.to_owned();
        for (name, value) in &self.printed {
            line = line.replace(&format!("<{name}>"), value);
        }
        let output = self.console.enter(&line);
        let world = self.console.simulation_mut();
        if let Some(wait) = output.wait {
            world.advance(world.now() + wait);
        }
        world.drop_events();
        for printed in output.stdout.lines() {
            let printed = printed.trim().trim_end_matches(',');
            if let Some((name, value)) = printed.split_once(": ") {
                let [name, value] = [name, value].map(|text| text.trim_matches('"').to_owned());
                self.printed.insert(name, value);
            }
        }
        shown(&output)
    }
}

/// Real tokens are long and opaque: only their beginning is recorded.
fn masked(line: &str) -> String {
    match line.split_once(TOKEN) {
        Some((before, token)) => {
            let after = token.find('"').map_or("", |end| &token[end..]);
            format!("{before}{TOKEN}…{after}\n")
        }
        None => format!("{line}\n"),
    }
}

/// How every shard iterator begins.
const TOKEN: &str = "AAAAAAAAAA";

/// What a terminal shows, and the exit status if it says that something went wrong.
fn shown(output: &Output) -> String {
    let mut shown: String = output.stdout.lines().map(masked).collect();
    if !output.stderr.is_empty() {
        shown.extend([output.stderr.trim_matches('\n'), "\n"]);
    }
    if output.status != 0 {
        shown.extend(["[exit status ", &output.status.to_string(), "]\n"]);
    }
    shown
}
