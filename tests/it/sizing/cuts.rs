//! A file is the same wherever it is cut.

use super::{skewed, survey, written};
use crate::property::check;
use proptest::collection::vec;
use proptest::prelude::*;
use shardlab::sizing::{
    Choice, Encoding, Findings, Form, Header, KeyTexts, Report, Shape, Wishes, advice, sniff,
};

/// All that can be told apart.
fn all_of(form: &Form, choice: Choice, findings: &Findings) -> (Report, Vec<String>) {
    let advice = advice(findings, &Wishes::default());
    let steps = findings.steps().map(|step| format!("{step:?}")).collect();
    (Report::of(form, choice, findings, &advice).with(KeyTexts::Told), steps)
}

/// Fed in chunks of these sizes, over and over.
fn in_chunks(file: &[u8], form: &Form, choice: Choice, sizes: &[usize]) -> (Report, Vec<String>) {
    let mut survey = shardlab::sizing::Survey::new(form, choice);
    let (mut rest, mut sizes) = (file, sizes.iter().cycle());
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.len().min(*sizes.next().unwrap()));
        survey.feed(chunk);
        rest = after;
    }
    all_of(form, choice, &survey.finish())
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
        assert!(whole.0.bad.is_empty() && whole.0.total.records > 20);
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
