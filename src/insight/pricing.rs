//! What it costs: prices, and the bill of what a stream has used, in either capacity mode.
//!
//! Amounts are whole nano-dollars, rounded down once a line. What is not priced here: channels and
//! queues, whose prices were not found; shard-level metrics, which CloudWatch bills; KMS; data
//! transfer; tiers above the first.

pub mod rate;

use crate::engine::service::Service;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::limits::{KIB, MIB};
use crate::engine::service::usage::{Meter, Metered};
use crate::engine::time::Instant;

/// Where AWS says what it charges.
pub const PAGE: &str = "https://aws.amazon.com/kinesis/data-streams/pricing/";
/// The day of the prices below: those of provisioned streams as of the AWS price list, and those of
/// on-demand streams, of an article of AWS of 2026-03-09.
pub const AS_OF: &str = "2026-05-05";
/// The Region of the prices below.
pub const REGION: &str = "us-east-1";
/// Hours of a month, as AWS reckons.
pub const MONTH_HOURS: u64 = 730;

/// Microseconds of an hour.
pub const HOUR: u64 = 3_600_000_000;
/// Bytes of a GB on the bill: 25 MiB/s for a day at $0.032 a GB make the $67.50 that AWS names only
/// if a GB is 2^30 bytes.
const GB: u64 = 1 << 30;
const GB_MONTH: u64 = GB * MONTH_HOURS;
/// The least that On-demand Advantage bills, in and out each: bytes a second.
const COMMITTED: u64 = 25 * MIB;

/// How a stream can be billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plan {
    /// By the shard.
    Provisioned,
    /// On demand, without a commitment of the account.
    Standard,
    /// On demand, in an account that is committed to a minimum.
    Advantage,
}

/// A line of the bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// Shards by the hour.
    Shards,
    /// The stream by the hour.
    Stream,
    /// What is put.
    DataIn,
    /// What `GetRecords` returns.
    DataOut,
    /// Registered consumers by the shard and hour.
    FanOutHours,
    /// What is pushed to them.
    FanOutData,
    /// Retention from 24 hours to 7 days.
    Extended,
    /// Retention beyond 7 days.
    LongTerm,
    /// `GetRecords` of what is older than 7 days.
    Retrieval,
    /// What lacks to the minimum of On-demand Advantage.
    Minimum,
}

/// How many lines a bill has.
pub const LINES: usize = Line::Minimum as usize + 1;

/// What one line of one plan costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// The plan.
    pub plan: Plan,
    /// The line.
    pub line: Line,
    /// What it goes by.
    pub meter: Meter,
    /// How much of the meter the price is for.
    pub per: u64,
    /// Nano-dollars, unless the viewer says otherwise.
    pub nanos: u64,
}

const fn price(plan: Plan, line: Line, meter: Meter, per: u64, nanos: u64) -> Price {
    Price { plan, line, meter, per, nanos }
}

/// All prices, first tier: [`REGION`], [`AS_OF`], by plan and line.
///
/// Sources: the AWS price list as Infracost's golden files have it and the price page for
/// provisioned streams; for on-demand streams the AWS Big Data Blog, "Kinesis On-demand Advantage
/// saves 60 %+", 2026-03-09. A consumer-shard-hour counts open shards, as a shard-hour does.
pub const PRICES: [Price; 18] = [
    price(Plan::Provisioned, Line::Shards, Meter::ShardTime, HOUR, 15_000_000),
    price(Plan::Provisioned, Line::DataIn, Meter::PutUnits, 1_000_000, 14_000_000),
    price(Plan::Provisioned, Line::FanOutHours, Meter::ConsumerTime, HOUR, 15_000_000),
    price(Plan::Provisioned, Line::FanOutData, Meter::BytesPushed, GB, 13_000_000),
    price(Plan::Provisioned, Line::Extended, Meter::ExtendedTime, HOUR, 20_000_000),
    price(Plan::Provisioned, Line::LongTerm, Meter::LongStorage, GB_MONTH, 23_000_000),
    price(Plan::Provisioned, Line::Retrieval, Meter::OldBytesOut, GB, 21_000_000),
    price(Plan::Standard, Line::Stream, Meter::StreamTime, HOUR, 40_000_000),
    price(Plan::Standard, Line::DataIn, Meter::KibIn, GB / KIB, 80_000_000),
    price(Plan::Standard, Line::DataOut, Meter::BytesOut, GB, 40_000_000),
    price(Plan::Standard, Line::FanOutData, Meter::BytesPushed, GB, 50_000_000),
    price(Plan::Standard, Line::Extended, Meter::ExtendedStorage, GB_MONTH, 100_000_000),
    price(Plan::Standard, Line::LongTerm, Meter::LongStorage, GB_MONTH, 23_000_000),
    price(Plan::Advantage, Line::DataIn, Meter::KibIn, GB / KIB, 32_000_000),
    price(Plan::Advantage, Line::DataOut, Meter::BytesOut, GB, 16_000_000),
    price(Plan::Advantage, Line::FanOutData, Meter::BytesPushed, GB, 16_000_000),
    price(Plan::Advantage, Line::Extended, Meter::ExtendedStorage, GB_MONTH, 23_000_000),
    price(Plan::Advantage, Line::LongTerm, Meter::LongStorage, GB_MONTH, 23_000_000),
];

/// Nano-dollars for each of [`PRICES`], as the viewer set them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prices(pub [u64; PRICES.len()]);

impl Default for Prices {
    fn default() -> Self {
        Self(PRICES.map(|price| price.nanos))
    }
}

/// A line of a bill with its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What the meter shows; 0 for [`Line::Minimum`], which goes by two.
    pub quantity: u64,
    /// What the meter counts.
    pub meter: Meter,
    /// Nano-dollars.
    pub nanos: u64,
}

/// What a plan charges for some usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bill {
    /// By [`Line`]; `None` where the plan has no such line.
    pub items: [Option<Item>; LINES],
}

impl Bill {
    /// The bill of some usage. What On-demand Advantage bills at least is reckoned as if the
    /// account had no other stream, and pro rata.
    pub fn of(plan: Plan, used: &Metered, prices: &Prices) -> Self {
        let mut items = [None; LINES];
        let mut out_nanos = 0;
        let mut in_nanos = 0;
        for (price, nanos) in PRICES.iter().zip(prices.0).filter(|(price, _)| price.plan == plan) {
            let quantity = used.of(price.meter);
            let item =
                Item { quantity, meter: price.meter, nanos: amount(quantity, nanos, price.per) };
            items[price.line as usize] = Some(item);
            match price.line {
                Line::DataIn => in_nanos = nanos,
                Line::DataOut => out_nanos = nanos,
                _ => {}
            }
        }
        if plan == Plan::Advantage {
            let committed = u128::from(used.of(Meter::StreamTime)) * u128::from(COMMITTED);
            let committed = narrow(committed / 1_000_000);
            let out = used.of(Meter::BytesOut) + used.of(Meter::BytesPushed);
            let lacking_in = committed.saturating_sub(used.of(Meter::KibIn) * KIB);
            let lacking_out = committed.saturating_sub(out);
            let nanos = amount(lacking_in, in_nanos, GB) + amount(lacking_out, out_nanos, GB);
            let item = Item { quantity: 0, meter: Meter::StreamTime, nanos };
            items[Line::Minimum as usize] = Some(item);
        }
        Self { items }
    }

    /// The sum of its lines, in nano-dollars.
    pub fn total(&self) -> u64 {
        self.items.iter().flatten().map(|item| item.nanos).sum()
    }
}

/// What all streams that ever were have cost until now, each as it was billed at the time:
/// nano-dollars. A commitment of the account is taken as it is now.
pub fn so_far(service: &Service, now: Instant, prices: &Prices) -> u64 {
    let [provisioned, mut on_demand] = service.usage(now, None);
    let plan = plan_of(service, CapacityMode::OnDemand);
    if plan == Plan::Advantage {
        // The minimum is the account's, not each stream's.
        let times = service.streams().map(|stream| stream.usage(now)[1].of(Meter::StreamTime));
        on_demand.set(Meter::StreamTime, times.max().unwrap_or(0));
    }
    Bill::of(Plan::Provisioned, &provisioned, prices).total()
        + Bill::of(plan, &on_demand, prices).total()
}

/// How a stream in a capacity mode is billed.
pub fn plan_of(service: &Service, mode: CapacityMode) -> Plan {
    match mode {
        CapacityMode::Provisioned => Plan::Provisioned,
        CapacityMode::OnDemand if service.settings().commitment.is_on() => Plan::Advantage,
        CapacityMode::OnDemand => Plan::Standard,
    }
}

/// The same usage by a stream that had so many shards all the time.
#[must_use]
pub fn with_shards(used: &Metered, shards: u64) -> Metered {
    let (had, all) = (used.of(Meter::ShardTime), used.of(Meter::StreamTime) * shards);
    let mut changed = *used;
    for meter in [Meter::ShardTime, Meter::ExtendedTime, Meter::ConsumerTime] {
        let scaled = u128::from(used.of(meter)) * u128::from(all) / u128::from(had.max(1));
        changed.set(meter, narrow(scaled));
    }
    changed
}

/// Nano-dollars for so much, at so many nano-dollars per so much; rounded down.
fn amount(quantity: u64, nanos: u64, per: u64) -> u64 {
    narrow(u128::from(quantity) * u128::from(nanos) / u128::from(per))
}

/// As many as 64 bits hold: 18 billion dollars.
fn narrow(wide: u128) -> u64 {
    u64::try_from(wide).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 24 * HOUR;

    fn used(meters: &[(Meter, u64)]) -> Metered {
        let mut used = Metered::default();
        for &(meter, value) in meters {
            used.set(meter, value);
        }
        used
    }

    fn nanos(bill: &Bill, line: Line) -> Option<u64> {
        bill.items[line as usize].map(|item| item.nanos)
    }

    #[test]
    fn the_example_of_the_price_page_for_provisioned_streams() {
        // 100 records a second of 35 KB, so 3.4 MB/s: 4 shards, for a month of 31 days.
        //   shards:  4 × 24 × 31 h = 2,976 h × $0.015                           = $44.64
        //   units:   2 a record × 100 × 86,400 × 31 = 535.68 million × $0.014   =  $7.49952
        //   retention of 7 days: 2,976 h × $0.020                               = $59.52
        let month = 31 * DAY;
        let bill = Bill::of(
            Plan::Provisioned,
            &used(&[
                (Meter::StreamTime, month),
                (Meter::ShardTime, 4 * month),
                (Meter::ExtendedTime, 4 * month),
                (Meter::PutUnits, 2 * 100 * 86_400 * 31),
            ]),
            &Prices::default(),
        );
        assert_eq!(nanos(&bill, Line::Shards), Some(44_640_000_000));
        assert_eq!(nanos(&bill, Line::DataIn), Some(7_499_520_000));
        assert_eq!(nanos(&bill, Line::Extended), Some(59_520_000_000));
        assert_eq!(bill.total(), 111_659_520_000);
        assert_eq!(nanos(&bill, Line::Stream), None, "that is for on-demand streams");
    }

    #[test]
    fn fan_out_by_hand() {
        // 2 consumers on 4 shards for a day: 192 h × $0.015 = $2.88; 10 GB to each: 20 × $0.013.
        let used = used(&[
            (Meter::ConsumerTime, 2 * 4 * DAY),
            (Meter::BytesPushed, 20 * GB),
            (Meter::StreamTime, DAY),
        ]);
        let bill = Bill::of(Plan::Provisioned, &used, &Prices::default());
        assert_eq!(nanos(&bill, Line::FanOutHours), Some(2_880_000_000));
        assert_eq!(nanos(&bill, Line::FanOutData), Some(260_000_000));
        // On demand: no hours, and 20 × $0.05; a day of a stream is 24 × $0.04.
        let bill = Bill::of(Plan::Standard, &used, &Prices::default());
        assert_eq!(nanos(&bill, Line::FanOutHours), None);
        assert_eq!(bill.total(), 1_000_000_000 + 960_000_000);
    }

    #[test]
    fn on_demand_by_hand() {
        // 1,000 records a second of 4.5 KB for a day: 5 KB each, 432,000,000 KB = 411.987… GB.
        //   in:  × $0.08
        //   out: to two consumers, not rounded, 2 × 388,800,000 KB = 741.577… GB × $0.04
        let kib = 1_000 * 86_400 * 5;
        let out = 2 * 1_000 * 86_400 * 4_608;
        let used = used(&[
            (Meter::StreamTime, DAY),
            (Meter::KibIn, kib),
            (Meter::BytesOut, out),
            // 100 GB that were there for all of a month's hours.
            (Meter::ExtendedStorage, 100 * GB_MONTH),
            (Meter::LongStorage, 100 * GB_MONTH),
        ]);
        let bill = Bill::of(Plan::Standard, &used, &Prices::default());
        assert_eq!(nanos(&bill, Line::Stream), Some(960_000_000));
        assert_eq!(nanos(&bill, Line::DataIn), Some(32_958_984_375));
        assert_eq!(nanos(&bill, Line::DataOut), Some(29_663_085_937));
        assert_eq!(nanos(&bill, Line::Extended), Some(10_000_000_000));
        assert_eq!(nanos(&bill, Line::LongTerm), Some(2_300_000_000));
        // With the commitment: × $0.032 and × $0.016, both retentions $0.023. In, 4.88 MiB/s of the
        // 25: $67.50 − $13.1835937 are lacking; out, 8.79 of 25: $33.75 − $11.8652343.
        let bill = Bill::of(Plan::Advantage, &used, &Prices::default());
        assert_eq!(nanos(&bill, Line::DataIn), Some(13_183_593_750));
        assert_eq!(nanos(&bill, Line::DataOut), Some(11_865_234_375));
        assert_eq!(nanos(&bill, Line::Minimum), Some(54_316_406_250 + 21_884_765_625));
        assert_eq!(nanos(&bill, Line::Extended), Some(2_300_000_000));
    }

    #[test]
    fn an_idle_day_of_the_commitment_costs_what_aws_says() {
        let idle = used(&[(Meter::StreamTime, DAY)]);
        let bill = Bill::of(Plan::Advantage, &idle, &Prices::default());
        assert_eq!(bill.total(), 67_500_000_000 + 33_750_000_000);
        // Twice the minimum lacks nothing.
        let busy = used(&[
            (Meter::StreamTime, DAY),
            (Meter::KibIn, 2 * COMMITTED * 86_400 / KIB),
            (Meter::BytesPushed, 2 * COMMITTED * 86_400),
        ]);
        let bill = Bill::of(Plan::Advantage, &busy, &Prices::default());
        assert_eq!(nanos(&bill, Line::Minimum), Some(0));
        assert_eq!(bill.total(), 2 * (67_500_000_000 + 33_750_000_000));
    }

    #[test]
    fn other_prices_and_other_shards_change_what_they_are_for() {
        let used = used(&[
            (Meter::StreamTime, DAY),
            (Meter::ShardTime, 4 * DAY),
            (Meter::ConsumerTime, 8 * DAY),
            (Meter::PutUnits, 1_000_000),
        ]);
        let mut prices = Prices::default();
        prices.0[1] = 1_000_000_000;
        let fewer = with_shards(&used, 1);
        assert_eq!((fewer.of(Meter::ShardTime), fewer.of(Meter::ConsumerTime)), (DAY, 2 * DAY));
        let bill = Bill::of(Plan::Provisioned, &fewer, &prices);
        // 24 h × $0.015 + $1 + 48 h × $0.015.
        assert_eq!(bill.total(), 360_000_000 + 1_000_000_000 + 720_000_000);
    }

    #[test]
    fn every_plan_and_line_has_one_price() {
        let mut places = PRICES.map(|price| (price.plan, price.line)).to_vec();
        places.dedup();
        assert_eq!(places.len(), PRICES.len());
        assert!(places.is_sorted(), "the page lists them in this order");
    }
}
