//! How a command of the real one ends: its exit statuses.
//!
//! Read first: <https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html>.

/// The exit status of a line that the command line itself refuses.
pub const USAGE_STATUS: u8 = 252;
/// The exit status of a command without a key to sign its request with.
pub const NO_CREDENTIALS_STATUS: u8 = 253;
/// The exit status of a request that the service refused.
pub const SERVICE_STATUS: u8 = 254;
/// The exit status of anything else that failed.
pub const OTHER_STATUS: u8 = 255;
