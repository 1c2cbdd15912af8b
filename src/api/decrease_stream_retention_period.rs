//! `DecreaseStreamRetentionPeriod`: keeps records shorter; older ones are gone at once.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::validation::clamped;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Keeps records shorter, down to 24 hours; older ones are gone at once.",
    pages: None,
    operation: Operation {
        name: "DecreaseStreamRetentionPeriod",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape {
            name: "DecreaseStreamRetentionPeriod",
            members: &[
                params::STREAM_NAME,
                Param::required("RetentionPeriodHours", params::HOURS),
                params::STREAM_ARN,
            ],
            checked: &["RetentionPeriodHours", "StreamName"],
        },
        call: Some(decrease_stream_retention_period),
    },
};

fn decrease_stream_retention_period(
    sim: &mut Simulation,
    input: &Fields,
) -> Result<Fields, ApiError> {
    let name = input::stream_name(sim, input)?;
    let hours = clamped(input.integer("RetentionPeriodHours").unwrap_or_default());
    let changed = sim.request(|service, now| service.decrease_retention(now, &name, hours));
    changed.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
