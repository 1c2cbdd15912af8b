//! Requests of many records in the form that clients send them: read and answered without making a
//! value of the model for each member of each record.
//!
//! It is a shortcut and nothing else. Whatever is not plain is left to the general way before
//! anything has changed: members that are unknown, null or there twice, letters that are escaped, a
//! constraint that is broken, a stream that is not there, a user whose policies have to be read.
//! A test holds the two ways against each other.

mod get;
mod put;
mod scan;

use super::{Request, TARGET};
use crate::api::caller::Caller;
use crate::api::{self, ApiError, Operation};
use crate::engine::Simulation;

/// What an operation answers to a plain body; `None` if it is not plain, and nothing has changed.
type Answer = fn(&mut Simulation, &'static Operation, &[u8]) -> Option<Result<Vec<u8>, ApiError>>;

/// Answers a plain request in JSON with the body of its response, or with a refusal; `None` if it
/// is not plain, and nothing has changed.
pub fn answer(sim: &mut Simulation, request: &Request<'_>) -> Option<Result<Vec<u8>, ApiError>> {
    let name = request.target.strip_prefix(TARGET)?;
    let answer: Answer = match name {
        "PutRecord" => put::record,
        "PutRecords" => put::records,
        "GetRecords" => get::records,
        _ => return None,
    };
    if request.caller(sim) != Caller::Root {
        return None;
    }
    answer(sim, api::operation(name)?, request.body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::policy::{self, Attached};
    use crate::api::wire::{Body, handle};
    use crate::engine::service::users::UserName;
    use crate::engine::time::Instant;
    use std::time::Duration;

    fn world() -> Simulation {
        let mut sim = Simulation::new(7, Instant::DEFAULT_START);
        let body = br#"{"StreamName":"orders","ShardCount":2}"#;
        handle(&mut sim, &Request::json("Kinesis_20131202.CreateStream", body));
        sim.advance(sim.now() + Duration::from_secs(10));
        sim
    }

    /// Whether a body is plain; if not, nothing has changed.
    fn is_plain(sim: &Simulation, operation: &str, body: &str) -> bool {
        let mut after = sim.clone();
        let target = format!("{TARGET}{operation}");
        let plain = answer(&mut after, &Request::json(&target, body.as_bytes())).is_some();
        assert!(plain || after == *sim, "{body}");
        plain
    }

    #[test]
    fn what_clients_send_is_plain() {
        let sim = world();
        for body in [
            // The SDK for JavaScript, then that for Python, then some order of their own.
            r#"{"StreamName":"orders","Data":"aGVsbG8=","PartitionKey":"user-1"}"#,
            r#"{"StreamName": "orders", "Data": "aGVsbG8=", "PartitionKey": "주문-1"}"#,
            r#"{"ExplicitHashKey":"0","PartitionKey":"a","Data":"","StreamName":"orders"}"#,
        ] {
            assert!(is_plain(&sim, "PutRecord", body), "{body}");
        }
        for body in [
            r#"{"StreamName":"orders","Records":[{"Data":"aGVsbG8=","PartitionKey":"a"}]}"#,
            r#"{"Records": [{"Data": "YQ==", "PartitionKey": "a"},
                {"PartitionKey": "b", "Data": "YQ==", "ExplicitHashKey": "5"}],
                "StreamARN": "arn:aws:kinesis:us-east-1:123456789012:stream/orders"} "#,
        ] {
            assert!(is_plain(&sim, "PutRecords", body), "{body}");
        }
        assert!(is_plain(&sim, "GetRecords", r#"{"ShardIterator":"AAA","Limit":5}"#));
    }

    #[test]
    fn what_needs_words_or_more_than_a_glance_is_not() {
        let sim = world();
        for body in [
            "",
            "{}",
            "[]",
            r#"{"StreamName":"orders","Records":[]}"#,
            r#"{"StreamName":"orders","Records":[{"Data":"YQ==","PartitionKey":""}]}"#,
            r#"{"StreamName":"orders","Records":[{"Data":"YQ","PartitionKey":"a"}]}"#,
            r#"{"StreamName":"orders","Records":[{"Data":"YQ==","PartitionKey":"\u0061"}]}"#,
            r#"{"StreamName":"orders","Records":[{"Data":"YQ==","PartitionKey":null}]}"#,
            r#"{"StreamName":"orders","Records":[{"Data":"YQ=="}]}"#,
            r#"{"StreamName":"orders","Records":[{"PartitionKey":"a"}]}"#,
            r#"{"StreamName":"others","Records":[{"Data":"YQ==","PartitionKey":"a"}]}"#,
            r#"{"StreamName":"orders","Records":[{"Data":"YQ==","PartitionKey":"a"}],"A":1}"#,
            r#"{"StreamName":"orders","Records":[{"Data":"YQ==","PartitionKey":"a"}]}}"#,
            r#"{"StreamName":"orders","Records":[{"Data":"YQ==","PartitionKey":"a"},]}"#,
        ] {
            assert!(!is_plain(&sim, "PutRecords", body), "{body}");
        }
        assert!(!is_plain(&sim, "GetRecords", r#"{"ShardIterator":"AAA","DryRun":true}"#));
        assert!(!is_plain(&sim, "ListStreams", "{}"));
    }

    #[test]
    fn policies_are_left_to_who_reads_them() {
        let mut sim = world();
        let user = UserName::new("ada").expect("a name");
        let signed = format!("Credential={}/20261120/us-east-1/kinesis/x", user.access_key_id());
        let body = br#"{"StreamName":"orders","Data":"aGVsbG8=","PartitionKey":"user-1"}"#;
        let request =
            Request { authorization: &signed, ..Request::json("Kinesis_20131202.PutRecord", body) };
        assert!(answer(&mut sim.clone(), &request).is_some(), "nobody has that key");
        let policy = r#"{"Statement":{"Effect":"Allow","Action":"kinesis:Get*","Resource":"*"}}"#;
        let policy = policy::read(policy, Attached::User).expect("a policy");
        sim.request(|service, _| service.put_user_policy(user, policy));
        assert!(answer(&mut sim, &request).is_none());
        let Body::Bytes(said) = handle(&mut sim, &request).body else { panic!("no stream") };
        assert!(String::from_utf8_lossy(&said).contains("AccessDenied"));
    }
}
