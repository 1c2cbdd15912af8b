//! A random walk through the service, held against a small model after each step.
//!
//! `SEED=42 cargo test walk` repeats a walk that failed; then it becomes a transcript.

use crate::model::{Fluid, Model, ModelRecord};
use shardlab::engine::Simulation;
use shardlab::engine::actor::ActorId;
use shardlab::engine::refusal::{Bucket, Refusal};
use shardlab::engine::rng::Rng;
use shardlab::engine::service::capacity_mode::CapacityMode;
use shardlab::engine::service::hash_key::HashKey;
use shardlab::engine::service::iterator::{ShardIterator, StartingPosition};
use shardlab::engine::service::lifecycle::NewStream;
use shardlab::engine::service::metrics::{Dimensions, Metric, Statistic};
use shardlab::engine::service::monitoring::ShardMetric;
use shardlab::engine::service::names::{ShardId, StreamId, StreamName};
use shardlab::engine::service::record::{Carried, Key, Put};
use shardlab::engine::service::stream::{Stream, StreamStatus};
use shardlab::engine::service::write::Outcome;
use shardlab::engine::time::Instant;
use std::time::Duration;

const STEPS: u32 = 400;

#[test]
fn a_random_walk_never_leaves_the_model() {
    let seeds = match std::env::var("SEED") {
        Ok(seed) => vec![seed.parse().expect("SEED is a number")],
        Err(_) => (0..24).collect(),
    };
    for seed in seeds {
        let mut walk = Walk::new(seed);
        for _ in 0..STEPS {
            walk.step();
            walk.check();
        }
        walk.check_metrics();
    }
}

/// The service under test, its model, and the luck that leads both.
struct Walk {
    seed: u64,
    luck: Rng,
    sim: Simulation,
    name: StreamName,
    stream: StreamId,
    model: Model,
    iterators: Vec<ShardIterator>,
    counts: Counts,
}

/// What CloudWatch shall have heard of.
#[derive(Default)]
struct Counts {
    puts: u64,
    refused: u64,
    reads: u64,
    read: u64,
    reads_refused: u64,
}

/// Says how to repeat a walk that failed.
impl Drop for Walk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("repeat with: SEED={} cargo test walk", self.seed);
        }
    }
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut luck = Rng::seeded(seed);
        let mut sim = Simulation::new(seed, Instant::DEFAULT_START);
        let name = StreamName::new("walk").unwrap();
        let shards = 1 + u32::try_from(luck.below(6)).unwrap();
        let new = NewStream {
            name: name.clone(),
            mode: CapacityMode::Provisioned,
            shards,
            max_record_kib: 1_024,
        };
        let stream = sim.request(|service, now| service.create_stream(now, new)).unwrap();
        sim.advance(sim.now() + Duration::from_secs(30));
        sim.drop_events();
        if seed % 2 == 1 {
            let all = ShardMetric::ALL;
            sim.request(|service, now| service.enable_enhanced_monitoring(now, &name, &all))
                .unwrap();
            sim.advance(sim.now() + Duration::from_secs(30));
            sim.drop_events();
        }
        let found = sim.service().stream(stream).unwrap();
        let model = Model::of(found.open_shards().map(|shard| shard.range));
        let (iterators, counts) = (Vec::new(), Counts::default());
        Self { seed, luck, sim, name, stream, model, iterators, counts }
    }

    fn stream(&self) -> &Stream {
        self.sim.service().stream(self.stream).expect("nobody deletes it")
    }

    fn step(&mut self) {
        match self.luck.below(12) {
            0..=4 => self.put(),
            5..=7 => self.get(),
            8 | 9 => self.wait(),
            10 => self.reshard(),
            _ => self.change_retention(),
        }
        self.sim.drop_events();
    }

    fn wait(&mut self) {
        let micros = match self.luck.below(8) {
            0 => self.luck.below(90_000_000_000),
            1 | 2 => self.luck.below(20_000_000),
            _ => self.luck.below(400_000),
        };
        self.sim.advance(self.sim.now() + Duration::from_micros(micros));
        self.adopt_resharding();
        self.model.expire(self.sim.now());
    }

    /// Takes over which shards are open: that they tile the key space is an invariant of its own.
    fn adopt_resharding(&mut self) {
        let found = self.sim.service().stream(self.stream).unwrap();
        for shard in found.shards() {
            self.model.adopt(shard);
        }
    }

    fn put(&mut self) {
        let now = self.sim.now();
        let most = if self.luck.below(4) == 0 { 500 } else { 20 };
        let count = 1 + self.luck.below(most);
        let hot = self.luck.below(3) == 0;
        let keys: Vec<String> = (0..count)
            .map(|_| if hot { "hot".into() } else { format!("key-{}", self.luck.below(50)) })
            .collect();
        let puts: Vec<Put> = keys
            .iter()
            .map(|key| {
                let size = 1 + u32::try_from(self.luck.below(12_000)).unwrap();
                let explicit = (self.luck.below(10) == 0).then(|| self.some_hash_key());
                let carried = Carried::Made { maker: ActorId(1), number: size };
                let put = Put::text(key, carried, size);
                Put { hash: explicit.unwrap_or(put.hash), ..put }
            })
            .collect();
        let mut outcomes = Vec::new();
        let stream = self.stream;
        self.sim
            .request(|service, now| {
                service.put_records(now, ActorId(1), stream, &puts, &mut outcomes)
            })
            .expect("the stream is usable");
        self.model.begin_call();
        self.counts.puts += 1;
        for ((put, key), outcome) in puts.iter().zip(&keys).zip(&outcomes) {
            let shard = self.model.owner(put.hash);
            let record = ModelRecord { key: key.clone(), size: put.size, arrival: now };
            let expected = self.model.put(shard, record);
            match *outcome {
                Outcome::Accepted { shard: found, .. } => {
                    assert_eq!((found.0, expected), (shard, true), "accepted as the model does");
                }
                Outcome::Throttled { shard: found, .. } => {
                    assert_eq!((found.0, expected), (shard, false), "refused as the model does");
                    self.counts.refused += 1;
                }
            }
        }
    }

    /// Asks for an iterator, and reads from it or from an older one, again and again.
    fn get(&mut self) {
        let listed = self.stream().shards().iter().filter(|shard| !shard.is_expired());
        let listed: Vec<ShardId> = listed.map(|shard| shard.id).collect();
        let shard = listed[self.pick(listed.len())];
        self.model.expire(self.sim.now());
        self.ask_for_iterator(shard);
        for _ in 0..self.luck.below(5) {
            if !self.iterators.is_empty() {
                let place = self.pick(self.iterators.len());
                self.read(self.iterators[place]);
            }
        }
    }

    fn ask_for_iterator(&mut self, shard: ShardId) {
        let (now, stream) = (self.sim.now(), self.stream);
        let (position, expected) = self.some_position(shard);
        let answer = self.sim.request(|service, now| {
            service.shard_iterator(now, ActorId(2), stream, shard, &position)
        });
        match answer {
            Ok(iterator) => {
                assert_eq!(iterator.next, expected, "{position:?}");
                assert!(self.model.shard(shard.0).iterator_calls.take(now, 1), "the model has one");
                self.iterators.push(iterator);
            }
            Err(Refusal::ShardNotFound { .. }) => {}
            Err(refusal) => self.must_be_out_of_calls(shard, &refusal),
        }
    }

    fn read(&mut self, iterator: ShardIterator) {
        let now = self.sim.now();
        let limit = 1 + self.luck.below(12_000);
        let answer = self
            .sim
            .request(|service, now| service.get_records(now, ActorId(2), iterator, Some(limit)));
        let old = now > iterator.issued + Duration::from_mins(5);
        if matches!(answer, Err(Refusal::ExpiredIterator { .. })) || old {
            assert!(old && answer.is_err(), "an iterator lives five minutes");
            self.iterators.retain(|kept| *kept != iterator);
            return;
        }
        if matches!(answer, Err(Refusal::ShardNotFound { .. })) {
            let shard = self.sim.service().shard(self.stream, iterator.shard);
            assert!(shard.is_none(), "it has expired");
            return;
        }
        let want = self.model.shard(iterator.shard.0).get(now, iterator.next, limit);
        match answer {
            Ok(got) => {
                assert_eq!(Some(got.span.ordinals.clone()), want, "read as the model does");
                self.counts.reads += 1;
                self.counts.read += got.span.count();
                self.compare(iterator.shard, got.span.ordinals);
                self.iterators.extend(got.next);
            }
            Err(Refusal::Throttled(throttle)) => {
                assert_eq!(want, None, "{throttle:?}");
                self.counts.reads_refused += 1;
            }
            Err(refusal) => panic!("{refusal:?}"),
        }
    }

    fn pick(&mut self, count: usize) -> usize {
        usize::try_from(self.luck.below(count as u64)).expect("below a count")
    }

    fn must_be_out_of_calls(&mut self, shard: ShardId, refusal: &Refusal) {
        let now = self.sim.now();
        let Refusal::Throttled(throttle) = refusal else { panic!("{refusal:?}") };
        assert_eq!(throttle.bucket, Bucket::IteratorCalls);
        let calls = &mut self.model.shard(shard.0).iterator_calls;
        assert!(!calls.take(now, 1), "the model is out of calls too");
    }

    /// The records themselves, as they were put, in the order in which they were put.
    fn compare(&mut self, shard: ShardId, ordinals: std::ops::Range<u64>) {
        let found = self.sim.service().shard(self.stream, shard).unwrap();
        let records = &self.model.shards[shard.0 as usize].records;
        for record in found.log.records(ordinals) {
            let want = &records[usize::try_from(record.ordinal).unwrap()];
            assert_eq!(record.key, Key::Text(&want.key));
            assert_eq!((record.size, record.arrival), (want.size, want.arrival));
        }
    }

    fn some_position(&mut self, shard: ShardId) -> (StartingPosition, u64) {
        let model = &self.model.shards[shard.0 as usize];
        let (horizon, tip) = (model.expired, model.records.len() as u64);
        match self.luck.below(4) {
            0 => (StartingPosition::TrimHorizon, horizon),
            1 => (StartingPosition::Latest, tip),
            2 if horizon < tip => {
                let ordinal = horizon + self.luck.below(tip - horizon);
                let found = self.sim.service().shard(self.stream, shard).unwrap();
                let record = found.log.record(ordinal).expect("the model has it");
                let number = found.sequence_number(record.index, record.arrival).to_string();
                if self.luck.below(2) == 0 {
                    return (StartingPosition::AtSequenceNumber(number), ordinal);
                }
                (StartingPosition::AfterSequenceNumber(number), ordinal + 1)
            }
            _ => {
                let age = Duration::from_micros(self.luck.below(100_000_000_000));
                let instant = self.sim.now().before(age);
                let first = model.records.partition_point(|record| record.arrival < instant);
                (StartingPosition::AtTimestamp(instant), (first as u64).max(horizon))
            }
        }
    }

    fn reshard(&mut self) {
        let name = self.name.clone();
        let open: Vec<_> =
            self.stream().open_shards().map(|shard| (shard.id, shard.range)).collect();
        let place = self.pick(open.len());
        let (shard, range) = open[place];
        let active = self.stream().status == StreamStatus::Active;
        let answer = if self.luck.below(2) == 0 {
            let at = range.midpoint();
            self.sim.request(|service, now| service.split_shard(now, &name, shard, at))
        } else if let Some((other, _)) = open.get(place + 1) {
            self.sim.request(|service, now| service.merge_shards(now, &name, shard, *other))
        } else {
            return;
        };
        match answer {
            Ok(()) => assert!(active, "only an ACTIVE stream is resharded"),
            Err(Refusal::StreamNotActive { .. }) => assert!(!active),
            Err(refusal) => panic!("{refusal:?}"),
        }
    }

    fn change_retention(&mut self) {
        let (name, now) = (self.name.clone(), self.sim.now());
        let hours = 24 + i64::try_from(self.luck.below(48)).unwrap();
        let current = i64::from(self.stream().retention_hours);
        let active = self.stream().status == StreamStatus::Active;
        let answer = if hours >= current {
            self.sim.request(|service, now| service.increase_retention(now, &name, hours))
        } else {
            self.sim.request(|service, now| service.decrease_retention(now, &name, hours))
        };
        if answer.is_ok() {
            assert!(active, "only an ACTIVE stream changes");
            self.model.expire(now);
            self.model.retention = Duration::from_secs(u64::try_from(hours).unwrap() * 3_600);
            self.model.expire(now);
        }
    }

    fn some_hash_key(&self) -> HashKey {
        let mut luck = self.luck.clone();
        HashKey((u128::from(luck.next_u64()) << 64) | u128::from(luck.next_u64()))
    }

    /// The statistics of a metric over all minutes.
    fn metric(&self, dimensions: &Dimensions, metric: Metric) -> Statistic {
        let (service, now) = (self.sim.service(), self.sim.now());
        let mut sum = Statistic::default();
        for scope in service.metric_scopes(dimensions) {
            let series = service.metric_series(now, Instant::default(), scope, metric);
            for (_, statistic) in &series {
                sum.merge(statistic);
            }
        }
        sum
    }

    /// The minutes of CloudWatch add up to what the model counted, for the stream and its shards.
    fn check_metrics(&mut self) {
        self.sim.advance(self.sim.now() + Duration::from_mins(1));
        let (counts, shards) = (&self.counts, &self.model.shards);
        let stream = Dimensions::Stream(self.name.clone());
        let of = |metric| self.metric(&stream, metric);
        let records = shards.iter().flat_map(|shard| &shard.records);
        let (stored, bytes) =
            records.fold((0, 0), |(count, sum), record| (count + 1, sum + u64::from(record.size)));
        assert_eq!(of(Metric::IncomingRecords).sum, stored);
        assert_eq!(of(Metric::IncomingBytes).sum, bytes);
        assert_eq!(of(Metric::PutRecordsSuccessfulRecords).sum, stored);
        assert_eq!(of(Metric::PutRecordsTotalRecords).sum, stored + counts.refused);
        assert_eq!(of(Metric::PutRecordsTotalRecords).count, counts.puts);
        assert_eq!(of(Metric::PutRecordsSuccess).sum, of(Metric::IncomingRecords).count);
        assert_eq!(of(Metric::WriteProvisionedThroughputExceeded).sum, counts.refused);
        assert_eq!(of(Metric::GetRecordsRecords).sum, counts.read);
        assert_eq!(of(Metric::GetRecordsSuccess).sum, counts.reads);
        assert_eq!(of(Metric::ReadProvisionedThroughputExceeded).sum, counts.reads_refused);
        let mut in_shards = [0; 4];
        for number in 0..u32::try_from(shards.len()).unwrap() {
            let shard = Dimensions::Shard(self.name.clone(), ShardId(number));
            let of = |metric| self.metric(&shard, metric).sum;
            in_shards[0] += of(Metric::IncomingRecords);
            in_shards[1] += of(Metric::WriteProvisionedThroughputExceeded);
            in_shards[2] += of(Metric::OutgoingRecords);
            in_shards[3] += of(Metric::ReadProvisionedThroughputExceeded);
        }
        let monitored = self.seed % 2;
        let expected = [stored, counts.refused, counts.read, counts.reads_refused];
        assert_eq!(in_shards, expected.map(|count| count * monitored));
    }

    /// What always holds, and that both count the same.
    fn check(&mut self) {
        let now = self.sim.now();
        self.sim.service().check();
        self.sim.service().check_buckets(now);
        self.model.expire(now);
        for shard in self.stream().shards() {
            let model = &self.model.shards[shard.id.0 as usize];
            assert_eq!(shard.log.tip(), model.records.len() as u64, "all that was accepted");
            assert!(shard.log.horizon() <= model.expired, "nothing expires before its time");
            let levels: [(&Fluid, Bucket); 2] = [
                (&model.write_records, Bucket::WriteRecords),
                (&model.write_bytes, Bucket::WriteBytes),
            ];
            for (fluid, bucket) in levels {
                assert_eq!(shard.buckets.of(bucket).level(now), fluid.level(now), "{bucket:?}");
            }
        }
    }
}
