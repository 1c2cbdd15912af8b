//! CBOR that goes out.

use std::convert::Infallible;

use minicbor::data::Tag;
use minicbor::{Encoder, encode};

use crate::api::value::{Fields, Value};

/// The tag of a moment.
const MOMENT: Tag = Tag::new(1);

/// Writes an answer.
pub fn write(fields: &Fields) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    write_fields(&mut encoder, fields).expect("a vector can always grow");
    encoder.into_writer()
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
        Value::Decimal(number) => out.f64(number.get())?.ok(),
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
