//! A world that holds a little of everything, natively and in a browser.

use shardlab::console::Console;
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use shardlab::journal::Journal;
use std::rc::Rc;
use std::time::Duration;

/// The digest of that world a minute after its last line: the same native and in every browser. It
/// changes with what happens in a world and with how a world is kept, and with nothing else.
pub const DIGEST: u64 = 0x73ba_48e1_47d2_b5c8;

/// A journal to which nothing has happened yet, with the shipped data sets at hand.
pub fn with_data() -> Journal {
    let mut console = Console::default();
    for (name, data) in datasets() {
        let world = console.simulation_mut();
        world.command(|clients, _, _| clients.add_dataset(name, data));
    }
    Journal::new(console)
}

/// The shipped data sets.
pub fn datasets() -> [(ClientName, Rc<Dataset>); 2] {
    [("earthquakes", EARTHQUAKES), ("flights", FLIGHTS)].map(|(name, text)| {
        let name = ClientName::new(name).expect("a short name");
        (name, Rc::new(Dataset::read(text).expect("a table")))
    })
}

/// The world, some time after its last line.
pub fn after(time: Duration) -> Journal {
    let mut journal = with_data();
    for line in LINES.lines() {
        let output = journal.run(line);
        assert_eq!(output.status, 0, "{line}: {}", output.stderr);
        journal.simulation_mut().drop_events();
    }
    journal.advance(journal.simulation().now() + time);
    journal.simulation_mut().drop_events();
    journal
}

const LINES: &str = include_str!("everything.txt");
const EARTHQUAKES: &str = include_str!("../../www/data/earthquakes.csv");
const FLIGHTS: &str = include_str!("../../www/data/flights.csv");
