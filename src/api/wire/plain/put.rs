//! Plain `PutRecord` and `PutRecords`: base64 becomes what the log stores, in one step, and each
//! sequence number is written where it is sent from.

use super::scan::Scan;
use crate::api::model::Kind;
use crate::api::put::{self, Entry};
use crate::api::validation::{has_length, keeps};
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, input, json, params, put_record, put_records, words};
use crate::engine::Simulation;
use crate::engine::service::hash_key::HashKey;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::service::write::Outcome;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::rc::Rc;

/// Answers `PutRecord`.
pub fn record(
    sim: &mut Simulation,
    operation: &'static Operation,
    body: &[u8],
) -> Option<Result<Vec<u8>, ApiError>> {
    let mut scan = Scan::new(body);
    let mut named = Fields::new();
    let entry = entry(&mut scan, &mut Vec::new(), |scan, name| {
        name_member(operation, scan, name, &mut named)
    })?;
    scan.end()?;
    let stream = input::usable_stream(sim, &named).ok()?;
    put::check_ordering(sim, stream, &named).ok()?;
    let id = stream.id;
    let stored = put_record::store(sim, id, &entry);
    Some(stored.map(|stored| json::write(&put_record::answer(&stored)).into_bytes()))
}

/// Answers `PutRecords`.
pub fn records(
    sim: &mut Simulation,
    operation: &'static Operation,
    body: &[u8],
) -> Option<Result<Vec<u8>, ApiError>> {
    let mut scan = Scan::new(body);
    let (mut named, mut entries) = (Fields::new(), Vec::new());
    scan.object(|scan, name| match name {
        b"Records" if entries.is_empty() => {
            let mut room = Vec::new();
            scan.list(|scan| {
                entries.push(entry(scan, &mut room, |_, _| None)?);
                Some(())
            })
        }
        _ => name_member(operation, scan, name, &mut named),
    })?;
    scan.end()?;
    has_length(&operation.input.member("Records")?.kind, entries.len()).then_some(())?;
    let stream = input::usable_stream(sim, &named).ok()?.id;
    let outcomes = put_records::store(sim, stream, &entries);
    Some(outcomes.map(|outcomes| write_results(sim, stream, &outcomes)))
}

/// Reads a member that says which stream, or in which order.
fn name_member(
    operation: &'static Operation,
    scan: &mut Scan<'_>,
    name: &[u8],
    named: &mut Fields,
) -> Option<()> {
    let mut members = operation.input.members.iter();
    let param = members.find(|param| param.name.as_bytes() == name)?;
    let text = scan.text()?;
    if !keeps(&param.kind, text) || named.member(param.name).is_some() {
        return None;
    }
    named.push(param.name, text.to_owned());
    Some(())
}

/// Reads a record; `other` reads the members that are not its own.
fn entry<'a>(
    scan: &mut Scan<'a>,
    room: &mut Vec<u8>,
    mut other: impl FnMut(&mut Scan<'a>, &'a [u8]) -> Option<()>,
) -> Option<Entry<'a>> {
    let (mut data, mut key, mut hash) = (None, None, None);
    scan.object(|scan, name| {
        match name {
            b"Data" if data.is_none() => data = Some(blob(scan.bytes()?, room)?),
            b"PartitionKey" if key.is_none() => {
                key = Some(scan.text().filter(|key| keeps(&params::PARTITION_KEY, key))?);
            }
            b"ExplicitHashKey" if hash.is_none() => hash = Some(HashKey::parse(scan.text()?)?),
            _ => other(scan, name)?,
        }
        Some(())
    })?;
    Some(Entry { partition_key: key?, explicit_hash_key: hash, data: data? })
}

/// The bytes of base64, decoded in a room that is used again.
fn blob(base64: &[u8], room: &mut Vec<u8>) -> Option<Rc<[u8]>> {
    const KIND: &Kind = &params::DATA;
    let most = base64.len().div_ceil(4) * 3;
    if room.len() < most {
        room.resize(most, 0);
    }
    let length = STANDARD.decode_slice(base64, room).ok()?;
    has_length(KIND, length).then(|| Rc::from(&room[..length]))
}

/// What is said of a record that was stored, with zeros for all digits.
const STORED: &[u8] = concat!(
    r#",{"SequenceNumber":"#,
    r#""00000000000000000000000000000000000000000000000000000000","#,
    r#""ShardId":"shardId-000000000000"}"#
)
.as_bytes();
/// Where its sequence number stands.
const NUMBER: usize = r#",{"SequenceNumber":""#.len();
/// Where its shard stands.
const SHARD: usize = STORED.len() - r#""}"#.len() - ShardId::LETTERS;

fn write_results(sim: &Simulation, stream: StreamId, outcomes: &[Outcome]) -> Vec<u8> {
    let stream = sim.service().stream(stream).expect("it has just been written");
    let mut out = Vec::with_capacity((outcomes.len() + 1) * STORED.len());
    out.extend_from_slice(br#"{"FailedRecordCount":"#);
    out.extend_from_slice(put_records::failed(outcomes).to_string().as_bytes());
    out.extend_from_slice(br#","Records":"#);
    let first = out.len();
    for outcome in outcomes {
        match *outcome {
            Outcome::Accepted { shard, index } => {
                let number = stream.shards()[shard.0 as usize].sequence_number(index, sim.now());
                let row = out.len();
                out.extend_from_slice(STORED);
                number.write(out[row + NUMBER..].first_chunk_mut().expect("a row has them"));
                out[row + SHARD..][..ShardId::LETTERS].copy_from_slice(&shard.letters());
            }
            Outcome::Throttled { shard, .. } => {
                let error = words::throttled(sim, &stream.name, shard);
                out.push(b',');
                out.extend_from_slice(json::write(&put_records::refused(error)).as_bytes());
            }
        }
    }
    // In place of the first comma.
    out[first] = b'[';
    out.push(b']');
    if stream.encryption.key_id.is_some() {
        out.extend_from_slice(br#","EncryptionType":"KMS""#);
    }
    out.push(b'}');
    out
}
