//! The first scenario: its lines work, one shard gets hot, and its world is the same anywhere.

use expect_test::expect_file;
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use shardlab::engine::event::Event;
use shardlab::journal::Journal;
use std::rc::Rc;
use std::time::Duration;

/// The world after the scenario's lines.
fn world() -> Journal {
    let mut journal = Journal::default();
    let data = Dataset::read(include_str!("../../www/data/earthquakes.csv")).expect("a data set");
    let name = ClientName::new("earthquakes").expect("a name");
    let simulation = journal.simulation_mut();
    simulation.command(|clients, _, _| clients.add_dataset(name, Rc::new(data)));
    let scenario = include_str!("../../www/scenarios/hot-shard.txt");
    for line in scenario.lines().filter(|line| !line.starts_with('#')) {
        let output = journal.run(line);
        assert_eq!(output.status, 0, "{line}: {}", output.stderr);
    }
    journal
}

#[test]
fn one_shard_is_hot_within_ten_seconds() {
    let mut journal = world();
    let begun = journal.simulation().now();
    journal.simulation_mut().drop_events();
    journal.advance(begun + Duration::from_secs(10));
    let mut hot = Vec::new();
    while let Some((_, event)) = journal.simulation_mut().poll_event() {
        if let Event::WritesThrottled { throttle, .. } = event {
            hot.push((throttle.stream, throttle.shard));
        }
    }
    hot.dedup();
    assert_eq!(hot.len(), 1, "{hot:?}");
}

#[test]
fn its_world_is_the_same_as_in_the_browser() {
    let mut journal = world();
    journal.advance(journal.simulation().now() + Duration::from_secs(20));
    let digest = format!("{:016x}\n", journal.simulation().digest());
    expect_file!["../scenario/digest.txt"].assert_eq(&digest);
}
