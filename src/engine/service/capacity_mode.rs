//! Capacity modes: who decides how many shards a stream has.
//!
//! Read first: <https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html>.

mod demand;

pub use demand::Demand;

use super::Service;
use super::limits::{MIB, ON_DEMAND_WRITE_BYTES};
use super::names::StreamName;
use super::resharding::Plan;
use super::stream::Stream;
use crate::engine::refusal::{DailyCall, Refusal};
use crate::engine::time::Instant;

/// Who decides how many shards a stream has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CapacityMode {
    /// The customer, and pays for each.
    Provisioned,
    /// The service, by what was written.
    OnDemand,
}

/// How much an on-demand stream is ready to take, beyond what it has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WarmThroughput {
    /// MiB a second that were asked for.
    pub target_mibps: u32,
    /// MiB a second of them that there are shards for.
    pub current_mibps: u32,
}

impl Service {
    /// Gives a stream another capacity mode, and with [`CapacityMode::OnDemand`] a warm throughput
    /// in MiB a second (0 for none). It keeps its shards; it is `UPDATING` for a moment.
    ///
    /// Asking for the mode that it has changes nothing and does not count among the day's switches.
    /// What AWS does with a stream whose records it distributes itself (`AUTO`) is not published;
    /// here it has to be asked to stop first.
    pub fn update_stream_mode(
        &mut self,
        now: Instant,
        name: &StreamName,
        mode: CapacityMode,
        warm_mibps: u32,
    ) -> Result<(), Refusal> {
        let stream = self.stream_named(name)?;
        stream.must_be_active()?;
        self.must_allow_warm(name, mode, warm_mibps)?;
        if mode == CapacityMode::Provisioned && stream.distribution.is_auto() {
            let words = "Set RecordDistributionStrategy to USER_PARTITION_KEY before the stream \
                         becomes PROVISIONED: AUTO is only supported in ON_DEMAND mode.";
            return Err(Refusal::InvalidArgument(words.to_owned()));
        }
        if stream.mode != mode {
            stream.must_allow_today(now, DailyCall::UpdateStreamMode, &self.settings)?;
            match mode {
                CapacityMode::Provisioned => {
                    self.must_fit_shards(stream.open_shard_count().into())?;
                }
                CapacityMode::OnDemand => self.must_fit_on_demand_stream()?,
            }
            self.switch_mode(now, name, mode);
        }
        if warm_mibps > 0 {
            self.warm(now, name, warm_mibps);
        }
        Ok(())
    }

    /// Makes an on-demand stream ready for so many MiB a second, by halving its widest shards.
    ///
    /// A lower value than before only lets the promise go: AWS says that it "releases capacity",
    /// but not how, and no shard is merged here.
    pub fn update_stream_warm_throughput(
        &mut self,
        now: Instant,
        name: &StreamName,
        warm_mibps: u32,
    ) -> Result<WarmThroughput, Refusal> {
        let stream = self.stream_named(name)?;
        if stream.mode == CapacityMode::Provisioned {
            return Err(Refusal::ProvisionedOnly(name.clone()));
        }
        stream.must_be_active()?;
        self.must_be_committed()?;
        self.must_allow_warm(name, CapacityMode::OnDemand, warm_mibps)?;
        self.warm(now, name, warm_mibps);
        let stream = self.stream_named(name)?;
        Ok(stream.warm_throughput().expect("it has just been warmed"))
    }

    /// Refuses a warm throughput that the mode, the account or the service does not allow.
    pub(super) fn must_allow_warm(
        &self,
        name: &StreamName,
        mode: CapacityMode,
        warm_mibps: u32,
    ) -> Result<(), Refusal> {
        if warm_mibps == 0 {
            return Ok(());
        }
        if mode == CapacityMode::Provisioned {
            return Err(Refusal::ProvisionedOnly(name.clone()));
        }
        self.must_be_committed()?;
        let max = ON_DEMAND_WRITE_BYTES.value / MIB;
        if u64::from(warm_mibps) > max {
            let words = format!("WarmThroughputMiBps must not be more than {max}.");
            return Err(Refusal::InvalidArgument(words));
        }
        Ok(())
    }

    fn must_be_committed(&self) -> Result<(), Refusal> {
        if self.settings.commitment.is_on() { Ok(()) } else { Err(Refusal::NeedsAdvantage) }
    }

    fn switch_mode(&mut self, now: Instant, name: &StreamName, mode: CapacityMode) {
        let Ok(stream) = self.stream_named_mut(name) else { unreachable!("it was just found") };
        stream.count_today(now, DailyCall::UpdateStreamMode);
        stream.settle_all(now);
        stream.mode = mode;
        let (id, demand) = (stream.id, stream.demand.take());
        if let Some(ended) = demand {
            self.agenda.cancel(ended.sampling);
        }
        if mode == CapacityMode::OnDemand {
            let kept = self.stream(id).map_or(0, Stream::open_shard_count);
            self.begin_demand(now, id, kept, 0);
        }
        self.begin_update(now, id);
    }

    /// Warms a stream that is `ACTIVE`, or has been made `UPDATING` in this instant.
    fn warm(&mut self, now: Instant, name: &StreamName, warm_mibps: u32) {
        let Ok(stream) = self.stream_named_mut(name) else { unreachable!("it was just found") };
        let demand = stream.demand.as_mut().expect("an on-demand stream is metered");
        demand.warm_mibps = warm_mibps;
        let id = stream.id;
        if warm_mibps > stream.open_shard_count() {
            let plan = Plan::halving(&stream.open_ranges(), warm_mibps);
            self.begin_plan(now, id, plan);
        } else if stream.must_be_active().is_ok() {
            self.begin_update(now, id);
        }
    }
}

impl Stream {
    /// The warm throughput that was asked for; `None` if none was.
    pub fn warm_throughput(&self) -> Option<WarmThroughput> {
        let target_mibps = self.demand.as_ref()?.warm_mibps;
        // One shard takes one MiB a second.
        let current_mibps = target_mibps.min(self.open_shard_count());
        (target_mibps > 0).then_some(WarmThroughput { target_mibps, current_mibps })
    }
}
