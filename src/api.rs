//! The service as its clients know it: operations, their parameters, and what refusals say.
//!
//! Each operation is one file with one row in [`OPERATIONS`]. Validation, JSON types, the console's
//! options and help all read the rows; nothing about an operation is written down twice.

mod add_tags_to_stream;
mod answer;
pub mod authorization;
pub mod caller;
mod create_stream;
mod decrease_stream_retention_period;
mod delete_resource_policy;
mod delete_stream;
mod deregister_stream_consumer;
mod describe_account_settings;
mod describe_limits;
mod describe_stream;
mod describe_stream_consumer;
mod describe_stream_summary;
mod disable_enhanced_monitoring;
mod enable_enhanced_monitoring;
mod get_records;
mod get_resource_policy;
mod get_shard_iterator;
mod increase_stream_retention_period;
mod input;
pub mod json;
pub mod letters;
mod list_shards;
mod list_stream_consumers;
mod list_streams;
mod list_tags_for_resource;
mod list_tags_for_stream;
mod merge_shards;
pub mod model;
pub mod next_token;
mod not_offered;
pub mod params;
pub mod pattern;
pub mod policy;
mod put;
mod put_record;
mod put_records;
mod put_resource_policy;
mod record;
mod register_stream_consumer;
mod remove_tags_from_stream;
mod split_shard;
mod start_stream_encryption;
mod stop_stream_encryption;
mod subscribe_to_shard;
mod tag_resource;
mod untag_resource;
mod update_account_settings;
mod update_max_record_size;
mod update_shard_count;
mod update_stream_mode;
mod update_stream_record_distribution_strategy;
mod update_stream_warm_throughput;
pub mod validation;
pub mod value;
pub mod wire;
mod words;

pub use create_stream::{can_create_plain, create_plain};
pub use wire::handle;
pub use words::throttled;

use crate::api::authorization::Resource;
use crate::api::caller::Caller;
use crate::api::model::{Pages, Shape};
use crate::api::value::Fields;
use crate::engine::Simulation;
use crate::engine::trail::TrailCall;

/// One operation of the service.
#[derive(Debug)]
pub struct Operation {
    /// As on the wire: `PutRecord`.
    pub name: &'static str,
    /// Whether it is about streams or about records.
    pub plane: Plane,
    /// What a permission for it is about.
    pub resource: Resource,
    /// Its parameters and their constraints.
    pub input: Shape,
    /// What it does. `None` marks an operation of the model that this Region does not offer.
    pub call: Option<Call>,
}

/// One operation, and what only a command line knows of it: who sends requests does without.
#[derive(Debug)]
pub struct Row {
    /// What it does, in one line.
    pub doc: &'static str,
    /// How the command line reads it page by page, if it does.
    pub pages: Option<Pages>,
    /// The operation.
    pub operation: Operation,
}

/// What kind of call an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plane {
    /// It makes, changes or describes something, and `lab cloudtrail` lists it.
    Control,
    /// It puts or gets records.
    Data,
}

/// What an operation does with an input that keeps the model's constraints.
pub type Call = fn(&mut Simulation, &Fields) -> Result<Fields, ApiError>;

/// A refusal as a client sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// The exception's name: `ResourceNotFoundException`.
    pub code: &'static str,
    /// The service's words.
    pub message: String,
    /// The status of the HTTP response.
    pub status: u16,
}

impl ApiError {
    /// A refusal that is the client's fault: status 400.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), status: 400 }
    }
}

/// Asks the service for an operation, now, as the caller: checks the model's constraints, whether
/// the caller may ask, and how often anyone may, then does it.
///
/// A refusal changes nothing but the counters of who was refused. A control call is added to the
/// trail, refused or not.
pub fn call(
    sim: &mut Simulation,
    caller: &Caller,
    operation: &Operation,
    input: &Fields,
) -> Result<Fields, ApiError> {
    let Some(call) = operation.call else {
        return Err(ApiError::new("UnknownOperationException", ""));
    };
    let answer = checked(sim, caller, operation, call, input);
    if operation.plane == Plane::Control {
        let error = answer.as_ref().err().map(|error| error.code);
        let call = trail_call(sim, caller, operation, input, error);
        sim.trail_mut().push(call);
    }
    answer
}

fn checked(
    sim: &mut Simulation,
    caller: &Caller,
    operation: &Operation,
    call: Call,
    input: &Fields,
) -> Result<Fields, ApiError> {
    validation::validate(&operation.input, input)?;
    authorization::authorize(sim, caller, operation, input)?;
    if input.flag("DryRun") {
        return Err(dry_run(sim, call, input));
    }
    if operation.plane == Plane::Control {
        let stream = input::named_stream(sim, input);
        sim.request(|service, now| service.charge_control(now, operation.name, stream))
            .map_err(|refusal| words::refused(sim, refusal))?;
    }
    call(sim, input)
}

/// What a request would be refused with, or that it would not be: tried on a copy of the world,
/// which shares the records, so that nothing is written, read or charged.
fn dry_run(sim: &Simulation, call: Call, input: &Fields) -> ApiError {
    match call(&mut sim.without_events(), input) {
        Ok(_) => ApiError::new(
            "DryRunOperationException",
            "The request was rejected because the DryRun parameter was specified.",
        ),
        Err(error) => error,
    }
}

fn trail_call(
    sim: &Simulation,
    caller: &Caller,
    operation: &Operation,
    input: &Fields,
    error: Option<&'static str>,
) -> TrailCall {
    let named = ["StreamName", "StreamARN", "ConsumerARN", "ResourceARN"];
    let user = match caller {
        Caller::Root => None,
        Caller::User(name) => Some(name.clone()),
    };
    TrailCall {
        at: sim.now(),
        operation: operation.name,
        user,
        // A name that is too long to be one is not kept.
        resource: named
            .iter()
            .find_map(|member| input.text(member))
            .filter(|text| text.len() <= 2_048)
            .map(Into::into),
        error,
    }
}

/// The operation called `name`.
pub fn operation(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().copied().find(|operation| operation.name == name)
}

/// Declares both tables, so that the second may stay away.
macro_rules! rows {
    ($($row:path),* $(,)?) => {
        /// Every operation, in the order of their names.
        pub const OPERATIONS: &[&Operation] = &[$(&{ $row.operation }),*];
        /// The same with what only a command line knows of them.
        pub const ROWS: &[&Row] = &[$(&$row),*];
    };
}

rows![
    not_offered::ACKNOWLEDGE_DEAD_LETTER_QUEUE_RECORDS,
    not_offered::ACKNOWLEDGE_QUEUE_RECORDS,
    add_tags_to_stream::ROW,
    not_offered::CREATE_CHANNEL,
    not_offered::CREATE_QUEUE,
    create_stream::ROW,
    decrease_stream_retention_period::ROW,
    not_offered::DELETE_CHANNEL,
    not_offered::DELETE_QUEUE,
    delete_resource_policy::ROW,
    delete_stream::ROW,
    deregister_stream_consumer::ROW,
    describe_account_settings::ROW,
    not_offered::DESCRIBE_CHANNEL,
    describe_limits::ROW,
    not_offered::DESCRIBE_QUEUE,
    describe_stream::ROW,
    describe_stream_consumer::ROW,
    describe_stream_summary::ROW,
    disable_enhanced_monitoring::ROW,
    enable_enhanced_monitoring::ROW,
    get_records::ROW,
    get_resource_policy::ROW,
    get_shard_iterator::ROW,
    increase_stream_retention_period::ROW,
    not_offered::LIST_CHANNELS,
    not_offered::LIST_QUEUES,
    list_shards::ROW,
    list_stream_consumers::ROW,
    list_streams::ROW,
    list_tags_for_resource::ROW,
    list_tags_for_stream::ROW,
    merge_shards::ROW,
    put_record::ROW,
    put_records::ROW,
    put_resource_policy::ROW,
    not_offered::RECEIVE_DEAD_LETTER_QUEUE_RECORDS,
    not_offered::RECEIVE_QUEUE_RECORDS,
    register_stream_consumer::ROW,
    remove_tags_from_stream::ROW,
    not_offered::RESTORE_DEAD_LETTER_QUEUE_RECORDS,
    split_shard::ROW,
    start_stream_encryption::ROW,
    stop_stream_encryption::ROW,
    subscribe_to_shard::ROW,
    tag_resource::ROW,
    untag_resource::ROW,
    update_account_settings::ROW,
    not_offered::UPDATE_CHANNEL,
    not_offered::UPDATE_DEAD_LETTER_QUEUE_RECORDS_VISIBILITY,
    update_max_record_size::ROW,
    not_offered::UPDATE_QUEUE,
    not_offered::UPDATE_QUEUE_RECORDS_VISIBILITY,
    update_shard_count::ROW,
    update_stream_mode::ROW,
    update_stream_record_distribution_strategy::ROW,
    update_stream_warm_throughput::ROW,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_recorded_orders_name_members() {
        assert!(OPERATIONS.is_sorted_by_key(|operation| operation.name));
        assert_eq!(OPERATIONS.len(), 57, "as many as the service's model has");
        for operation in OPERATIONS {
            for name in operation.input.checked {
                assert!(operation.input.member(name).is_some(), "{}: {name}", operation.name);
            }
        }
    }
}
