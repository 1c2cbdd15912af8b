//! How bodies are written, and what the service says of a content type that it does not speak.

use super::{Unreadable, cbor, json};
use crate::api::model::Shape;
use crate::api::value::{Fields, Value};

/// A way of writing bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `application/x-amz-json-1.1`: blobs are base64, moments are seconds.
    Json,
    /// `application/x-amz-cbor-1.1`: blobs are bytes, moments are milliseconds.
    Cbor,
}

/// What a content type asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// A format that operations are called in.
    Known(Format),
    /// `application/json`, to which the service gives an answer of its own.
    PlainJson,
    /// Anything else.
    Unknown,
}

impl Format {
    /// Its content type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Json => "application/x-amz-json-1.1",
            Self::Cbor => "application/x-amz-cbor-1.1",
        }
    }

    pub(super) fn read(self, shape: &'static Shape, body: &[u8]) -> Result<Fields, Unreadable> {
        match self {
            Self::Json => json::read(shape, body),
            Self::Cbor => cbor::read(shape, body),
        }
    }

    /// Whether a body follows the rules of this format, whatever it says.
    pub(super) fn check(self, body: &[u8]) -> Result<(), Unreadable> {
        match self {
            Self::Json => json::check(body),
            Self::Cbor => cbor::check(body),
        }
    }

    pub(super) fn write(self, fields: &Fields) -> Vec<u8> {
        match self {
            Self::Json => crate::api::json::write(fields).into_bytes(),
            Self::Cbor => cbor::write(fields),
        }
    }
}

impl Media {
    /// What `Content-Type` asks for; without one it is JSON.
    pub(super) fn of(content_type: &str) -> Self {
        let media = content_type.split(';').next().unwrap_or_default().trim();
        match media {
            "" | "application/x-amz-json-1.1" => Self::Known(Format::Json),
            "application/x-amz-cbor-1.1" => Self::Known(Format::Cbor),
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
    Format::Json.write(&Fields::new().with("Output", output).with("Version", "1.0"))
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
