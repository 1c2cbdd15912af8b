//! `DescribeLimits`: tells the account's shard and on-demand stream quotas and their use.

use crate::api::Operation;
use crate::api::model::Shape;

pub(super) const OPERATION: Operation = Operation {
    name: "DescribeLimits",
    doc: "Tells the account's shard and on-demand stream quotas and their use.",
    input: Shape::new("DescribeLimits", &[]),
    pages: None,
};
