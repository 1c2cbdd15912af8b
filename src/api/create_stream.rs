//! `CreateStream`: creates a stream, provisioned with a number of shards or on demand.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::refusal::Refusal;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::lifecycle::NewStream;
use crate::engine::service::limits::{MAX_RECORD_KIB_DEFAULT, TAGS};
use crate::engine::service::names::StreamName;
use crate::engine::service::tags::Tagged;
use crate::engine::trail::TrailCall;

const NAME: &str = "CreateStream";

pub(super) const ROW: Row = Row {
    doc: "Creates a stream, provisioned with a number of shards or on demand.",
    pages: None,
    operation: Operation {
        name: NAME,
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape {
            name: "CreateStream",
            members: &[
                Param::required("StreamName", params::NAME),
                Param::optional("ShardCount", params::SHARD_COUNT),
                Param::optional("StreamModeDetails", Kind::Structure(&params::STREAM_MODE_DETAILS)),
                Param::optional("Tags", params::TAG_MAP),
                Param::optional("WarmThroughputMiBps", params::MIB_PER_SECOND),
                Param::optional("MaxRecordSizeInKiB", params::RECORD_KIB),
                Param::optional("RecordDistributionStrategy", params::DISTRIBUTION),
            ],
            checked: &["ShardCount", "StreamName"],
        },
        call: Some(create_stream),
    },
};

fn create_stream(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let shards = input::count(input, "ShardCount");
    // Real AWS made an on-demand stream of a request with neither (recorded in 2022).
    let usual = if shards.is_some() { CapacityMode::Provisioned } else { CapacityMode::OnDemand };
    let mode = input::mode(input).unwrap_or(usual);
    match (mode, shards) {
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
        max_record_kib: input::count(input, "MaxRecordSizeInKiB").unwrap_or(MAX_RECORD_KIB_DEFAULT),
    };
    let warm = input::count(input, "WarmThroughputMiBps").unwrap_or_default();
    let tags = input::tags(sim, input)?;
    if tags.0.len() as u64 > TAGS.value {
        return Err(words::refused(sim, Refusal::TooManyTags(new.name)));
    }
    let distribution = input::distribution(input);
    let created = sim.request(|service, now| {
        distribution.must_suit(mode)?;
        let id = service.create_warm_stream(now, new, warm)?;
        service.begin_distribution(id, distribution);
        service.add_tags(Tagged::Stream(id), &tags)
    });
    created.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}

/// Whether root's request for a provisioned stream without anything else would be granted.
pub fn can_create_plain(sim: &Simulation, name: &str, shards: u32) -> bool {
    let now = sim.now();
    plain(name, shards).is_some_and(|new| {
        sim.service().control_charge(now, NAME, None).is_ok()
            && sim.service().first_shards(&new, 0).is_ok()
    })
}

/// What root's request for a provisioned stream without anything else does, if it is
/// [granted](can_create_plain).
pub fn create_plain(sim: &mut Simulation, name: &str, shards: u32) {
    let Some(new) = plain(name, shards) else { return };
    let call = TrailCall {
        at: sim.now(),
        operation: NAME,
        user: None,
        resource: Some(name.into()),
        error: None,
    };
    let charged = sim.request(|service, now| service.charge_control(now, NAME, None));
    let created = sim.request(|service, now| service.create_stream(now, new));
    debug_assert!(charged.is_ok() && created.is_ok(), "it was asked whether it would be granted");
    sim.trail_mut().push(call);
}

fn plain(name: &str, shards: u32) -> Option<NewStream> {
    Some(NewStream {
        name: StreamName::new(name)?,
        mode: CapacityMode::Provisioned,
        shards,
        max_record_kib: MAX_RECORD_KIB_DEFAULT,
    })
}
