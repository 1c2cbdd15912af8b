//! The service as its clients reach it: an HTTP request in, an HTTP response out.
//!
//! The order of checks is the service's own: how long the body is, its content type, its syntax,
//! the operation, the types of the members, then what [`call`](super::call) does.
//!
//! ```
//! use shardlab::api::wire::{Body, Request, handle};
//! use shardlab::engine::Simulation;
//! use shardlab::engine::time::Instant;
//!
//! let mut sim = Simulation::new(7, Instant::DEFAULT_START);
//! let response = handle(&mut sim, &Request::json("Kinesis_20131202.ListStreams", b"{}"));
//! assert_eq!(response.status, 200);
//! let body = br#"{"StreamNames":[],"HasMoreStreams":false,"StreamSummaries":[]}"#;
//! assert_eq!(response.body, Body::Bytes(body.to_vec()));
//! ```
//!
//! Read first: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>.

mod cbor;
mod event_stream;
pub mod format;
mod headers;
mod json;
mod plain;
mod scalar;
pub mod subscription;

use crate::api::caller::Caller;
use crate::api::value::Fields;
use crate::api::{self, ApiError};
use crate::engine::Simulation;
use crate::engine::find::find;
use format::{CBOR, Format, JSON, Media};
use std::borrow::Cow;
use subscription::Events;

/// What stands before the operation in `X-Amz-Target`.
pub const TARGET: &str = "Kinesis_20131202.";
/// The longest body, in bytes: `PutRecords` of 10 MiB are 13.4 MiB of base64, and the service takes
/// what a full call needs. Its real bound was recorded by nobody since calls may have 10 MiB.
pub const BODY_MAX: usize = 14 << 20;

/// A `POST /`, as far as the service looks at it. A header that was not sent is empty.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// `X-Amz-Target`: `Kinesis_20131202.PutRecord`.
    pub target: &'a str,
    /// `Content-Type`; JSON if it is empty.
    pub content_type: &'a str,
    /// `Authorization`, for its access key; the signature is not checked.
    pub authorization: &'a str,
    /// The body, before any parsing.
    pub body: &'a [u8],
}

/// What the service answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names as HTTP/1.1 shows them, in the order of the real service.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
    /// The exception's name, if it is one: `ResourceNotFoundException`.
    pub error: Option<&'static str>,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// All of it; empty where an operation has no output.
    Bytes(Vec<u8>),
    /// An event stream: frames that follow one after the other.
    Events(Events),
}

/// Why a body says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Unreadable {
    /// It breaks the rules of its format; the service says no more.
    Malformed,
    /// A member has another type than the model's, in the service's words.
    WrongType(String),
}

impl<'a> Request<'a> {
    /// A request in CBOR.
    pub fn cbor(target: &'a str, body: &'a [u8]) -> Self {
        Self { content_type: CBOR.media, ..Self::json(target, body) }
    }

    /// A request in JSON.
    pub fn json(target: &'a str, body: &'a [u8]) -> Self {
        Self { target, content_type: JSON.media, authorization: "", body }
    }

    /// Who asks: the user of `Credential=AKID/20261120/us-east-1/kinesis/aws4_request`.
    fn caller(&self, sim: &Simulation) -> Caller {
        const CREDENTIAL: &str = "Credential=";
        let at = find(self.authorization, CREDENTIAL);
        let credential = at.map(|at| &self.authorization[at + CREDENTIAL.len()..]);
        let id = credential.and_then(|rest| rest.split_once('/')).map_or("", |(id, _)| id);
        Caller::of_access_key(sim, id)
    }
}

const UNKNOWN_OPERATION: &str = "UnknownOperationException";
const SERIALIZATION: &str = "SerializationException";
/// The one operation whose answer is a stream.
const STREAMING: &str = "SubscribeToShard";

impl From<Unreadable> for ApiError {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::Malformed => Self::new(SERIALIZATION, ""),
            Unreadable::WrongType(words) => Self::new(SERIALIZATION, words),
        }
    }
}

impl Response {
    fn new(status: u16, mut headers: Vec<(&'static str, String)>, body: Vec<u8>) -> Self {
        headers.push(("Content-Length", body.len().to_string()));
        Self { status, headers, body: Body::Bytes(body), error: None }
    }

    /// A response whose length nobody knows yet.
    fn streaming(mut headers: Vec<(&'static str, String)>, events: Events) -> Self {
        headers.push(("Content-Type", event_stream::MEDIA.to_owned()));
        Self { status: 200, headers, body: Body::Events(events), error: None }
    }

    fn of_type(mut self, media: &str) -> Self {
        let at = self.headers.len() - 1;
        self.headers.insert(at, ("Content-Type", media.to_owned()));
        self
    }

    /// The header of a name, in whatever case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Whether the request was understood, so that the world may have changed: what a journal
    /// keeps.
    pub fn has_reached_the_service(&self) -> bool {
        match self.error {
            Some(error) => error != SERIALIZATION && error != UNKNOWN_OPERATION,
            None => self.status == 200,
        }
    }
}

/// Answers a request, now. A refusal changes nothing but the counters of who was refused; what
/// cannot be read changes nothing at all.
pub fn handle(sim: &mut Simulation, request: &Request<'_>) -> Response {
    if request.body.len() > BODY_MAX {
        return too_long(sim);
    }
    match Media::of(request.content_type) {
        Media::Known(format) => {
            let headers = headers::common(sim, request);
            let plain = if *format == JSON { plain::answer(sim, request) } else { None };
            let answer = match plain {
                Some(plain) => plain.map(Answer::Written),
                None => answer(sim, request, format),
            };
            respond(headers, answer, format)
        }
        Media::PlainJson => {
            let body = format::plain_json(request.body);
            Response::new(200, headers::common(sim, request), body).of_type("application/json")
        }
        Media::Unknown => {
            let (status, body) = format::unknown_media(request.target);
            Response::new(status, headers::common(sim, request), body.into())
        }
    }
}

/// Answers a request of [`Request::json`] as [`handle`] does, by one way for all.
pub fn handle_json(sim: &mut Simulation, target: &str, body: &[u8]) -> Response {
    if body.len() > BODY_MAX {
        return too_long(sim);
    }
    let request = Request::json(target, body);
    let headers = headers::common(sim, &request);
    let answer = answer(sim, &request, &JSON);
    respond(headers, answer, &JSON)
}

/// The body of a request as JSON that says the same; `None` if it cannot be read.
pub fn as_json<'a>(request: &Request<'a>) -> Option<Cow<'a, str>> {
    match Media::of(request.content_type) {
        Media::Known(format) if *format == JSON => {
            std::str::from_utf8(request.body).ok().map(Cow::Borrowed)
        }
        Media::Known(format) => {
            let operation = api::operation(request.target.strip_prefix(TARGET)?)?;
            let fields = (format.read)(&operation.input, request.body).ok()?;
            Some(Cow::Owned(api::json::write(&fields)))
        }
        Media::PlainJson | Media::Unknown => None,
    }
}

fn too_long(sim: &Simulation) -> Response {
    Response::new(413, vec![("Date", headers::date(sim))], Vec::new())
}

fn respond(
    headers: Vec<(&'static str, String)>,
    answer: Result<Answer, ApiError>,
    format: &'static Format,
) -> Response {
    let response = match answer {
        Ok(Answer::Events(events)) => return Response::streaming(headers, events),
        Ok(Answer::Fields(fields)) if fields.is_empty() => Response::new(200, headers, Vec::new()),
        Ok(Answer::Fields(fields)) => Response::new(200, headers, (format.write)(&fields)),
        Ok(Answer::Written(body)) => Response::new(200, headers, body),
        Err(error) => Response {
            error: Some(error.code),
            ..Response::new(error.status, headers, (format.write)(&refusal(error)))
        },
    };
    response.of_type(format.media)
}

/// What an operation answers.
enum Answer {
    /// Members, perhaps none.
    Fields(Fields),
    /// The same, as the format writes them.
    Written(Vec<u8>),
    /// Frames from now on.
    Events(Events),
}

fn answer(
    sim: &mut Simulation,
    request: &Request<'_>,
    format: &'static Format,
) -> Result<Answer, ApiError> {
    let name = request.target.strip_prefix(TARGET).unwrap_or_default();
    let offered = api::operation(name).filter(|operation| operation.call.is_some());
    let Some(operation) = offered else {
        if !request.body.is_empty() {
            (format.check)(request.body)?;
        }
        return Err(ApiError::new(UNKNOWN_OPERATION, ""));
    };
    let input = (format.read)(&operation.input, request.body)?;
    let caller = request.caller(sim);
    let fields = api::call(sim, &caller, operation, &input)?;
    Ok(match operation.name {
        STREAMING => Answer::Events(Events::opened(sim, &input, format)),
        _ => Answer::Fields(fields),
    })
}

/// A refusal as its body says it: the serializer writes its key with a capital letter.
fn refusal(error: ApiError) -> Fields {
    let fields = Fields::new().with("__type", error.code);
    match (error.code, error.message) {
        (_, message) if message.is_empty() => fields,
        (SERIALIZATION, message) => fields.with("Message", message),
        (_, message) => fields.with("message", message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::time::Instant;

    fn ask(request: Request<'_>) -> (u16, Option<&'static str>, String) {
        let mut sim = Simulation::new(7, Instant::DEFAULT_START);
        let before = sim.digest();
        let response = handle(&mut sim, &request);
        assert!(response.status == 200 || sim.digest() == before, "{request:?}");
        let Body::Bytes(body) = &response.body else { panic!("a stream: {request:?}") };
        let length = response.header("content-length").expect("it is always sent");
        assert_eq!(length, body.len().to_string());
        (response.status, response.error, String::from_utf8(body.clone()).expect("text"))
    }

    fn list(body: &str) -> (u16, Option<&'static str>, String) {
        ask(Request::json("Kinesis_20131202.ListStreams", body.as_bytes()))
    }

    #[test]
    fn checks_come_in_the_order_of_the_service() {
        let serialization = r#"{"__type":"SerializationException"}"#.to_owned();
        assert_eq!(list(""), (400, Some(SERIALIZATION), serialization.clone()));
        assert_eq!(list("[}"), (400, Some(SERIALIZATION), serialization.clone()));
        let unknown = r#"{"__type":"UnknownOperationException"}"#.to_owned();
        for target in ["", "ListStreams", "Kinesis_20131202.", "Kinesis_20131202.CreateQueue"] {
            for (body, said) in [("", &unknown), ("{}", &unknown), ("{", &serialization)] {
                let (status, _, text) = ask(Request::json(target, body.as_bytes()));
                assert_eq!((status, &text), (400, said), "{target} {body}");
            }
        }
        let (_, _, text) = list(r#"{"Limit":"0","ExclusiveStartStreamName":""}"#);
        assert_eq!(
            text,
            r#"{"__type":"SerializationException","Message":"class java.lang.String can not be "#
                .to_owned()
                + r#"converted to an Integer"}"#
        );
        let (status, error, text) = list(r#"{"Limit":0}"#);
        assert_eq!((status, error), (400, Some("ValidationException")));
        assert!(text.starts_with(r#"{"__type":"ValidationException","message":"1 validation "#));
    }

    #[test]
    fn a_body_that_is_too_long_is_not_even_read() {
        let body = vec![b'['; BODY_MAX + 1];
        let asked = ask(Request::json("Kinesis_20131202.ListStreams", &body));
        assert_eq!(asked, (413, None, String::new()));
        let asked = ask(Request::json("Kinesis_20131202.ListStreams", &body[1..]));
        assert_eq!((asked.0, asked.1), (400, Some(SERIALIZATION)));
    }

    #[test]
    fn other_content_types_get_what_the_service_gives_them() {
        let typed = |content_type, target| Request { content_type, ..Request::json(target, b"{}") };
        let target = "Kinesis_20131202.ListStreams";
        let (status, _, text) = ask(typed("text/plain", target));
        assert_eq!((status, text.as_str()), (404, "<UnknownOperationException/>\n"));
        assert_eq!(ask(typed("text/plain", "")).0, 403);
        let (status, _, text) = ask(typed("application/json; charset=utf-8", target));
        let said = r#"{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException","#;
        assert_eq!(status, 200);
        assert_eq!(text, said.to_owned() + r#""message":null},"Version":"1.0"}"#);
        assert_eq!(ask(typed("", target)).0, 200);
        assert_eq!(ask(typed("application/x-amz-json-1.1; charset=utf-8", target)).0, 200);
    }

    #[test]
    fn an_operation_without_output_has_an_empty_body() {
        let body = br#"{"StreamName":"orders","ShardCount":2}"#;
        let mut sim = Simulation::new(7, Instant::DEFAULT_START);
        let response = handle(&mut sim, &Request::json("Kinesis_20131202.CreateStream", body));
        assert_eq!((response.status, response.body), (200, Body::Bytes(Vec::new())));
        let names: Vec<&str> = response.headers.iter().map(|(name, _)| *name).collect();
        let all = ["x-amzn-RequestId", "x-amz-id-2", "Date", "Content-Type", "Content-Length"];
        assert_eq!(names, all);
    }
}
