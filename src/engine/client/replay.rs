//! Replays: a data set's rows as records, at the pace of their own times or another.

use super::arrivals::Arrivals;
use super::dataset::{Dataset, timestamp};
use super::error::ClientError;
use super::keys::{DrawnKey, LearnedKey};
use super::name::ClientName;
use super::rate::Rate;
use super::sending::Sending;
use crate::engine::service::Service;
use crate::engine::service::partition_key::PartitionKey;
use crate::engine::sorted::sort;
use crate::engine::time::{Instant, whole_micros};
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::time::Duration;

/// What a replay shall do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReplaySpec {
    /// How the records are sent, and where to.
    pub sending: Sending,
    /// Which data set.
    pub data: ClientName,
    /// The column of the partition key; without one, each row has a key of its own.
    pub key: Option<String>,
    /// When the rows come.
    pub pace: Pace,
}

/// When the rows of a replay come.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pace {
    /// By their own times, in the order of these; the first one at once.
    Times {
        /// The column of the time.
        column: String,
        /// How fast time passes in the data, in thousandths: 3,600,000 is an hour a second.
        speed_thousandths: u64,
    },
    /// In the order of the file, evenly.
    Even(Rate),
}

/// The fastest speed: a million times.
pub const SPEED_THOUSANDTHS_MAX: u64 = 1_000_000_000;

impl ReplaySpec {
    pub(super) fn check(&self, data: &Dataset) -> Result<(), ClientError> {
        self.sending.check()?;
        let time = match &self.pace {
            Pace::Times { speed_thousandths, .. }
                if !(1..=SPEED_THOUSANDTHS_MAX).contains(speed_thousandths) =>
            {
                return Err(ClientError::Speed { most: SPEED_THOUSANDTHS_MAX / 1_000 });
            }
            Pace::Even(rate) if !Arrivals::constant(*rate).is_sound() => {
                return Err(ClientError::Arrivals);
            }
            Pace::Times { column, .. } => Some(column),
            Pace::Even(_) => None,
        };
        match self.key.iter().chain(time).find(|name| !data.columns().contains(name)) {
            Some(column) => {
                let columns = data.columns().to_vec();
                Err(ClientError::UnknownColumn { column: column.clone(), columns })
            }
            None => Ok(()),
        }
    }
}

/// The rows of a data set in the order in which they are replayed.
#[derive(Debug)]
pub(super) struct Playlist {
    data: Rc<Dataset>,
    key: Option<String>,
    time: Option<String>,
    rows: Vec<Played>,
    /// Lines whose key or time cannot be used, or that are no rows at all.
    pub skipped: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Played {
    row: u32,
    key: Option<LearnedKey>,
    at: Instant,
}

impl Playlist {
    /// Reads the keys and times of all rows; the service learns the keys.
    pub fn of(
        data: &Rc<Dataset>,
        spec: &ReplaySpec,
        service: &mut Service,
    ) -> Result<Self, ClientError> {
        let (data, key) = (Rc::clone(data), spec.key.clone());
        let time = match &spec.pace {
            Pace::Times { column, .. } => Some(column.clone()),
            Pace::Even(_) => None,
        };
        let mut rows = Vec::with_capacity(data.len() as usize);
        let mut malformed = data.malformed_lines().iter().copied().peekable();
        let mut skipped = Vec::new();
        for row in 0..data.len() {
            let line = data.line(row);
            skipped.extend(std::iter::from_fn(|| malformed.next_if(|&other| other < line)));
            match played(&data, row, key.as_deref(), time.as_deref(), service) {
                Some(played) => rows.push(played),
                None => skipped.push(line),
            }
        }
        skipped.extend(malformed);
        if rows.is_empty() {
            return Err(ClientError::NothingToReplay { column: time.or(key).unwrap_or_default() });
        }
        let at = |(played, place): (&Played, u32)| (played.at.micros(), place);
        let mut order: Vec<(u64, u32)> = rows.iter().zip(0..).map(at).collect();
        sort(&mut order);
        let rows = order.into_iter().map(|(_, place)| rows[place as usize]).collect();
        Ok(Self { data, key, time, rows, skipped })
    }

    /// How many rows there are.
    pub fn len(&self) -> u32 {
        u32::try_from(self.rows.len()).expect("as many as the rows of a data set at most")
    }

    /// A row as it is in the file.
    pub fn text(&self, place: u32) -> Option<&str> {
        self.rows.get(place as usize).map(|played| self.data.row(played.row))
    }

    /// The key of a row, and its bytes of data and key.
    pub fn record(&self, place: u32, salt: u64, number: u32) -> (DrawnKey, u32) {
        let played = self.rows[place as usize];
        let data = u32::try_from(self.data.row(played.row).len()).expect("a part of 1 GiB");
        let key = match played.key {
            Some(learned) => DrawnKey::learned(learned),
            None => DrawnKey::unique(salt, number),
        };
        (key, data + key.bytes)
    }

    /// How long after another row a row comes.
    pub fn delay(&self, pace: &Pace, from: u32, to: u32) -> Duration {
        let (micros, by) = match pace {
            Pace::Times { speed_thousandths, .. } => {
                let (first, then) = (self.rows[from as usize].at, self.rows[to as usize].at);
                (u128::from(whole_micros(then - first)) * 1_000, *speed_thousandths)
            }
            Pace::Even(rate) => {
                (u128::from(to - from) * u128::from(rate.per_micros()), rate.records())
            }
        };
        Duration::from_micros(u64::try_from(micros / u128::from(by)).unwrap_or(u64::MAX))
    }
}

fn played(
    data: &Dataset,
    row: u32,
    key: Option<&str>,
    time: Option<&str>,
    service: &mut Service,
) -> Option<Played> {
    let columns: Vec<&str> = key.into_iter().chain(time).collect();
    let mut cells = data.cells(row, &columns).into_iter();
    let key = match key {
        Some(_) => Some(PartitionKey::new(&cells.next()??)?),
        None => None,
    };
    let at = match time {
        Some(_) => timestamp(&cells.next()??)?,
        None => Instant::default(),
    };
    Some(Played { row, key: key.map(|key| LearnedKey::of(&key, service)), at })
}

/// The same rows of the same text in the same order.
impl PartialEq for Playlist {
    fn eq(&self, other: &Self) -> bool {
        (&self.data, &self.key, &self.time) == (&other.data, &other.key, &other.time)
    }
}

impl Eq for Playlist {}

impl Hash for Playlist {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.data, &self.key, &self.time).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{clicks, name, pass, world};
    use super::super::producer::{ProducerStatus, Progress};
    use super::*;
    use crate::engine::Simulation;
    use crate::engine::event::Event;
    use crate::engine::service::record::{Carried, Key};

    const QUAKES: &str = include_str!("../../../www/data/earthquakes.csv");

    fn by_time(column: &str, speed: u64) -> Pace {
        Pace::Times { column: column.to_owned(), speed_thousandths: speed * 1_000 }
    }

    fn replay(world: &mut Simulation, text: &str, key: &str, pace: Pace) {
        let data = Rc::new(Dataset::read(text).unwrap());
        let spec = ReplaySpec {
            sending: Sending::to(clicks()),
            data: name("data"),
            key: Some(key.to_owned()),
            pace,
        };
        world
            .command(|clients, service, now| {
                clients.add_dataset(name("data"), data);
                clients.set_replay(now, service, &name("replay"), spec)
            })
            .unwrap();
    }

    /// The texts of all records with their keys, shard by shard.
    fn stored(world: &Simulation) -> Vec<(String, String)> {
        let stream = world.service().streams().next().unwrap();
        let logs = stream.shards().iter().map(|shard| &shard.log);
        let records = logs.flat_map(|log| log.records(0..log.tip()));
        let texts = records.map(|record| {
            let Carried::Made { maker, number } = record.carried else { panic!("made again") };
            let key = match record.key {
                Key::Known(id) => world.service().known_keys().text(id).to_owned(),
                _ => world.clients().key_text(maker, number).unwrap(),
            };
            let text = String::from_utf8(world.clients().bytes(maker, number).unwrap()).unwrap();
            assert_eq!(record.size as usize, text.len() + key.len());
            (key, text)
        });
        texts.collect()
    }

    #[test]
    fn a_week_of_earthquakes_flows_in_three_minutes_as_it_is_in_the_file() {
        let mut world = world(3);
        pass(&mut world, 20);
        replay(&mut world, QUAKES, "network", by_time("time_ms", 3_600));
        pass(&mut world, 100);
        let producer =
            |world: &Simulation| world.clients().producer_named(&name("replay")).unwrap().clone();
        assert_eq!(producer(&world).status(), ProducerStatus::Sending);
        pass(&mut world, 100);
        let replay = producer(&world);
        assert_eq!(replay.status(), ProducerStatus::Finished);
        assert_eq!(replay.progress(), Some(Progress { sent: 1_707, rows: 1_707 }));
        assert_eq!(replay.counters().accepted, 1_707);
        let mut texts: Vec<String> = Vec::new();
        for (key, text) in stored(&world) {
            assert_eq!(text.split(',').nth(1), Some(&*key));
            texts.push(text);
        }
        let mut lines: Vec<&str> = QUAKES.lines().skip(1).collect();
        lines.sort_unstable();
        texts.sort_unstable();
        assert_eq!(texts, lines);
    }

    #[test]
    fn rows_flow_in_the_order_of_their_times_and_bad_ones_are_told() {
        let mut world = world(1);
        pass(&mut world, 20);
        let text = "at,who\n30,c\n10,a\nsoon,x\n20,b\n20\n20,bb\n5,\n";
        let data = Rc::new(Dataset::read(text).unwrap());
        assert_eq!(data.malformed_lines(), [6]);
        replay(&mut world, text, "who", by_time("at", 1));
        let skipped: Vec<u32> = pass(&mut world, 60)
            .into_iter()
            .filter_map(|event| match event {
                Event::RowSkipped { line, .. } => Some(line),
                _ => None,
            })
            .collect();
        assert_eq!(skipped, [4, 6, 8]);
        let keys: Vec<String> = stored(&world).into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["a", "b", "bb", "c"]);
        let log = &world.service().streams().next().unwrap().shards()[0].log;
        assert_eq!(log.arrival(3).unwrap() - log.arrival(0).unwrap(), Duration::from_secs(20));
    }

    #[test]
    fn a_replay_goes_on_at_another_speed_and_keeps_its_records_apart_from_the_next() {
        let mut world = world(1);
        pass(&mut world, 20);
        replay(&mut world, QUAKES, "id", by_time("time_ms", 3_600));
        pass(&mut world, 80);
        replay(&mut world, QUAKES, "id", by_time("time_ms", 36_000));
        pass(&mut world, 20);
        let status = |world: &Simulation| world.clients().producers().next().unwrap().status();
        assert_eq!(status(&world), ProducerStatus::Finished);
        assert_eq!(stored(&world).len(), 1_707);
        replay(&mut world, "who,at\nme,1\nyou,2", "who", Pace::Even(Rate::per_second(1)));
        pass(&mut world, 20);
        let all = stored(&world);
        assert_eq!(all.len(), 1_709);
        assert_eq!(all[1_708], ("you".to_owned(), "you,2".to_owned()));
        assert!(all[0].1.starts_with("1517363399650,uw"), "{:?}", all[0]);
    }

    #[test]
    fn what_cannot_be_replayed_says_why() {
        let mut world = world(1);
        let spec = |key: &str, pace| ReplaySpec {
            sending: Sending::to(clicks()),
            data: name("data"),
            key: Some(key.to_owned()),
            pace,
        };
        let mut ask = |spec: ReplaySpec| {
            let set = world.command(|clients, service, now| {
                clients.set_replay(now, service, &name("replay"), spec)
            });
            set.unwrap_err().to_string()
        };
        let unknown = ask(spec("a", by_time("b", 1)));
        assert_eq!(unknown, "there is no data set named data; there is none yet");
        let data = Rc::new(Dataset::read("a,b\n,1\n").unwrap());
        world.command(|clients, _, _| clients.add_dataset(name("data"), data));
        let mut ask = |spec: ReplaySpec| {
            let set = world.command(|clients, service, now| {
                clients.set_replay(now, service, &name("replay"), spec)
            });
            set.unwrap_err()
        };
        let column = ask(spec("c", by_time("b", 1))).to_string();
        assert_eq!(column, "the data set has no column c; it has a, b");
        assert_eq!(ask(spec("a", by_time("b", 0))), ClientError::Speed { most: 1_000_000 });
        assert!(matches!(ask(spec("a", by_time("b", 1))), ClientError::NothingToReplay { .. }));
        assert_eq!(world.clients().producers().count(), 0);
    }

    #[test]
    fn lines_of_json_flow_and_broken_ones_are_told_by_number() {
        let mut world = world(1);
        pass(&mut world, 20);
        let lines = [
            r#"{"at": 10, "who": "a"}"#,
            r#"{"at": 11,"#,
            "",
            r#"{"who": "x"}"#,
            r#"{"at": 20, "who": "b"}"#,
        ];
        replay(&mut world, &lines.join("\n"), "who", by_time("at", 1));
        let events = pass(&mut world, 60);
        let skipped: Vec<u32> = events
            .iter()
            .filter_map(|event| match event {
                Event::RowSkipped { line, .. } => Some(*line),
                _ => None,
            })
            .collect();
        assert_eq!(skipped, [2, 4]);
        let expected = [("a", lines[0]), ("b", lines[4])];
        assert_eq!(stored(&world), expected.map(|(key, text)| (key.to_owned(), text.to_owned())));
    }
}
