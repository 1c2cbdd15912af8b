//! How much flows between clients and streams: through each pipe, over any time, and its last
//! packets.

use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::sorted::SortedMap;
use crate::engine::time::{Instant, whole_micros};
use std::time::Duration;

/// What flows, and has flown lately, in bounded memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    pipes: SortedMap<Pipe, Flow>,
    /// Records that producers sent again though they had been stored.
    repeats: SortedMap<ActorId, Flow>,
}

/// Between whom: a reader and a shard, or a producer and all shards of a stream.
type Pipe = (StreamId, Option<ShardId>, ActorId);

/// What flows through one pipe: bytes to a reader, records of a producer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// When the first packet left.
    since: Instant,
    /// The second of the last packet, since the epoch.
    secs: u64,
    /// Sums of the current and the last stretch of time: of a second, of 4, of 16 and so on.
    sums: [[u64; 2]; SCALES],
    packets: [Packet; PACKETS],
    /// How many packets there have ever been.
    count: u64,
}

/// The answer to one call, or one push.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Packet {
    /// When it left.
    pub at: Instant,
    /// How much it holds; nothing is in an empty answer.
    pub amount: u32,
}

/// Pipes kept. What flows through others is still counted in the totals.
const PIPES_MAX: usize = 1_024;
/// Packets of a pipe that are kept: more would not be told apart in a pipe of a few pixels.
pub const PACKETS: usize = 8;
/// From a second to twelve days in steps of four.
const SCALES: usize = 11;
/// What a pipe takes.
const PIPE_BYTES: u64 = size_of::<(Pipe, Flow)>() as u64;
/// What the repeats of a producer take.
const REPEATS_BYTES: u64 = size_of::<(ActorId, Flow)>() as u64;

impl Flows {
    /// Takes the next event.
    pub fn record(&mut self, at: Instant, event: &Event) {
        let (pipe, amount) = match *event {
            Event::RecordsAccepted { stream, actor, records, .. } => {
                ((stream, None, actor), records)
            }
            Event::RecordsRead { stream, shard, actor, bytes, .. }
            | Event::RecordsPushed { stream, shard, actor, bytes, .. } => {
                ((stream, Some(shard), actor), bytes)
            }
            Event::ShardExpired { stream, shard } => {
                self.pipes.retain(|pipe, _| (pipe.0, pipe.1) != (stream, Some(shard)));
                return;
            }
            Event::StreamStatusChanged { stream, status: None } => {
                self.pipes.retain(|pipe, _| pipe.0 != stream);
                return;
            }
            Event::RecordsDuplicated { actor, records } => {
                let is_known = self.repeats.get(&actor).is_some();
                if is_known || self.repeats.len() < PIPES_MAX {
                    self.repeats.or_default(actor).add(at, records);
                }
                return;
            }
            _ => return,
        };
        if let Some(flow) = self.pipes.get_mut(&pipe) {
            flow.add(at, amount);
        } else if self.pipes.len() < PIPES_MAX {
            self.pipes.or_default(pipe).add(at, amount);
        }
    }

    /// What a reader gets of a shard; `None` if it never got anything.
    pub fn read(&self, stream: StreamId, shard: ShardId, actor: ActorId) -> Option<&Flow> {
        self.pipes.get(&(stream, Some(shard), actor))
    }

    /// What a stream stores of a producer, in records; `None` if it never stored anything.
    pub fn put(&self, stream: StreamId, actor: ActorId) -> Option<&Flow> {
        self.pipes.get(&(stream, None, actor))
    }

    /// What a producer sent again though it had been stored; `None` if it never did.
    pub fn repeated(&self, actor: ActorId) -> Option<&Flow> {
        self.repeats.get(&actor)
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> u64 {
        self.pipes.len() as u64 * PIPE_BYTES + self.repeats.len() as u64 * REPEATS_BYTES
    }
}

impl Flow {
    fn add(&mut self, at: Instant, amount: u32) {
        let secs = at.secs();
        if self.count == 0 {
            self.since = at;
        }
        for (scale, sums) in self.sums.iter_mut().enumerate() {
            let (now, last) = (secs >> (2 * scale), self.secs >> (2 * scale));
            if now != last {
                *sums = [0, if now == last + 1 { sums[0] } else { 0 }];
            }
            sums[0] += u64::from(amount);
        }
        self.secs = secs;
        self.packets[place(self.count)] = Packet { at, amount };
        self.count += 1;
    }

    /// When it began.
    pub fn since(&self) -> Instant {
        self.since
    }

    /// About how much has flown within the last `span`, which is a second at least. What happened
    /// in a stretch of time that lies in it partly is taken as spread evenly.
    pub fn within(&self, now: Instant, span: Duration) -> u64 {
        let micros = whole_micros(span).max(MICROS);
        let scale = (0..SCALES - 1).find(|scale| MICROS << (2 * scale) >= micros);
        let scale = scale.unwrap_or(SCALES - 1);
        let [newest, before] = self.sums[scale];
        let passed = (now.secs() >> (2 * scale)).saturating_sub(self.secs >> (2 * scale));
        let (current, last) = match passed {
            0 => (newest, before),
            1 => (0, newest),
            _ => (0, 0),
        };
        // What is asked for lies in the current stretch, or reaches into the last one; it may have
        // begun in either.
        let width = MICROS << (2 * scale);
        let into = now.micros() % width;
        let age = now.micros().saturating_sub(self.since.micros());
        let part = |sum: u64, of: u64, micros: u64| {
            let (of, micros) = (u128::from(of.max(1)), u128::from(micros));
            u64::try_from(u128::from(sum) * micros.min(of) / of).unwrap_or(0)
        };
        if into >= micros {
            part(current, into.min(age), micros)
        } else {
            current + part(last, width.min(age.saturating_sub(into)), micros - into)
        }
    }

    /// The packets since an instant, newest first, and whether there were more than are kept.
    pub fn packets(&self, since: Instant) -> (impl Iterator<Item = Packet>, bool) {
        let kept = self.count.min(PACKETS as u64);
        let newest = (1..=kept).map(move |back| self.packets[place(self.count - back)]);
        let recent = newest.take_while(move |packet| packet.at >= since);
        let is_full = self.count > kept && self.packets[place(self.count)].at >= since;
        (recent, is_full)
    }
}

const MICROS: u64 = 1_000_000;

/// Where a packet lies in the ring.
fn place(number: u64) -> usize {
    usize::try_from(number % PACKETS as u64).expect("a remainder is below the number of packets")
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Instant = Instant::DEFAULT_START;

    fn secs(secs: u64) -> Duration {
        Duration::from_secs(secs)
    }

    #[test]
    fn what_flows_is_known_over_any_time() {
        let mut flow = Flow::default();
        for second in 0..3_600 {
            flow.add(START + secs(second), 100);
        }
        let now = START + Duration::from_millis(3_599_999);
        for (span, most) in [(1, 100), (4, 400), (60, 6_000), (3_600, 360_000)] {
            let found = flow.within(now, secs(span));
            assert!(found.abs_diff(most) <= most / 50, "{span} s: {found}");
        }
        assert_eq!(flow.within(now + secs(2), secs(1)), 0);
        assert_eq!(flow.within(START + secs(86_400), secs(1_000_000)), 360_000);
    }

    #[test]
    fn the_last_packets_are_kept() {
        let mut flow = Flow::default();
        for millis in 0..20 {
            flow.add(START + Duration::from_millis(millis), u32::try_from(millis).unwrap());
        }
        let (packets, is_full) = flow.packets(START + Duration::from_millis(17));
        let amounts: Vec<u32> = packets.map(|packet| packet.amount).collect();
        assert_eq!((amounts, is_full), (vec![19, 18, 17], false));
        assert!(flow.packets(START).1);
    }
}
