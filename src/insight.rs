//! Folds over what has happened, and the questions that are asked of them.

pub mod charts;
pub mod compare;
pub mod flows;
pub mod history;
pub mod inquiry;
pub mod inspection;
pub mod pricing;
pub mod receipt;
pub mod recent;
pub mod remedy;
pub mod seconds;
pub mod subject;
pub mod timeline;
pub mod totals;
pub mod trial;
