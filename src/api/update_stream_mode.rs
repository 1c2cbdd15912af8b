//! `UpdateStreamMode`: switches a stream between provisioned and on demand.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Switches a stream between provisioned and on demand.",
    pages: None,
    operation: Operation {
        name: "UpdateStreamMode",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "UpdateStreamMode",
            &[
                params::STREAM_ARN_REQUIRED,
                Param::required("StreamModeDetails", Kind::Structure(&params::STREAM_MODE_DETAILS)),
                Param::optional("WarmThroughputMiBps", params::MIB_PER_SECOND),
            ],
        ),
        call: Some(update_stream_mode),
    },
};

fn update_stream_mode(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let name = input::stream_name(sim, input)?;
    let mode = input::mode(input).expect("validated to be there");
    let warm = input::count(input, "WarmThroughputMiBps").unwrap_or_default();
    let changed = sim.request(|service, now| service.update_stream_mode(now, &name, mode, warm));
    changed.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
