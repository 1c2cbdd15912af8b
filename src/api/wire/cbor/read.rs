//! CBOR that comes in: read by what the model expects, or skipped.

use minicbor::data::Type;
use minicbor::{Decoder, decode};

use crate::api::model::{Kind, Shape};
use crate::api::value::{Fields, Value};
use crate::api::wire::Unreadable;
use crate::api::wire::scalar::{self, LIST_FOUND, STRUCTURE_FOUND, Scalar};
use crate::engine::time::Instant;

/// How deep the lists and maps of members that nobody knows may lie in each other.
const DEPTH_MAX: u32 = 64;

/// Reads the members of `shape` from a CBOR map, as [`json::read`](crate::api::wire::json::read)
/// does from JSON. Lengths may be left open.
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
