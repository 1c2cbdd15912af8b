//! `lab burst-tank`: how much an idle shard takes at once.

use super::arguments::Arguments;
use super::verb::Verb;
use crate::console::output::Output;
use crate::console::state::Console;
use crate::engine::service::limits::{SHARD_WRITE_BURST_BYTES, SHARD_WRITE_BURST_BYTES_CLASSIC};

pub(super) const VERB: Verb = Verb {
    name: "burst-tank",
    words: "today|classic",
    doc: "Sets how many bytes an idle shard takes at once: 10 MiB today, 1 MiB before 2025-10.",
    options: &[],
    examples: &["lab burst-tank classic", "lab burst-tank today"],
    run,
};

fn run(console: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    let limit = match arguments.words[..] {
        ["today"] => SHARD_WRITE_BURST_BYTES,
        ["classic"] => SHARD_WRITE_BURST_BYTES_CLASSIC,
        _ => return Err("write lab burst-tank today or lab burst-tank classic".to_owned()),
    };
    console.simulation.request(|service, now| service.set_write_burst_bytes(now, limit.value));
    Ok(Output::default().kept())
}
