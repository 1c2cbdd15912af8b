//! From bytes to rows, and from rows to cells.

pub mod cells;
pub mod csv;
pub mod cut;
pub mod decode;
pub mod json;
pub mod moment;
pub mod plain;
