//! `UpdateMaxRecordSize`: sets how large a record of a stream may be.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Sets how large a record of a stream may be.",
    pages: None,
    operation: Operation {
        name: "UpdateMaxRecordSize",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "UpdateMaxRecordSize",
            &[params::STREAM_ARN, Param::required("MaxRecordSizeInKiB", params::RECORD_KIB)],
        ),
        call: Some(update_max_record_size),
    },
};

fn update_max_record_size(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let name = input::stream_name(sim, input)?;
    let kib = input::count(input, "MaxRecordSizeInKiB").unwrap_or_default();
    let changed = sim.request(|service, now| service.update_max_record_size(now, &name, kib));
    changed.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
