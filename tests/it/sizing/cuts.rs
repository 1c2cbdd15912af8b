//! A file is the same wherever it is cut.

use super::{skewed, survey, written};
use crate::property::check;
use proptest::collection::vec;
use proptest::prelude::*;
use shardlab::sizing::{
    Choice, Count, Encoding, Findings, Form, Header, KeyTexts, Report, Shape, Survey, Turns,
    Wishes, advice, advice_in_turns, sniff,
};
use std::cell::Cell;
use std::fmt::Write;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// All that can be told apart.
fn all_of(form: &Form, choice: Choice, findings: &Findings) -> (Report, Vec<String>) {
    let advice = advice(findings, &Wishes::default());
    let steps = findings.steps().map(|step| format!("{step:?}")).collect();
    (Report::of(form, choice, findings, &advice).with(KeyTexts::Told), steps)
}

/// Fed in chunks of these sizes, over and over.
fn in_chunks(file: &[u8], form: &Form, choice: Choice, sizes: &[usize]) -> (Report, Vec<String>) {
    let mut survey = Survey::new(form, choice);
    let (mut rest, mut sizes) = (file, sizes.iter().cycle());
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.len().min(*sizes.next().unwrap()));
        survey.feed(chunk);
        rest = after;
    }
    all_of(form, choice, &survey.finish())
}

/// Fed with pauses, none of which is over when it is first asked.
fn in_turns(file: &[u8], form: &Form, choice: Choice, step: usize) -> (Report, Vec<String>) {
    let mut pauses = 0_usize;
    let count = Cell::new(0_usize);
    let turns = Turns::new(async || {
        count.set(count.get() + 1);
        let mut polls = 0;
        poll_fn(|_| {
            polls += 1;
            if polls > 1 { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    });
    let work = async {
        let mut survey = Survey::new(form, choice);
        for chunk in file.chunks(step) {
            survey.feed_in_turns(chunk, &turns).await;
        }
        let findings = survey.finish_in_turns(&turns).await;
        let advice = advice_in_turns(&findings, &Wishes::default(), &turns).await;
        let steps = findings.steps().map(|step| format!("{step:?}")).collect();
        (Report::of(form, choice, &findings, &advice).with(KeyTexts::Told), steps)
    };
    let mut work = pin!(work);
    loop {
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(all) => {
                assert_eq!(count.get(), pauses);
                assert!(pauses >= file.len() / (1 << 20), "{pauses} pauses");
                return all;
            }
            Poll::Pending => pauses += 1,
        }
    }
}

/// Rows of two columns.
fn rows(count: u32, row: impl Fn(u32) -> (String, u64)) -> String {
    let mut file = "user,at\n".to_owned();
    for number in 0..count {
        let (key, secs) = row(number);
        writeln!(file, "{key},{secs}").unwrap();
    }
    file
}

#[test]
fn a_file_with_more_than_is_remembered_is_the_same_wherever_it_is_cut() {
    // More keys, and more pairs of key and second, than are kept; every ninth row is of one key.
    let many = rows(2_300_000, |row| {
        let key = if row % 9 == 0 { "hot".to_owned() } else { format!("{row:x}") };
        (key, 1_700_000_000 + u64::from(row) / 700 + u64::from(row % 3))
    });
    // More pages of seconds than are kept.
    let wide = rows(40_000, |row| {
        let secs = u64::from(row).wrapping_mul(2_654_435_761) % (90 * 86_400);
        (format!("{}", row % 500), 1_700_000_000 + secs)
    });
    for (file, step_secs) in [(many, 1), (wide, 10)] {
        let form = sniff(file.as_bytes()).unwrap();
        let choice = Choice::of(&form);
        let whole = in_chunks(file.as_bytes(), &form, choice, &[usize::MAX]);
        let (keys, time) =
            (whole.0.facts.keys.as_ref().unwrap(), whole.0.facts.time.as_ref().unwrap());
        assert_eq!(time.step_secs, step_secs);
        let records: u64 = whole.0.slices.iter().map(|slice| slice.load.records).sum();
        assert_eq!(records, whole.0.facts.total.records);
        if step_secs == 1 {
            assert!(matches!(keys.distinct, Count::About { .. }) && time.steps_without_keys > 0);
            assert_eq!(keys.hottest[0].text.as_deref(), Some("hot"));
            assert_eq!(keys.hottest[0].load.records, 2_300_000_u64.div_ceil(9));
            assert_eq!(keys.hottest[0].missed_max, 0);
        }
        assert_eq!(in_turns(file.as_bytes(), &form, choice, 70_001), whole);
    }
}

#[test]
fn a_good_file_is_the_same_wherever_it_is_cut() {
    let rows = skewed(6, 12);
    let (text, _) = written(&rows, "user,note,at\n", &["\r\n", "\n", "\r"], |key, at, note| {
        format!("{key},\"{}\r\n\",{}", note.replace('"', "\"\""), at.millis())
    });
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for file in [text.as_bytes(), &utf16] {
        let form = sniff(file).unwrap();
        let choice = Choice::of(&form);
        let whole = all_of(&form, choice, &survey(file, &form, choice, file.len()));
        assert!(whole.0.facts.bad.is_empty() && whole.0.facts.total.records > 20);
        for step in (1..40).chain([97, 1_000]) {
            let cut = all_of(&form, choice, &survey(file, &form, choice, step));
            assert_eq!(cut, whole, "in steps of {step}");
        }
    }
}

/// Pieces of files, good and bad, for all shapes.
const PIECES: &[&str] = &[
    "a",
    "b",
    ",",
    ";",
    "\"",
    "\"\"",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    " ",
    "é",
    "\u{1f600}",
    "1700000000",
    "1700000001500",
    "2023-11-14 22:13:20",
    "ann,1700000000\n",
    "\"x\ny\",1700000002\n",
    "[",
    "]",
    "{\"a\":\"ann\",\"b\":1700000000}\n",
    "{\"a\":1}\r\n",
    "14/Nov/2023:22:13:20 +0000",
    "\\",
    "\u{0}",
    "\"open,1\n",
    "ann\t1700000003\n",
];

#[test]
fn any_file_is_the_same_wherever_it_is_cut() {
    let form = |shape, encoding, header| {
        let column = |name: &str| shardlab::sizing::Column {
            name: name.to_owned(),
            samples: Vec::new(),
            kind: shardlab::sizing::ColumnKind::Text,
        };
        let columns = vec![column("a"), column("b")];
        Form { encoding, shape, header, columns, key: Some(0), time: Some(1) }
    };
    let shapes = [Shape::Csv { delimiter: b',' }, Shape::Ndjson, Shape::Plain];
    let encodings = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be];
    let headers = [Header::Present, Header::Absent];
    let pieces = vec((0..PIECES.len(), any::<u8>()), 0..60);
    let inputs = (0..3_usize, 0..3_usize, 0..2_usize, pieces, vec(1..9_usize, 1..5), 0..2_u32);
    check(2_000, inputs, |(shape, encoding, header, pieces, sizes, small)| {
        let mut file = Vec::new();
        for (piece, byte) in pieces {
            match (encodings[encoding], byte) {
                // Now and then something that is no text.
                (_, 0..4) => file.push(byte | 0xf0),
                (Encoding::Utf8, _) => file.extend_from_slice(PIECES[piece].as_bytes()),
                (Encoding::Utf16Le, _) => {
                    file.extend(PIECES[piece].encode_utf16().flat_map(u16::to_le_bytes));
                }
                (Encoding::Utf16Be, _) => {
                    file.extend(PIECES[piece].encode_utf16().flat_map(u16::to_be_bytes));
                }
            }
        }
        let form = form(shapes[shape], encodings[encoding], headers[header]);
        // Rows of more than no KiB at all are too large.
        let choice = Choice { record_kib_max: small * 1_024, ..Choice::of(&form) };
        let whole = in_chunks(&file, &form, choice, &[usize::MAX]);
        assert_eq!(in_chunks(&file, &form, choice, &sizes), whole);
        assert_eq!(in_chunks(&file, &form, choice, &[1]), whole);
    });
}
