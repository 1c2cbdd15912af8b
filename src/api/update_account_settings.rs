//! `UpdateAccountSettings`: switches on-demand Advantage for the account on or off.

use crate::api::answer;
use crate::api::authorization::Resource;
use crate::api::model::{Choice, Kind, Param, Shape};
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Switches on-demand Advantage for the account on or off.",
    pages: None,
    operation: Operation {
        name: "UpdateAccountSettings",
        plane: Plane::Control,
        resource: Resource::Any,
        input: Shape::new(
            "UpdateAccountSettings",
            &[Param::required("MinimumThroughputBillingCommitment", Kind::Structure(&COMMITMENT))],
        ),
        call: Some(update_account_settings),
    },
};

#[expect(clippy::unnecessary_wraps, reason = "operations have one signature")]
fn update_account_settings(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let commitment = input.fields("MinimumThroughputBillingCommitment");
    let status = commitment.and_then(|commitment| commitment.text("Status"));
    sim.request(|service, now| match status {
        Some("ENABLED") => service.enable_commitment(now),
        _ => service.disable_commitment(now),
    });
    Ok(answer::account_settings(sim))
}

const COMMITMENT: Shape = Shape::new(
    "MinimumThroughputBillingCommitmentInput",
    &[Param::required("Status", Kind::Choice(&Choice::new(&["ENABLED", "DISABLED"])))],
);
