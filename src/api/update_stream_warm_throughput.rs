//! `UpdateStreamWarmThroughput`: sets the throughput an on-demand stream keeps ready.

use crate::api::answer;
use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Sets the throughput an on-demand stream keeps ready.",
    pages: None,
    operation: Operation {
        name: "UpdateStreamWarmThroughput",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "UpdateStreamWarmThroughput",
            &[
                params::STREAM_ARN,
                params::STREAM_NAME,
                Param::required("WarmThroughputMiBps", params::MIB_PER_SECOND),
            ],
        ),
        call: Some(update_stream_warm_throughput),
    },
};

fn update_stream_warm_throughput(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let name = input::stream_name(sim, input)?;
    let mibps = input::count(input, "WarmThroughputMiBps").unwrap_or_default();
    let warm = sim.request(|service, now| service.update_stream_warm_throughput(now, &name, mibps));
    let warm = warm.map_err(|refusal| words::refused(sim, refusal))?;
    Ok(Fields::new()
        .with("StreamARN", name.arn(sim.account()))
        .with("StreamName", name.to_string())
        .with("WarmThroughput", answer::warm_throughput(warm)))
}
