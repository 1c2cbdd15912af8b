//! `DescribeAccountSettings`: tells whether the account pays for on-demand Advantage.

use crate::api::Operation;
use crate::api::model::Shape;

pub(super) const OPERATION: Operation = Operation {
    name: "DescribeAccountSettings",
    doc: "Tells whether the account pays for on-demand Advantage.",
    input: Shape::new("DescribeAccountSettings", &[]),
    pages: None,
    call: None,
};
