//! `CreateStream`: creates a stream, provisioned with a number of shards or on demand.

use crate::api::input;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation};
use crate::engine::Simulation;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::lifecycle::NewStream;
use crate::engine::service::limits::MAX_RECORD_KIB_DEFAULT;

pub(super) const OPERATION: Operation = Operation {
    name: "CreateStream",
    doc: "Creates a stream, provisioned with a number of shards or on demand.",
    input: Shape {
        name: "CreateStream",
        members: &[
            Param::required("StreamName", params::NAME),
            Param::optional("ShardCount", params::SHARD_COUNT),
            Param::optional("StreamModeDetails", Kind::Structure(&params::STREAM_MODE_DETAILS)),
            Param::optional("Tags", params::TAG_MAP),
            Param::optional("WarmThroughputMiBps", params::MIB_PER_SECOND),
            Param::optional("MaxRecordSizeInKiB", params::RECORD_KIB),
        ],
        checked: &["ShardCount", "StreamName"],
    },
    pages: None,
    call: Some(create_stream),
};

fn create_stream(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let count = |name| input.integer(name).and_then(|number| u32::try_from(number).ok());
    let shards = count("ShardCount");
    let mode = input.fields("StreamModeDetails").and_then(|details| details.text("StreamMode"));
    // Real AWS made an on-demand stream of a request with neither (recorded in 2022).
    let mode = match mode.or(if shards.is_some() { Some("PROVISIONED") } else { None }) {
        Some("PROVISIONED") => CapacityMode::Provisioned,
        _ => CapacityMode::OnDemand,
    };
    match (&mode, shards) {
        (CapacityMode::Provisioned, None) => Err(words::invalid_argument(
            "ShardCount must be specified for a stream in PROVISIONED mode.",
        )),
        (CapacityMode::OnDemand, Some(_)) => Err(words::invalid_argument(
            "ShardCount must not be specified for a stream in ON_DEMAND mode.",
        )),
        _ => Ok(()),
    }?;
    let new = NewStream {
        name: input::checked(input.text("StreamName").unwrap_or_default()),
        mode,
        shards: shards.unwrap_or_default(),
        max_record_kib: count("MaxRecordSizeInKiB").unwrap_or(MAX_RECORD_KIB_DEFAULT),
    };
    let created = sim.request(|service, now| service.create_stream(now, new));
    created.map(|_| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
