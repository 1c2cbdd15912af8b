//! The options that an operation has.

use crate::api::Operation;
use crate::api::model::Param;
use crate::console::aws::naming::option_name;
use crate::console::aws::service::row;

/// Options of every operation besides its parameters, in the order of the real one.
pub const EXTRAS: &[&str] = &["--cli-input-json", "--cli-input-yaml"];
/// Options of operations that come in pages.
const PAGING: &[&str] = &["--starting-token", "--page-size", "--max-items"];
/// The option that prints a form to fill in.
pub const SKELETON: &str = "--generate-cli-skeleton";

/// The options of an operation by name, as help and completion list them.
pub fn names(operation: &'static Operation) -> impl Iterator<Item = (String, &'static Param)> {
    operation.input.members.iter().map(|param| (option_name(param), param))
}

/// The options of an operation that are no parameters of it.
pub fn extras(operation: &Operation) -> impl Iterator<Item = &'static str> {
    let paging: &[&str] = if row(operation).pages.is_some() { PAGING } else { &[] };
    let has_length = row(operation).pages.as_ref().is_some_and(|pages| !pages.limit.is_empty());
    let paging = paging.iter().filter(move |name| has_length || **name != PAGING[1]);
    EXTRAS.iter().chain(paging).copied().chain([SKELETON])
}
