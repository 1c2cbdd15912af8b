//! How bodies are written, and what the service says of a content type that it does not speak.

use super::{Unreadable, cbor, json};
use crate::api::model::Shape;
use crate::api::value::{Fields, Value};

/// A way of writing bodies: its functions, so that who speaks one carries nothing of the other.
#[derive(Debug)]
pub struct Format {
    /// Its content type.
    pub media: &'static str,
    /// Reads the members of a shape.
    pub(super) read: fn(&'static Shape, &[u8]) -> Result<Fields, Unreadable>,
    /// Whether a body follows the rules of this format, whatever it says.
    pub(super) check: fn(&[u8]) -> Result<(), Unreadable>,
    /// Writes an answer.
    pub(super) write: fn(&Fields) -> Vec<u8>,
}

/// Blobs are base64, moments are seconds.
pub static JSON: Format = Format {
    media: "application/x-amz-json-1.1",
    read: json::read,
    check: json::check,
    write: json::write,
};

/// Blobs are bytes, moments are milliseconds.
pub static CBOR: Format = Format {
    media: "application/x-amz-cbor-1.1",
    read: cbor::read,
    check: cbor::check,
    write: cbor::write,
};

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.media == other.media
    }
}

impl Eq for Format {}

/// What a content type asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// A format that operations are called in.
    Known(&'static Format),
    /// `application/json`, to which the service gives an answer of its own.
    PlainJson,
    /// Anything else.
    Unknown,
}

impl Media {
    /// What `Content-Type` asks for; without one it is JSON.
    pub(super) fn of(content_type: &str) -> Self {
        let media = content_type.split(';').next().unwrap_or_default().trim();
        match media {
            "" | "application/x-amz-json-1.1" => Self::Known(&JSON),
            "application/x-amz-cbor-1.1" => Self::Known(&CBOR),
            "application/json" => Self::PlainJson,
            _ => Self::Unknown,
        }
    }
}

/// What the service answers in `application/json`, with status 200, to a body that is JSON or not.
pub fn plain_json(body: &[u8]) -> Vec<u8> {
    let (kind, message) = match json::check(body) {
        Ok(()) => ("com.amazon.coral.service#UnknownOperationException", "message"),
        Err(_) => ("com.amazon.coral.service#SerializationException", "Message"),
    };
    let output = Fields::new().with("__type", kind).with(message, Value::Null);
    json::write(&Fields::new().with("Output", output).with("Version", "1.0"))
}

/// What the service answers in a content type that it does not speak: status and XML.
pub fn unknown_media(target: &str) -> (u16, &'static str) {
    let names_an_operation = target
        .split_once('.')
        .is_some_and(|(service, operation)| !service.is_empty() && !operation.is_empty());
    if names_an_operation {
        return (404, "<UnknownOperationException/>\n");
    }
    (
        403,
        "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be \
         authorized</Message>\n</AccessDeniedException>\n",
    )
}
