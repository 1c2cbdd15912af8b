//! Links: what they hold comes back for ever, and nothing else does any harm.

mod reports;

use crate::everything;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use shardlab::engine::rng::Rng;
use shardlab::engine::time::Instant;
use shardlab::journal::{Entry, Journal};
use shardlab::share::link::{BYTES_MAX, BadLink, Clock, Codec, Named, Packed, RULES, Run, is_link};
use shardlab::sizing::{Choice, Form, KeyTexts, Report, Survey, Wishes, advice, sniff};
use std::fmt::Write;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

/// A run as a link, as the page writes one to be shared.
fn link_of(run: &Run) -> String {
    Packed { codec: Codec::Deflate, bytes: compress_to_vec(&run.pack(), 9) }.write()
}

/// What the page does with a link.
fn opened(link: &str) -> Result<Run, BadLink> {
    let packed = Packed::read(link)?;
    let bytes = match packed.codec {
        Codec::Plain => packed.bytes,
        Codec::Deflate => {
            let bytes = decompress_to_vec_with_limit(&packed.bytes, BYTES_MAX);
            bytes.map_err(|_| BadLink::Senseless)?
        }
    };
    Run::unpack(&bytes)
}

/// The run of a link, replayed to where its visitor was.
fn replayed(run: &Run) -> Journal {
    let mut world = run.world();
    for (name, data) in everything::datasets() {
        world.simulation_mut().command(|clients, _, _| clients.add_dataset(name, data));
    }
    let mut journal = Journal::new(world);
    journal.take_over(&run.entries, run.begun).expect("lines of a journal");
    journal.seek(run.reached);
    journal.seek(run.now);
    journal
}

fn end(journal: &Journal) -> (Instant, u64) {
    (journal.simulation().now(), journal.simulation().digest())
}

/// Lines of every kind that a visitor may add to a scenario.
const MORE: &str = include_str!("more_lines.txt");

#[test]
fn every_scenario_with_thirty_more_lines_fits_into_two_thousand_signs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/scenarios");
    let (mut lengths, mut luck) = (String::new(), Rng::seeded(5));
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut run = Run::of(&Journal::default());
        run.data = vec!["earthquakes".to_owned()];
        for line in lines.chain(MORE.lines()) {
            // Whoever types does so at any microsecond.
            run.reached += Duration::from_micros(luck.below(60_000_000));
            run.entries.push(Entry { at: run.reached, line: line.into(), status: 0 });
        }
        run.now = run.reached;
        let link = link_of(&run);
        writeln!(lengths, "{} {}", path.display(), link.len()).unwrap();
        assert_eq!(opened(&link), Ok(run));
        assert!(link.len() <= 2_000, "{lengths}");
    }
    assert_eq!(MORE.lines().count(), 30);
}

#[test]
fn random_runs_come_back_to_the_same_digest() {
    let lines: Vec<&str> = include_str!("everything.txt").lines().chain(MORE.lines()).collect();
    for seed in 0..12 {
        let mut luck = Rng::seeded(seed);
        let mut journal = everything::with_data();
        if luck.below(2) == 0 {
            journal.run(&format!("lab start --seed {seed} --at 201{}-05-06T07:08:09Z", seed % 10));
        }
        for _ in 0..=luck.below(25) {
            let line = lines[usize::try_from(luck.below(lines.len() as u64)).unwrap()];
            // Some lines enter one straight after the other, some become scripts.
            let line = match luck.below(5) {
                0 => format!("{line}\nsleep 3; echo done"),
                1 => format!("for i in 1 2 3; do {line}; sleep 2; done"),
                _ => line.to_owned(),
            };
            journal.enter(&line);
            if luck.below(2) == 0 {
                let pause = Duration::from_micros(luck.below(9_000_000));
                journal.advance(journal.simulation().now() + pause);
            }
            if luck.below(8) == 0 {
                let length = journal.simulation().now() - journal.begun();
                journal.seek(journal.begun() + length / 2);
            }
        }
        let run = Run::of(&journal);
        let back = opened(&link_of(&run)).expect("a link");
        assert_eq!(back, run);
        let other = replayed(&back);
        assert_eq!(end(&other), end(&journal), "seed {seed}: {:#?}", run.entries);
        assert_eq!((other.begun(), Run::of(&other)), (journal.begun(), run));
    }
}

#[test]
fn what_lines_print_is_heard_once_when_their_run_is_replayed() {
    let mut journal = everything::after(Duration::from_secs(5));
    let run = Run::of(&journal);
    let mut other = everything::with_data();
    other.take_over(&run.entries, run.begun).unwrap();
    other.seek(run.now);
    let heard = other.take_heard();
    assert_eq!(heard.iter().map(|(entry, _)| entry).collect::<Vec<_>>(), {
        journal.seek(run.now);
        journal.entries().iter().collect::<Vec<_>>()
    });
    assert!(heard.last().is_some_and(|(_, output)| output.stdout.contains("StreamNames")));
    other.seek(run.begun);
    other.seek(run.now);
    assert!(other.take_heard().is_empty());
}

#[test]
fn lines_that_no_journal_came_to_are_out_of_place() {
    let run = Run::of(&everything::after(Duration::from_secs(1)));
    let mut turned = run.entries.clone();
    turned.reverse();
    let early = run.begun.before(Duration::from_secs(1));
    for (entries, begun) in [(&turned, run.begun), (&run.entries, early)] {
        assert!(Journal::default().take_over(entries, begun).is_err());
    }
}

#[test]
fn a_line_that_comes_too_early_ends_the_replay() {
    let run = Run::of(&everything::after(Duration::from_secs(1)));
    let mut journal = everything::with_data();
    journal.take_over(&run.entries, run.begun).unwrap();
    journal.seek(run.begun + Duration::from_secs(11));
    journal.run("aws kinesis create-stream --stream-name mine --shard-count 1");
    let last = journal.entries().last().expect("a line");
    assert!(last.line.contains("mine") && journal.entries().len() < run.entries.len());
    let (now, digest) = end(&journal);
    journal.seek(run.begun);
    journal.seek(now);
    assert_eq!(end(&journal), (now, digest));
}

#[test]
fn a_file_travels_by_its_name_size_and_digest() {
    let (mut journal, records) = (Journal::default(), br#"[{"Data":"aGk=","PartitionKey":"a"}]"#);
    journal.add_file("unused.txt", *b"nobody names it");
    journal.add_file("two.json", *records);
    journal.run("aws kinesis create-stream --stream-name a --shard-count 1");
    journal.run("lab wait 10s");
    journal.run("aws kinesis put-records --stream-name a --records file://two.json");
    let run = opened(&link_of(&Run::of(&journal))).unwrap();
    assert_eq!(run.files, [Named::of("two.json", records)]);
    assert_eq!(run.files[0].digest_text(), "ef11385fac0b01db", "as md5sum says");
    let there: Vec<(String, Rc<[u8]>)> = vec![("renamed".into(), (*records).into())];
    assert_eq!((run.missing(&[]).len(), run.missing(&there).len()), (1, 0));
}

/// `tests/links.txt` is only ever added to: every link has to mean for ever what stands below it.
#[test]
fn every_link_ever_made_still_means_the_same() {
    let text = include_str!("../links.txt");
    let mut count = 0;
    for block in text.split("\n\n").filter(|block| !block.starts_with('#')) {
        let (link, meaning) = block.split_once('\n').expect("a link and what it means");
        let told = if Report::is_link(link) {
            reports::opened(link).map(|report| reports::told(&report))
        } else {
            opened(link).map(|run| told(&run))
        };
        let told = told.unwrap_or_else(|bad| format!("{bad:?}"));
        assert_eq!(told.trim_end(), meaning.trim_end(), "{link}");
        count += 1;
    }
    assert!(count >= 8, "the links are there");
}

/// A run, one thing a line.
fn told(run: &Run) -> String {
    let mut text = String::new();
    let [major, minor, patch] = run.made_by;
    let clock = if run.clock == Clock::Paused { "paused" } else { "playing" };
    let (seed, (simulated, viewed)) = (run.seed, run.speed);
    writeln!(text, "made by {major}.{minor}.{patch}, seed {seed}, from {}", run.origin).unwrap();
    writeln!(text, "{} until {}, now {}", run.begun, run.reached, run.now).unwrap();
    writeln!(text, "{clock} at {simulated}/{viewed}, data {:?}", run.data).unwrap();
    if run.rules > 0 {
        writeln!(text, "rules {}", run.rules).unwrap();
    }
    for file in &run.files {
        writeln!(text, "file {} {} {}", file.name, file.size, file.digest_text()).unwrap();
    }
    for entry in &run.entries {
        writeln!(text, "{} {:?}", entry.at, entry.line).unwrap();
    }
    text
}

/// What is added to `tests/links.txt` when there are other rules.
#[test]
fn a_link_says_which_rules_it_was_played_by() {
    let mut run = Run::of(&everything::after(Duration::from_secs(1)));
    assert_eq!(run.rules, RULES);
    let link = link_of(&run);
    assert_eq!(opened(&link).unwrap().rules, RULES);
    println!("{link}\n{}", told(&run));
    // Before rules were numbered, links ended with the texts.
    let mut bytes = run.pack();
    bytes.pop();
    run.rules = 0;
    assert_eq!(Run::unpack(&bytes), Ok(run.clone()));
    run.rules = u64::MAX;
    assert_eq!(opened(&link_of(&run)), Ok(run));
}

/// Rules: their number, then the digests of [`everything`] and of the first scenario by them.
#[test]
fn other_digests_are_those_of_other_rules() {
    let rows = include_str!("../rules.txt").lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<&str> = rows.collect();
    let scenario = include_str!("../scenario/digest.txt").trim_end();
    let now = format!("{RULES} {:016x} {scenario}", everything::DIGEST);
    assert_eq!(
        rows.last(),
        Some(&&*now),
        "Do the same lines lead elsewhere than before? Then raise `RULES` in src/share/link.rs and \
         add a row for them to tests/rules.txt. If only what is kept of a world has changed, and \
         nothing that happens in it, change the last row."
    );
    let numbers = rows.iter().map(|row| row.split(' ').next().unwrap().parse::<u64>().unwrap());
    assert!(numbers.eq(1..=RULES), "every number once");
}

/// Answers of the data lab as links, to be added to `tests/links.txt`.
fn reports() -> Vec<String> {
    let mut rows = "user,at\n".to_owned();
    for row in 0..6_000_u32 {
        let key = if row % 3 == 0 { "hot".to_owned() } else { format!("u{}", row % 90) };
        writeln!(rows, "{key},{}", 1_700_000_000 + row / 3_000).unwrap();
    }
    rows.push_str("none\n,1700000000\n\"open,1\nlate,soon\n");
    let quakes = include_str!("../../www/data/earthquakes.csv");
    let report = |file: &str, choice: fn(&Form) -> Choice, wishes: Wishes, texts| {
        let form = sniff(file.as_bytes()).unwrap();
        let choice = choice(&form);
        let mut survey = Survey::new(&form, choice);
        survey.feed(file.as_bytes());
        let findings = survey.finish();
        let advice = advice(&findings, &wishes);
        let report = Report::of(&form, choice, &findings, &advice).with(texts);
        let link = Report::link(&Packed {
            codec: Codec::Deflate,
            bytes: compress_to_vec(&report.pack(), 9),
        });
        assert_eq!(reports::opened(&link), Ok(report));
        link
    };
    let wishes = Wishes { shared: 3, fan_out: 2, retention_hours: 200, ..Wishes::default() };
    let bare = |form: &Form| Choice { time: None, key: None, ..Choice::of(form) };
    vec![
        report(&rows, Choice::of, wishes, KeyTexts::Told),
        report(&rows, Choice::of, wishes, KeyTexts::Withheld),
        report(quakes, Choice::of, Wishes::default(), KeyTexts::Told),
        report(quakes, bare, Wishes::default(), KeyTexts::Told),
    ]
}

#[test]
fn answers_come_back_from_their_links() {
    for link in reports() {
        let report = reports::opened(&link).expect("a link");
        let told = reports::told(&report);
        assert!(told.contains("shards, ") && told.contains("rate "), "{told}");
        // What `tests/links.txt` is added to with.
        println!("{link}\n{told}");
    }
}

#[test]
fn a_cut_or_altered_link_says_so() {
    let link = link_of(&Run::of(&everything::after(Duration::from_secs(1))));
    for cut in 0..link.len() {
        let bad = opened(&link[..cut]).expect_err("a part is no link");
        assert_eq!(bad, BadLink::Altered, "{cut}");
    }
    for at in 2..link.len() {
        let mut bytes = link.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(bytes).unwrap();
        assert_eq!(opened(&altered), Err(BadLink::Altered), "{at}");
    }
    assert_eq!(opened(&link.replacen('1', "2", 1)), Err(BadLink::Newer));
    assert_eq!(opened(&"1:A".repeat(3 << 20)), Err(BadLink::TooLong));
    assert!(opened(&format!("#{link}).")).is_ok(), "a sentence around it does no harm");
    assert!(opened(&link.replacen(':', "%3A", 1)).is_ok(), "nor does a careful messenger");
    assert!(is_link("#1:x") && is_link("12:") && !is_link("#console") && !is_link("a:b"));
}

#[test]
fn hostile_links_are_refused_in_bounded_time_and_memory() {
    let run = Run::of(&everything::after(Duration::from_secs(1)));
    let good = run.pack();
    let mut luck = Rng::seeded(3);
    let mut refused = 0;
    for _ in 0..20_000 {
        let mut bytes = good.clone();
        for _ in 0..=luck.below(6) {
            let at = usize::try_from(luck.below(bytes.len() as u64)).unwrap();
            // Most numbers stand at the beginning.
            let at = if luck.below(2) == 0 { at % 40 } else { at };
            match luck.below(4) {
                0 => bytes.truncate(at.max(1)),
                1 => bytes.insert(at, 0xff),
                _ => {
                    let last = bytes.len() - 1;
                    bytes[at.min(last)] = luck.below(256).to_le_bytes()[0];
                }
            }
        }
        let packed = Packed { codec: Codec::Plain, bytes };
        match opened(&packed.write()) {
            Ok(run) => drop(Journal::default().take_over(&run.entries, run.begun)),
            Err(bad) => {
                assert_eq!(bad, BadLink::Senseless);
                refused += 1;
            }
        }
    }
    assert!(refused > 5_000, "{refused}");
    // A bomb: 4 MiB and more out of a few kilobytes.
    let bomb = Packed { codec: Codec::Deflate, bytes: compress_to_vec(&vec![0; 9 << 20], 9) };
    assert!(bomb.bytes.len() < 20_000);
    assert_eq!(opened(&bomb.write()), Err(BadLink::Senseless));
    // Words that unfold to far more than they are.
    let mut many = good[..20].to_vec();
    many.extend([0xff, 107].repeat(1 << 20));
    assert!(Run::unpack(&many).is_err());
    assert_eq!(Run::unpack(&vec![0; BYTES_MAX + 1]), Err(BadLink::TooLong));
}
