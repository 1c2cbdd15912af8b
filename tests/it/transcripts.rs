//! Recorded console sessions: every line of `tests/transcripts` is entered and its output compared.
//!
//! `UPDATE_EXPECT=1 cargo test transcripts` writes the outputs anew; the diff is the review.
//! `<ShardIterator>` in a line stands for the last value of that name that was printed.

use expect_test::expect_file;
use shardlab::console::Output;
use shardlab::console::output::Stream;
use shardlab::console::shell::is_unfinished;
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use shardlab::journal::Journal;
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
        let world = session.journal.simulation_mut();
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
        let more = lines_of(&command, lines.clone());
        for line in lines.by_ref().take(more) {
            command.extend(["\n", line]);
        }
        played.extend(["$ ", &command, "\n", &session.enter(&command)]);
        after_comment = false;
    }
    played
}

/// How many of the following lines belong to a command: a loop, or a line that goes on.
fn lines_of(command: &str, following: std::str::Lines<'_>) -> usize {
    let mut text = command.to_owned();
    for (count, line) in following.take_while(|line| !line.starts_with("$ ")).enumerate() {
        if !is_unfinished(&text) {
            return count;
        }
        text.extend(["\n", line]);
    }
    0
}

/// A journal, and what it has printed by name.
#[derive(Default)]
struct Session {
    journal: Journal,
    printed: BTreeMap<String, String>,
}

impl Session {
    /// Enters a line and waits as long as it takes; what a terminal shows of it.
    fn enter(&mut self, line: &str) -> String {
        let mut line = line.to_owned();
        for (name, value) in &self.printed {
            line = line.replace(&format!("<{name}>"), value);
        }
        let output = self.journal.run(&line);
        self.journal.drop_news();
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
    let mut shown = String::new();
    for (stream, text) in output.parts() {
        match stream {
            Stream::Out => shown.extend(text.lines().map(masked)),
            Stream::Err => shown.extend([text.trim_matches('\n'), "\n"]),
        }
    }
    if output.status != 0 {
        shown.extend(["[exit status ", &output.status.to_string(), "]\n"]);
    }
    shown
}
