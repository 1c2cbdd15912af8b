//! The `aws` command.

mod options;
mod params;
mod python;
mod shorthand;
mod usage;
