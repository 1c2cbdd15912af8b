//! What records are billed as when they are put: each is rounded up by itself.

use super::limits::KIB;
use std::cell::OnceCell;
use std::hash::{Hash, Hasher};
use std::ops::AddAssign;

/// Bytes of a PUT payload unit, by which provisioned streams are billed: 25 KB of a record or less.
///
/// AWS says that 5 KB are one unit, 45 KB two and 1 MB is 40, but not how many bytes a KB has here;
/// where it does say so, for on-demand streams, it is 1,024. Source:
/// <https://aws.amazon.com/kinesis/data-streams/pricing/>.
pub const PUT_UNIT_BYTES: u64 = 25 * KIB;

/// What some records are billed as.
///
/// A record counts with its partition key, as it does in the limits; AWS does not say whether it
/// does on the bill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payload {
    /// PUT payload units.
    pub put_units: u64,
    /// KiB, each record rounded up: what on-demand streams are billed by.
    pub kib: u64,
}

impl Payload {
    /// What one record of so many bytes is billed as.
    #[inline]
    pub fn of(size: u32) -> Self {
        let size = u64::from(size);
        Self { put_units: size.div_ceil(PUT_UNIT_BYTES), kib: size.div_ceil(KIB) }
    }
}

impl AddAssign for Payload {
    fn add_assign(&mut self, other: Self) {
        self.put_units += other.put_units;
        self.kib += other.kib;
    }
}

/// It follows from the records, and decides nothing: a digest is the same without it.
impl Hash for Payload {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// The payload of records that do not change any more, counted when somebody first asks.
#[derive(Clone, Debug, Default)]
pub struct Counted(pub OnceCell<Payload>);

/// Whether it was counted makes no difference.
impl PartialEq for Counted {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Counted {}

impl Hash for Counted {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_is_rounded_up_by_itself() {
        // AWS's own examples: 5 KB, 45 KB, 1 MB; and 4.5 KB of on-demand data, which count as 5.
        for (bytes, put_units, kib) in
            [(1, 1, 1), (4_608, 1, 5), (5_120, 1, 5), (46_080, 2, 45), (1_000_000, 40, 977)]
        {
            assert_eq!(Payload::of(bytes), Payload { put_units, kib });
        }
        assert_eq!(Payload::of(25_600).put_units, 1);
        assert_eq!(Payload::of(25_601).put_units, 2);
    }
}
