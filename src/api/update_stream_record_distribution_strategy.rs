//! `UpdateStreamRecordDistributionStrategy`: changes who chooses the shards of a stream's records.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Changes who chooses the shards of an on-demand stream's records.",
    pages: None,
    operation: Operation {
        name: "UpdateStreamRecordDistributionStrategy",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "UpdateStreamRecordDistributionStrategy",
            &[
                params::STREAM_ARN_REQUIRED,
                Param::required("RecordDistributionStrategy", params::DISTRIBUTION),
            ],
        ),
        call: Some(update_stream_record_distribution_strategy),
    },
};

fn update_stream_record_distribution_strategy(
    sim: &mut Simulation,
    input: &Fields,
) -> Result<Fields, ApiError> {
    let name = input::stream_name(sim, input)?;
    let distribution = input::distribution(input);
    let changed = sim.request(|service, _| service.update_distribution(&name, distribution));
    changed.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
