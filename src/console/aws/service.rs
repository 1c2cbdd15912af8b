//! The services that the command line talks to, and what it knows of their operations.

use super::cloudwatch;
use super::naming::kebab;
use crate::api::caller::Caller;
use crate::api::value::Fields;
use crate::api::{self, ApiError, OPERATIONS, Operation, ROWS, Row};
use crate::engine::Simulation;

/// A service that the command line talks to.
#[derive(Debug)]
pub struct Service {
    /// As it is typed: `kinesis`.
    pub name: &'static str,
    operations: &'static [&'static Operation],
    pub(super) call: Ask,
}

/// How a service is asked for one of its operations.
pub type Ask = fn(&mut Simulation, &Caller, &Operation, &Fields) -> Result<Fields, ApiError>;

/// The services that are there.
pub const SERVICES: [Service; 2] = [CLOUDWATCH, KINESIS];

/// CloudWatch.
pub const CLOUDWATCH: Service =
    Service { name: "cloudwatch", operations: cloudwatch::OPERATIONS, call: cloudwatch::call };
/// Kinesis.
pub const KINESIS: Service = Service { name: "kinesis", operations: OPERATIONS, call: ask };

#[cfg(test)]
thread_local! {
    /// What a test has answer in place of Kinesis.
    pub static STAND_IN: std::cell::Cell<Option<Ask>> = const { std::cell::Cell::new(None) };
}

/// Asks Kinesis.
fn ask(
    sim: &mut Simulation,
    caller: &Caller,
    operation: &Operation,
    request: &Fields,
) -> Result<Fields, ApiError> {
    #[cfg(test)]
    if let Some(stand_in) = STAND_IN.get() {
        return stand_in(sim, caller, operation, request);
    }
    api::call(sim, caller, operation, request)
}

/// What the command line knows of an operation.
pub fn row(operation: &Operation) -> &'static Row {
    let mut rows = ROWS.iter().chain(cloudwatch::ROWS).copied();
    rows.find(|row| row.operation.name == operation.name).expect("each operation has its row")
}

/// The operations of Kinesis that are commands.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    KINESIS.operations()
}

impl Service {
    /// The operations that are commands: the real command line cannot print an event stream.
    pub fn operations(&self) -> impl Iterator<Item = &'static Operation> + use<> {
        let is_command = |operation: &&Operation| operation.name != "SubscribeToShard";
        let operations = self.operations.iter().copied().filter(is_command);
        operations.filter(|operation| operation.call.is_some())
    }

    /// The operation that is typed so.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations().find(|operation| kebab(operation.name) == name)
    }

    /// What may be typed after the service.
    pub fn choices(&self) -> Vec<String> {
        let operations = self.operations().map(|operation| kebab(operation.name));
        operations.chain(["wait".to_owned(), "help".to_owned()]).collect()
    }
}
