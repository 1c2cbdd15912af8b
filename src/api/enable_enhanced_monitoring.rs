//! `EnableEnhancedMonitoring`: switches shard-level metrics on.

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
    doc: "Switches shard-level metrics on.",
    pages: None,
    operation: Operation {
        name: "EnableEnhancedMonitoring",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "EnableEnhancedMonitoring",
            &[
                params::STREAM_NAME,
                Param::required("ShardLevelMetrics", params::METRICS),
                params::STREAM_ARN,
            ],
        ),
        call: Some(enable_enhanced_monitoring),
    },
};

fn enable_enhanced_monitoring(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let name = input::stream_name(sim, input)?;
    let metrics = input::metrics(input);
    let change =
        sim.request(|service, now| service.enable_enhanced_monitoring(now, &name, &metrics));
    let change = change.map_err(|refusal| words::refused(sim, refusal))?;
    Ok(answer::metrics_change(sim, &name, &change))
}
