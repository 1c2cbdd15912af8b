//! `UpdateAccountSettings`: switches on-demand Advantage for the account on or off.

use crate::api::Operation;
use crate::api::model::{Choice, Kind, Param, Shape};

pub(super) const OPERATION: Operation = Operation {
    name: "UpdateAccountSettings",
    doc: "Switches on-demand Advantage for the account on or off.",
    input: Shape::new(
        "UpdateAccountSettings",
        &[Param::required("MinimumThroughputBillingCommitment", Kind::Structure(&COMMITMENT))],
    ),
    pages: None,
    call: None,
};

const COMMITMENT: Shape = Shape::new(
    "MinimumThroughputBillingCommitmentInput",
    &[Param::required("Status", Kind::Choice(&Choice::new(&["ENABLED", "DISABLED"])))],
);
