//! The cells of a row, whatever its shape.

use super::{csv, plain};
use crate::sizing::form::Shape;

/// Names the cells of a row by their places, as they are written, and says how many there are.
/// NDJSON has members instead.
pub fn cells<'a>(shape: Shape, row: &'a [u8], each: &mut dyn FnMut(u32, &'a [u8])) -> u32 {
    match shape {
        Shape::Csv { delimiter } => csv::cells(row, delimiter, each),
        Shape::Plain => plain::cells(row, each),
        Shape::Ndjson => 0,
    }
}

/// What a cell says; `room` may be used.
pub fn said<'a>(shape: Shape, cell: &'a [u8], room: &'a mut Vec<u8>) -> &'a [u8] {
    match shape {
        Shape::Csv { .. } => csv::unquoted(cell, room),
        _ => cell,
    }
}
