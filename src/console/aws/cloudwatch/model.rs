//! Parameters that several operations of CloudWatch have.

use crate::api::model::{Choice, Kind, Param, Shape};

/// The only namespace that has metrics here.
pub const NAMESPACE: &str = "AWS/Kinesis";

/// Some text.
pub const TEXT: Kind = Kind::Text { min: 1, max: u32::MAX, pattern: None };
/// A whole number from 1 on.
pub const NUMBER: Kind = Kind::Integer { min: Some(1), max: None };
/// One text or more.
pub const TEXTS: Kind = Kind::List { min: 1, max: u32::MAX, of: &TEXT };
/// What a metric is of: a stream, perhaps with a shard or a consumer.
pub const DIMENSIONS: Kind = Kind::List { min: 0, max: u32::MAX, of: &Kind::Structure(&DIMENSION) };
const DIMENSION: Shape =
    Shape::new("Dimension", &[Param::required("Name", TEXT), Param::required("Value", TEXT)]);
/// Where the time begins that is asked for.
pub const START_TIME: Param = Param::required("StartTime", Kind::Timestamp);
/// Where it ends.
pub const END_TIME: Param = Param::required("EndTime", Kind::Timestamp);
/// The unit of a metric.
pub const UNIT: Kind = Kind::Choice(&UNITS);

/// The units of CloudWatch, in the order of its model.
pub const UNITS: Choice = Choice::new(&[
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Bytes",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Percent",
    "Count",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second",
    "None",
]);
