//! Folds over what has happened, and the questions that are asked of them.

pub mod charts;
pub mod history;
pub mod recent;
pub mod seconds;
pub mod timeline;
pub mod totals;
