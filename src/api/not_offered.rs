//! Operations of the model that this Region does not offer: channels and queues, new in 2026.
//!
//! A Region that lacks an operation does not know it: the answer is `UnknownOperationException`,
//! before the request's body is looked at. So the rows have no parameters yet; whoever builds one
//! moves it to a file of its own and gives it its shape and its call.

use crate::api::authorization::Resource;
use crate::api::model::Shape;
use crate::api::{Operation, Plane, Row};

pub(super) const ACKNOWLEDGE_DEAD_LETTER_QUEUE_RECORDS: Row = data(
    "AcknowledgeDeadLetterQueueRecords",
    "Deletes records that were received from a dead-letter queue.",
);
pub(super) const ACKNOWLEDGE_QUEUE_RECORDS: Row =
    data("AcknowledgeQueueRecords", "Deletes records that were received from a queue.");
pub(super) const CREATE_CHANNEL: Row =
    control("CreateChannel", "Creates a channel that delivers streams to S3 or S3 Tables.");
pub(super) const CREATE_QUEUE: Row =
    control("CreateQueue", "Creates a queue over on-demand streams.");
pub(super) const DELETE_CHANNEL: Row = control("DeleteChannel", "Deletes a channel.");
pub(super) const DELETE_QUEUE: Row = control("DeleteQueue", "Deletes a queue.");
pub(super) const DESCRIBE_CHANNEL: Row = control("DescribeChannel", "Describes a channel.");
pub(super) const DESCRIBE_QUEUE: Row = control("DescribeQueue", "Describes a queue.");
pub(super) const LIST_CHANNELS: Row = control("ListChannels", "Lists channels.");
pub(super) const LIST_QUEUES: Row = control("ListQueues", "Lists queues.");
pub(super) const RECEIVE_DEAD_LETTER_QUEUE_RECORDS: Row =
    data("ReceiveDeadLetterQueueRecords", "Receives records that could not be handled.");
pub(super) const RECEIVE_QUEUE_RECORDS: Row =
    data("ReceiveQueueRecords", "Receives records, hidden from others for a while.");
pub(super) const RESTORE_DEAD_LETTER_QUEUE_RECORDS: Row =
    data("RestoreDeadLetterQueueRecords", "Moves records back to their queue.");
pub(super) const UPDATE_CHANNEL: Row = control("UpdateChannel", "Changes a channel.");
pub(super) const UPDATE_DEAD_LETTER_QUEUE_RECORDS_VISIBILITY: Row = data(
    "UpdateDeadLetterQueueRecordsVisibility",
    "Changes how long received records of a dead-letter queue stay hidden.",
);
pub(super) const UPDATE_QUEUE: Row = control("UpdateQueue", "Changes a queue.");
pub(super) const UPDATE_QUEUE_RECORDS_VISIBILITY: Row =
    data("UpdateQueueRecordsVisibility", "Changes how long received records stay hidden.");

const fn control(name: &'static str, doc: &'static str) -> Row {
    row(name, doc, Plane::Control)
}

const fn data(name: &'static str, doc: &'static str) -> Row {
    row(name, doc, Plane::Data)
}

const fn row(name: &'static str, doc: &'static str, plane: Plane) -> Row {
    let (resource, input) = (Resource::Any, Shape::new(name, &[]));
    Row { doc, pages: None, operation: Operation { name, plane, resource, input, call: None } }
}
