//! Bodies of `application/x-amz-cbor-1.1`, which the Java SDK and what is built on it send.
//!
//! Blobs are byte strings. Moments are tag 1 with whole milliseconds since 1970 (recorded from the
//! real service), where RFC 8949 counts seconds.

use std::convert::Infallible;

use minicbor::data::{Tag, Type};
use minicbor::{Decoder, Encoder, decode, encode};

use super::Unreadable;
use super::scalar::{self, LIST_FOUND, STRUCTURE_FOUND, Scalar};
use crate::api::model::{Kind, Shape};
use crate::api::value::{Fields, Value};
use crate::engine::time::Instant;

/// How deep the lists and maps of members that nobody knows may lie in each other.
const DEPTH_MAX: u32 = 64;
/// The tag of a moment.
const MOMENT: Tag = Tag::new(1);

/// Reads the members of `shape` from a CBOR map, as [`json::read`](super::json::read) does from
/// JSON. Lengths may be left open.
pub fn read(shape: &'static Shape, body: &[u8]) -> Result<Fields, Unreadable> {
    let mut reader = Reader { decoder: Decoder::new(body), wrong: None };
    let found = match reader.decoder.datatype()? {
        Type::Map | Type::MapIndef | Type::Array | Type::ArrayIndef => {
            reader.value(&Kind::Structure(shape))?
        }
        _ => return Err(Unreadable::Malformed),
    };
    reader.must_be_at_end()?;
    match (reader.wrong, found) {
        (Some(wrong), _) => Err(Unreadable::WrongType(wrong)),
        (None, Value::Fields(fields)) => Ok(fields),
        (None, _) => Err(Unreadable::Malformed),
    }
}

/// Whether `body` is CBOR, whatever it holds.
pub fn check(body: &[u8]) -> Result<(), Unreadable> {
    let mut reader = Reader { decoder: Decoder::new(body), wrong: None };
    reader.skip(DEPTH_MAX)?;
    reader.must_be_at_end()
}

/// Writes an answer.
pub fn write(fields: &Fields) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    write_fields(&mut encoder, fields).expect("a vector can always grow");
    encoder.into_writer()
}

/// A body, and the first value of a wrong type.
struct Reader<'a> {
    decoder: Decoder<'a>,
    wrong: Option<String>,
}

type Read<T> = Result<T, Unreadable>;

impl From<decode::Error> for Unreadable {
    fn from(_: decode::Error) -> Self {
        Self::Malformed
    }
}

impl Reader<'_> {
    fn value(&mut self, kind: &Kind) -> Read<Value> {
        while self.decoder.datatype()? == Type::Tag {
            self.decoder.tag()?;
        }
        match self.decoder.datatype()? {
            Type::Null | Type::Undefined => {
                self.skip_number()?;
                Ok(Value::Null)
            }
            Type::Bool => {
                let flag = self.decoder.bool()?;
                Ok(self.scalar(kind, Scalar::Boolean(flag)))
            }
            Type::String | Type::StringIndef => {
                let text = self.text()?;
                Ok(self.scalar(kind, Scalar::Text(&text)))
            }
            Type::Bytes | Type::BytesIndef => self.bytes(kind),
            Type::Array | Type::ArrayIndef => self.list(kind),
            Type::Map | Type::MapIndef => self.map(kind),
            _ => self.number(kind),
        }
    }

    /// The value of a scalar; after a wrong type the body is read on, for its syntax.
    fn scalar(&mut self, kind: &Kind, found: Scalar) -> Value {
        scalar::read(kind, found).unwrap_or_else(|wrong| self.say(wrong))
    }

    fn say(&mut self, wrong: String) -> Value {
        self.wrong.get_or_insert(wrong);
        Value::Null
    }

    fn number(&mut self, kind: &Kind) -> Read<Value> {
        let found = match self.decoder.datatype()? {
            Type::F16 => Scalar::Fraction(self.half()?),
            Type::F32 => Scalar::Fraction(self.decoder.f32()?.into()),
            Type::F64 => Scalar::Fraction(self.decoder.f64()?),
            _ => {
                let number = i128::from(self.decoder.int()?);
                let end = if number < 0 { i64::MIN } else { i64::MAX };
                Scalar::Whole(i64::try_from(number).unwrap_or(end))
            }
        };
        // Where a moment is expected, a number counts milliseconds, tagged or not.
        #[expect(clippy::cast_possible_truncation, reason = "out of range becomes the nearest end")]
        let millis = match (kind, found) {
            (Kind::Timestamp, Scalar::Whole(millis)) => millis,
            (Kind::Timestamp, Scalar::Fraction(millis)) => millis.round() as i64,
            _ => return Ok(self.scalar(kind, found)),
        };
        Ok(Value::Timestamp(Instant::from_millis(millis.max(0).unsigned_abs())))
    }

    /// A number of 16 bits: sign, 5 bits of exponent, 10 of fraction.
    fn half(&mut self) -> Read<f64> {
        let at = self.decoder.position() + 1;
        let Some(&[high, low]) = self.decoder.input().get(at..at + 2) else {
            return Err(Unreadable::Malformed);
        };
        self.decoder.set_position(at + 2);
        let bits = u16::from_be_bytes([high, low]);
        let (exponent, fraction) = (bits >> 10 & 0x1f, f64::from(bits & 0x3ff));
        let size = match exponent {
            0 => fraction / 1_024.0 / 16_384.0,
            31 if fraction == 0.0 => f64::INFINITY,
            31 => f64::NAN,
            exponent => (1.0 + fraction / 1_024.0) * f64::from(1_u32 << exponent) / 32_768.0,
        };
        Ok(if bits >> 15 == 1 { -size } else { size })
    }

    fn text(&mut self) -> Read<String> {
        let parts = self.decoder.str_iter()?;
        Ok(parts.collect::<Result<String, _>>()?)
    }

    fn bytes(&mut self, kind: &Kind) -> Read<Value> {
        let mut parts = self.decoder.bytes_iter()?;
        let mut bytes = Vec::new();
        for part in &mut parts {
            bytes.extend_from_slice(part?);
        }
        // What is expected anyway is not copied once more.
        Ok(match kind {
            Kind::Blob { .. } => Value::Blob(bytes),
            _ => self.scalar(kind, Scalar::Bytes),
        })
    }

    fn list(&mut self, kind: &Kind) -> Read<Value> {
        let length = self.decoder.array()?;
        let Kind::List { of, .. } = kind else {
            self.each(length, |reader| reader.skip(DEPTH_MAX))?;
            return Ok(self.say(LIST_FOUND.to_owned()));
        };
        let mut items = Vec::new();
        self.each(length, |reader| {
            let item = reader.value(of)?;
            if !matches!(item, Value::Null) {
                items.push(item);
            }
            Ok(())
        })?;
        Ok(Value::List(items))
    }

    fn map(&mut self, kind: &Kind) -> Read<Value> {
        let length = self.decoder.map()?;
        match kind {
            Kind::Structure(shape) => self.structure(shape, length).map(Value::Fields),
            Kind::Map { .. } => self.entries(length),
            _ => {
                self.each(length, |reader| reader.skip_entry(DEPTH_MAX))?;
                Ok(self.say(STRUCTURE_FOUND.to_owned()))
            }
        }
    }

    fn structure(&mut self, shape: &Shape, length: Option<u64>) -> Read<Fields> {
        let mut fields = Fields::with_room(shape.members.len());
        self.each(length, |reader| {
            let name = reader.text()?;
            let Some(param) = shape.member(&name) else { return reader.skip(DEPTH_MAX) };
            let value = reader.value(&param.kind)?;
            if !matches!(value, Value::Null) || fields.member(param.name).is_some() {
                fields.set(param.name, value);
            }
            Ok(())
        })?;
        Ok(fields)
    }

    fn entries(&mut self, length: Option<u64>) -> Read<Value> {
        const TEXT: Kind = Kind::Text { min: 0, max: u32::MAX, pattern: None };
        let mut entries: Vec<(String, String)> = Vec::new();
        self.each(length, |reader| {
            let key = reader.text()?;
            let Value::Text(value) = reader.value(&TEXT)? else { return Ok(()) };
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some((_, old)) => *old = value,
                None => entries.push((key, value)),
            }
            Ok(())
        })?;
        Ok(Value::Map(entries))
    }

    /// Reads so many items, or up to the mark that ends an open length.
    fn each(
        &mut self,
        length: Option<u64>,
        mut read: impl FnMut(&mut Self) -> Read<()>,
    ) -> Read<()> {
        if let Some(length) = length {
            return (0..length).try_for_each(|_| read(self));
        }
        while self.decoder.datatype()? != Type::Break {
            read(self)?;
        }
        self.decoder.set_position(self.decoder.position() + 1);
        Ok(())
    }

    fn skip(&mut self, depth: u32) -> Read<()> {
        while self.decoder.datatype()? == Type::Tag {
            self.decoder.tag()?;
        }
        let deeper = || depth.checked_sub(1).ok_or(Unreadable::Malformed);
        match self.decoder.datatype()? {
            Type::Array | Type::ArrayIndef => {
                let (length, deeper) = (self.decoder.array()?, deeper()?);
                self.each(length, |reader| reader.skip(deeper))
            }
            Type::Map | Type::MapIndef => {
                let (length, deeper) = (self.decoder.map()?, deeper()?);
                self.each(length, |reader| reader.skip_entry(deeper))
            }
            Type::String | Type::StringIndef => self.text().map(drop),
            Type::Bytes | Type::BytesIndef => {
                self.decoder.bytes_iter()?.try_for_each(|part| part.map(drop)).map_err(Into::into)
            }
            _ => self.skip_number(),
        }
    }

    /// Skips a number or a simple value, such as null: its first byte tells how many belong to it.
    fn skip_number(&mut self) -> Read<()> {
        let (at, input) = (self.decoder.position(), self.decoder.input());
        let more = match input.get(at).map(|first| first & 0x1f) {
            Some(0..=23) => 0,
            Some(width @ 24..=27) => 1 << (width - 24),
            _ => return Err(Unreadable::Malformed),
        };
        if input.len() - at <= more {
            return Err(Unreadable::Malformed);
        }
        self.decoder.set_position(at + 1 + more);
        Ok(())
    }

    fn skip_entry(&mut self, depth: u32) -> Read<()> {
        self.skip(depth)?;
        self.skip(depth)
    }

    fn must_be_at_end(&self) -> Read<()> {
        let is_at_end = self.decoder.position() == self.decoder.input().len();
        if is_at_end { Ok(()) } else { Err(Unreadable::Malformed) }
    }
}

type Written = Result<(), encode::Error<Infallible>>;

fn write_fields(out: &mut Encoder<Vec<u8>>, fields: &Fields) -> Written {
    out.map(fields.iter().count() as u64)?;
    for (name, value) in fields.iter() {
        out.str(name)?;
        write_value(out, value)?;
    }
    Ok(())
}

fn write_value(out: &mut Encoder<Vec<u8>>, value: &Value) -> Written {
    match value {
        Value::Null => out.null()?.ok(),
        Value::Boolean(flag) => out.bool(*flag)?.ok(),
        Value::Integer(number) => out.i64(*number)?.ok(),
        #[expect(clippy::cast_precision_loss, reason = "a fraction on the wire is a float")]
        Value::Quotient(above, below) => out.f64(*above as f64 / *below as f64)?.ok(),
        Value::Double(number) => out.f64(number.get())?.ok(),
        Value::Text(text) => out.str(text)?.ok(),
        Value::Word(word) => out.str(word)?.ok(),
        Value::Blob(bytes) => out.bytes(bytes)?.ok(),
        Value::Timestamp(at) => out.tag(MOMENT)?.u64(at.millis())?.ok(),
        Value::List(items) => {
            out.array(items.len() as u64)?;
            items.iter().try_for_each(|item| write_value(out, item))
        }
        Value::Map(entries) => {
            out.map(entries.len() as u64)?;
            entries.iter().try_for_each(|(key, value)| out.str(key)?.str(value)?.ok())
        }
        Value::Named(entries) => {
            out.map(entries.len() as u64)?;
            entries.iter().try_for_each(|(name, value)| write_value(out.str(name)?, value))
        }
        Value::Fields(fields) => write_fields(out, fields),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;

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
