//! Capacity modes: who decides how many shards a stream has.

/// Who decides how many shards a stream has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CapacityMode {
    /// The customer, and pays for each.
    Provisioned,
    /// The service, by what was written.
    OnDemand,
}
