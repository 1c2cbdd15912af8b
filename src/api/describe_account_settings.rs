//! `DescribeAccountSettings`: tells whether the account pays for on-demand Advantage.

use crate::api::authorization::Resource;
use crate::api::model::Shape;
use crate::api::{ApiError, Operation, Plane, Row};

pub(super) const ROW: Row = Row {
    doc: "Tells whether the account pays for on-demand Advantage.",
    pages: None,
    operation: Operation {
        name: "DescribeAccountSettings",
        plane: Plane::Control,
        resource: Resource::Any,
        input: Shape::new("DescribeAccountSettings", &[]),
        call: Some(describe_account_settings),
    },
};

#[expect(clippy::unnecessary_wraps, reason = "operations have one signature")]
fn describe_account_settings(sim: &mut Simulation, _input: &Fields) -> Result<Fields, ApiError> {
    Ok(answer::account_settings(sim))
}
use crate::api::answer;
use crate::api::value::Fields;
use crate::engine::Simulation;
