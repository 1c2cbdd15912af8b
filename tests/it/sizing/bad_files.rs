//! Files that are not what they should be: a clear word, and what can be read is used.

use super::survey;
use shardlab::sizing::{
    Choice, Encoding, Findings, Header, Packing, Reason, Shape, Tables, Unreadable, sniff, sniff_as,
};

/// Reasons with how many rows and which lines.
fn bad(findings: &Findings) -> Vec<(Reason, u64, &[u64])> {
    findings.facts.bad.iter().map(|bad| (bad.reason, bad.rows, bad.lines.as_slice())).collect()
}

fn found(file: &[u8]) -> Findings {
    let form = sniff(file).unwrap();
    survey(file, &form, Choice::of(&form), 1_000)
}

#[test]
fn what_cannot_be_read_is_called_what_it_is() {
    let cases: [(&[u8], Unreadable); 15] = [
        (b"", Unreadable::Empty),
        (b" \r\n\n\t", Unreadable::Empty),
        (b"\xef\xbb\xbf", Unreadable::Empty),
        (b"user,at\n", Unreadable::HeaderOnly),
        (b"\x1f\x8b\x08\0\0", Unreadable::Packed(Packing::Gzip)),
        (b"PK\x03\x04xl/workbook.xml", Unreadable::Packed(Packing::Zip)),
        (b"\x28\xb5\x2f\xfd", Unreadable::Packed(Packing::Zstd)),
        (b"BZh91AY", Unreadable::Packed(Packing::Bzip2)),
        (b"PAR1\x15\x04", Unreadable::Tables(Tables::Parquet)),
        (b"Obj\x01\x04", Unreadable::Tables(Tables::Avro)),
        (b"SQLite format 3\0", Unreadable::Tables(Tables::Sqlite)),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Unreadable::Binary),
        (b"a,b\n\x01\x02\x03,\x04\x05\n", Unreadable::Binary),
        (b"[\n  {\"user\": \"ann\"},\n  {\"user\": \"bob\"}\n]\n", Unreadable::JsonDocument),
        (b"{\n  \"users\": []\n}\n", Unreadable::JsonDocument),
    ];
    for (file, expected) in cases {
        assert_eq!(sniff(file), Err(expected), "{:?}", String::from_utf8_lossy(file));
    }
}

#[test]
fn bad_rows_are_counted_with_their_lines_and_the_rest_is_used() {
    let file = "user,at,note\nann,1700000000,x\nbob,soon,x\n,1700000000,x\nann,1700000001\n\n\
                \"a\"b,1700000000,x\nann,,x\nann,1700000009,\"y\nz\"\nann,1700000002,\"open\n\
                bob,1700000003,x\n";
    let long = format!("{}{},1700000004,x\n", file, "k".repeat(257));
    let findings = found(long.as_bytes());
    assert_eq!(
        bad(&findings),
        [
            (Reason::Cells, 1, &[5][..]),
            (Reason::Quotes, 2, &[7, 11]),
            (Reason::NoKey, 1, &[4]),
            (Reason::LongKey, 1, &[13]),
            (Reason::Time, 2, &[3, 8]),
        ]
    );
    assert_eq!((findings.facts.total.records, findings.facts.lines), (3, 13));
    let latin = b"user,at\nann,1700000000\nJos\xe9,1700000001\nbob,1700000002\n";
    let findings = found(latin);
    assert_eq!(bad(&findings), [(Reason::Encoding, 1, &[3][..])]);
    assert_eq!(findings.facts.total.records, 2);
    let json = b"{\"user\":\"ann\",\"at\":1700000000}\n{\"user\":\n{\"at\":1700000000}\n[]\n";
    let findings = found(json);
    assert_eq!(bad(&findings), [(Reason::Json, 2, &[2, 4][..]), (Reason::NoKey, 1, &[3])]);
}

#[test]
fn of_many_bad_rows_the_first_are_named() {
    let file = format!("user,at\nann,1700000000\n{}", "bob,soon\n".repeat(1_000));
    let form = sniff(file.as_bytes()).unwrap();
    let choice = Choice { key: Some(0), time: Some(1), ..Choice::of(&form) };
    let findings = survey(file.as_bytes(), &form, choice, 999);
    assert_eq!(bad(&findings), [(Reason::Time, 1_000, &[3, 4, 5, 6, 7][..])]);
    assert_eq!(findings.facts.total.records, 1);
}

#[test]
fn a_wrong_delimiter_shows_and_can_be_said() {
    let file = b"user;at;note\nann;1700000000;a, b\nbob;1700000001;c\n";
    assert_eq!(sniff(file).unwrap().shape, Shape::Csv { delimiter: b';' });
    let comma = Some(Shape::Csv { delimiter: b',' });
    let wrong = sniff_as(file, comma, Some(Header::Present)).unwrap();
    assert_eq!(wrong.columns.len(), 1);
    assert_eq!(wrong.columns[0].name, "user;at;note");
    let findings = survey(file, &wrong, Choice::of(&wrong), 5);
    assert_eq!(bad(&findings), [(Reason::Cells, 1, &[2][..])]);
    let right = sniff_as(file, Some(Shape::Csv { delimiter: b';' }), None).unwrap();
    assert_eq!((right.key, right.time, right.header), (Some(0), Some(1), Header::Present));
}

#[test]
fn headers_are_told_from_data() {
    let cases: [(&str, Header, &[&str]); 6] = [
        ("user,at\nann,1\nbob,2\n", Header::Present, &["user", "at"]),
        ("ann,1\nbob,2\nann,3\n", Header::Absent, &["1", "2"]),
        ("name|city\nann|Rome\nbob|Bonn\n", Header::Present, &["name", "city"]),
        ("1;2\n3;4\n", Header::Absent, &["1", "2"]),
        ("id\n7\n8\n", Header::Present, &["id"]),
        ("GET\tann\nPUT\tbob\nGET\tbob\n", Header::Absent, &["1", "2"]),
    ];
    for (file, header, names) in cases {
        let form = sniff(file.as_bytes()).unwrap();
        let found: Vec<&str> = form.columns.iter().map(|column| &*column.name).collect();
        assert_eq!((form.header, &found[..]), (header, names), "{file}");
    }
}

#[test]
fn logs_and_utf_16_are_seen() {
    let log =
        b"10.0.0.1 - - [20/Nov/2026:12:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"curl\"\n";
    let form = sniff(log).unwrap();
    assert_eq!((form.shape, form.columns.len()), (Shape::Plain, 9));
    assert_eq!(form.columns[form.key.unwrap() as usize].name, "host");
    assert_eq!(form.columns[form.time.unwrap() as usize].name, "time");
    let log =
        b"2026-11-20 12:00:00,123 WARN main hot, hotter\n2026-11-20 12:00:01,004 INFO main x\n";
    let form = sniff(log).unwrap();
    assert_eq!((form.shape, form.time), (Shape::Plain, Some(0)));
    let text = "user,at\nann,1700000000\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(sniff(&wide).unwrap().encoding, Encoding::Utf16Be);
}

#[test]
fn one_huge_line_takes_no_memory_and_hides_nothing_behind_it() {
    let mut file = b"user,at\nann,1700000000\nbob,1700000001,".to_vec();
    file.resize(file.len() + (30 << 20), b'x');
    file.extend_from_slice(b"\ncid,1700000002\n");
    let form = sniff(&file).unwrap();
    let held = allocation_counter::measure(|| {
        let findings = survey(&file, &form, Choice::of(&form), 1 << 16);
        assert_eq!(bad(&findings), [(Reason::Size, 1, &[3][..])]);
        assert_eq!((findings.facts.total.records, findings.facts.lines), (2, 4));
    });
    assert!(held.bytes_max < 4 << 20, "{} bytes", held.bytes_max);
    let all = vec![b'x'; 3 << 20];
    let form = sniff(&all).unwrap();
    assert_eq!(bad(&survey(&all, &form, Choice::of(&form), 1 << 16)).len(), 1);
}
