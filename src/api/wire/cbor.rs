//! Bodies of `application/x-amz-cbor-1.1`, which the Java SDK and what is built on it send.
//!
//! Blobs are byte strings. Moments are tag 1 with whole milliseconds since 1970 (recorded from the
//! real service), where RFC 8949 counts seconds.

mod read;
mod write;

pub use read::{check, read};
pub use write::write;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;
    use crate::api::model::Shape;
    use crate::api::value::{Fields, Value};
    use crate::api::wire::Unreadable;
    use crate::api::wire::scalar::{LIST_FOUND, STRUCTURE_FOUND};
    use crate::engine::time::Instant;

    fn shape(operation: &str) -> &'static Shape {
        &api::operation(operation).expect("an operation of the table").input
    }

    #[test]
    fn what_is_written_is_read_again() {
        let entry = Fields::new()
            .with("Data", Value::Blob(vec![0, 255, 7]))
            .with("PartitionKey", "주문-1".to_owned());
        let input = Fields::new()
            .with("Records", vec![entry.into()])
            .with("StreamName", "orders".to_owned());
        assert_eq!(read(shape("PutRecords"), &write(&input)), Ok(input));
        let moment = Instant::from_millis(1_459_799_926_480);
        let input = Fields::new().with("ShardId", "s".to_owned()).with("Timestamp", moment);
        let written = write(&input);
        let tagged = b"\x69Timestamp\xc1\x1b\x00\x00\x01\x53\xe2\xdb\x26\xd0";
        assert!(written.ends_with(tagged), "{written:02x?}");
        assert_eq!(read(shape("GetShardIterator"), &written), Ok(input));
        let tags = Value::Map(vec![("a".to_owned(), "1".to_owned())]);
        let input = Fields::new().with("ShardCount", 5_u32).with("Tags", tags);
        assert_eq!(read(shape("CreateStream"), &write(&input)), Ok(input));
    }

    #[test]
    fn lengths_may_be_open() {
        let body = b"\xbf\x64Data\x5f\x41a\x42bc\xff\x6cPartitionKey\x7f\x61x\x61y\xff\xff";
        let input = read(shape("PutRecord"), body).expect("well formed");
        assert_eq!(
            (input.blob("Data"), input.text("PartitionKey")),
            (Some(&b"abc"[..]), Some("xy"))
        );
        let body = b"\xbf\x67Records\x9f\xbf\x64Data\x40\xff\xf6\xff\xff";
        let input = read(shape("PutRecords"), body).expect("well formed");
        assert_eq!(input.list("Records").len(), 1);
    }

    #[test]
    fn unknown_members_are_skipped_however_they_look() {
        let body = b"\xa3\x61a\x82\x9f\x01\xff\xbf\x61b\xf6\xff\x61c\xf9\x3c\x00\x65Limit\x07";
        let input = read(shape("ListStreams"), body).expect("well formed");
        assert_eq!(input, Fields::new().with("Limit", 7_u32));
        for skipped in [
            &b"\x17"[..],
            b"\x18\xff",
            b"\x39\x01\x00",
            b"\x1a\x00\x00\x00\x01",
            b"\x3b\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\xf5",
            b"\xf8\x20",
            b"\xfa\x40\xb0\x00\x00",
            b"\xfb\x7f\xf0\x00\x00\x00\x00\x00\x00",
            b"\x42\xff\x00",
            b"\x5f\x41\xff\x40\xff",
            b"\x63abc",
            b"\x7f\x61a\x60\xff",
            b"\xc1\x1a\x00\x00\x00\x01",
        ] {
            let body = [b"\xa2\x61a", skipped, b"\x65Limit\x07"].concat();
            let input = read(shape("ListStreams"), &body).expect("well formed");
            assert_eq!(input.integer("Limit"), Some(7), "{skipped:02x?}");
            for end in 0..body.len() {
                let short = read(shape("ListStreams"), &body[..end]);
                assert_eq!(short, Err(Unreadable::Malformed), "{:02x?}", &body[..end]);
            }
        }
    }

    #[test]
    fn wrong_types_have_the_words_of_json() {
        for (operation, body, words) in [
            (
                "ListStreams",
                &b"\xa1\x65Limit\x615"[..],
                "class java.lang.String can not be converted to an Integer",
            ),
            ("ListStreams", b"\xa1\x65Limit\x81\x01", LIST_FOUND),
            ("ListStreams", b"\xa1\x65Limit\xa1\x61a\x01", STRUCTURE_FOUND),
            ("ListStreams", b"\x80", LIST_FOUND),
            ("PutRecords", b"\xa1\x67Records\x40", "Expected list or null"),
            (
                "PutRecord",
                b"\xa1\x6cPartitionKey\x41a",
                "class java.nio.HeapByteBuffer can not be converted to an String",
            ),
        ] {
            let read = read(shape(operation), body);
            assert_eq!(read, Err(Unreadable::WrongType(words.to_owned())));
        }
    }

    #[test]
    fn numbers_of_every_width_count() {
        for (number, limit) in [
            (&b"\x18\x63"[..], 99),
            (b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff", 2_147_483_647),
            (b"\x3b\xff\xff\xff\xff\xff\xff\xff\xff", i64::MIN),
            (b"\xf9\x45\x80", 5),
            (b"\xf9\xc5\x80", -6),
            (b"\xfa\x40\xb0\x00\x00", 5),
            (b"\xfb\x7f\xf0\x00\x00\x00\x00\x00\x00", 2_147_483_647),
        ] {
            let body = [b"\xa1\x65Limit", number].concat();
            let input = read(shape("ListStreams"), &body).expect("well formed");
            assert_eq!(input.integer("Limit"), Some(limit), "{number:02x?}");
        }
    }

    #[test]
    fn what_is_no_cbor_is_malformed() {
        let deep = [b"\xa1\x61a", &[0x81; 5_000][..]].concat();
        let open = [b"\xa1\x61a", &[0x9f; 5_000][..]].concat();
        for body in [
            &b""[..],
            b"\x01",
            b"\xa1",
            b"\xa0\x00",
            b"\xa1\x01\x02",
            b"\xa1\x65Limit",
            b"\xa1\x65Limit\xff",
            b"\xa1\x61a\xff",
            b"\xa1\x61a\xfc",
            b"\xa1\x61a\x1c",
            b"\xa1\x61a\x61\xff",
            b"\xa1\x61a\x5f\x61a\xff",
            b"\xbf\x61a\x01",
            b"\xa1\x65Limit\xf9\x00",
            b"\xa1\x64Data\x5b\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\xa1\x69NextToken\x61\xff",
            b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
            &deep,
            &open,
        ] {
            assert_eq!(read(shape("ListStreams"), body), Err(Unreadable::Malformed), "{body:02x?}");
        }
        assert_eq!(check(b"\xa1\x61a\xc1\x01"), Ok(()));
        assert_eq!(check(b"\xa1\x61a"), Err(Unreadable::Malformed));
    }
}
