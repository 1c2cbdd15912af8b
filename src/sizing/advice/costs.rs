//! What a month of it would cost.

use super::{Cost, Wishes};
use crate::engine::service::usage::{LONG_TERM_HOURS, Meter, Metered, RETENTION_INCLUDED_HOURS};
use crate::insight::pricing::{Bill, HOUR, MONTH_HOURS, Plan};
use crate::sizing::findings::Findings;

/// A month of the same data over and over, by plan. Stored bytes are those of a stream that has run
/// for as long as it keeps records.
pub fn monthly(findings: &Findings, wishes: &Wishes, span_micros: u64, shards: u32) -> [Cost; 3] {
    let month = HOUR * MONTH_HOURS;
    let scaled = |count: u64, micros: u64| {
        let scaled = u128::from(count) * u128::from(micros) / u128::from(span_micros.max(1));
        u64::try_from(scaled).unwrap_or(u64::MAX)
    };
    let monthly = |count| scaled(count, month);
    let (bytes, shards) = (monthly(findings.facts.total.bytes), u64::from(shards));
    let mut used = Metered::default();
    used.set(Meter::StreamTime, month);
    used.set(Meter::ShardTime, month * shards);
    used.set(Meter::ConsumerTime, month * shards * u64::from(wishes.fan_out));
    used.set(Meter::PutUnits, monthly(findings.facts.payload.put_units));
    used.set(Meter::KibIn, monthly(findings.facts.payload.kib));
    used.set(Meter::BytesOut, bytes.saturating_mul(wishes.shared.into()));
    used.set(Meter::BytesPushed, bytes.saturating_mul(wishes.fan_out.into()));
    let retention = wishes.retention_hours;
    if retention > RETENTION_INCLUDED_HOURS {
        // As many bytes as an hour brings, for as many hours as they lie there, in every hour.
        let extended = retention.min(LONG_TERM_HOURS) - RETENTION_INCLUDED_HOURS;
        let long = retention.saturating_sub(LONG_TERM_HOURS);
        used.set(Meter::ExtendedTime, month * shards);
        used.set(Meter::ExtendedStorage, bytes.saturating_mul(extended.into()));
        used.set(Meter::LongStorage, bytes.saturating_mul(long.into()));
    }
    [Plan::Provisioned, Plan::Standard, Plan::Advantage]
        .map(|plan| Cost { plan, bill: Bill::of(plan, &used, &wishes.prices) })
}
