//! `DescribeStreamConsumer`: describes a registered consumer.

use crate::api::answer;
use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Describes a registered consumer.",
    pages: None,
    operation: Operation {
        name: "DescribeStreamConsumer",
        plane: Plane::Control,
        resource: Resource::Consumer,
        input: Shape::new(
            "DescribeStreamConsumer",
            &[
                params::STREAM_ARN,
                Param::optional("ConsumerName", params::NAME),
                params::CONSUMER_ARN,
            ],
        ),
        call: Some(describe_stream_consumer),
    },
};

fn describe_stream_consumer(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let (stream, consumer) = input::consumer(sim, input)?;
    let description = answer::consumer(sim, &stream.name, consumer)
        .with("StreamARN", stream.name.arn(sim.account()));
    Ok(Fields::new().with("ConsumerDescription", description))
}
