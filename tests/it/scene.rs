//! What is drawn of small worlds, shape by shape.

use expect_test::expect_file;
use shardlab::engine::Simulation;
use shardlab::engine::actor::ActorId;
use shardlab::engine::service::capacity_mode::CapacityMode;
use shardlab::engine::service::lifecycle::NewStream;
use shardlab::engine::service::names::{StreamId, StreamName};
use shardlab::engine::service::record::{Carried, Put};
use shardlab::engine::time::Instant;
use shardlab::insight::history::History;
use shardlab::insight::subject::Subject;
use shardlab::scene::picture::Picture;
use shardlab::scene::shape::{Ink, Shape};
use shardlab::scene::view::View;
use shardlab::scene::{hit, lay_out, words};
use std::fmt::Write;
use std::time::Duration;

/// A world with one stream, and what has happened in it.
struct World {
    simulation: Simulation,
    history: History,
    stream: StreamId,
}

impl World {
    fn with_shards(shards: u32) -> Self {
        let mut simulation = Simulation::new(7, Instant::DEFAULT_START);
        let name = StreamName::new("clicks").expect("a name");
        let mode = CapacityMode::Provisioned;
        let new = NewStream { name, mode, shards, max_record_kib: 1_024 };
        let stream = simulation.request(|service, now| service.create_stream(now, new));
        let stream = stream.expect("room for a stream");
        let mut world = Self { simulation, history: History::default(), stream };
        world.wait(Duration::from_secs(11));
        world
    }

    fn wait(&mut self, time: Duration) {
        self.simulation.advance(self.simulation.now() + time);
        while let Some((at, event)) = self.simulation.poll_event() {
            self.history.record(at, &event);
        }
    }

    fn put(&mut self, key: &str, records: usize) {
        let data = [0; 100].into();
        let put = Put::text(key, Carried::Stored(&data), 100);
        let puts = vec![put; records];
        let (stream, mut outcomes) = (self.stream, Vec::new());
        self.simulation
            .request(|service, now| {
                service.put_records(now, ActorId::PERSON, stream, &puts, &mut outcomes)
            })
            .expect("an active stream");
    }

    fn picture(&self, view: View) -> Picture {
        lay_out(&self.simulation, &self.history, &view)
    }
}

fn view(height: i32, window_secs: u64) -> View {
    View { width: 800, height, top: 0, window: Duration::from_secs(window_secs) }
}

/// A line a shape.
fn text(picture: &Picture) -> String {
    let mut text = format!("height {}\n", picture.height);
    for shape in &picture.shapes {
        match shape {
            Shape::Filled(at, ink) => {
                writeln!(text, "{ink:?} {}x{} at {},{}", at.width, at.height, at.x, at.y)
            }
            Shape::Hatched(at, ink) => {
                writeln!(text, "{ink:?} hatched {}x{} at {},{}", at.width, at.height, at.x, at.y)
            }
            Shape::Pointer { x, y, ink, hollow } => {
                writeln!(text, "{ink:?} pointer at {x},{y}{}", if *hollow { " hollow" } else { "" })
            }
            Shape::Words { x, y, text: words, ink, face, anchor } => {
                writeln!(text, "{ink:?} {face:?} {anchor:?} at {x},{y}: {words}")
            }
        }
        .expect("a text takes everything");
    }
    text
}

#[test]
fn a_few_records_are_cards_with_their_keys() {
    let mut world = World::with_shards(2);
    world.put("user-1", 1);
    world.wait(Duration::from_secs(4));
    world.put("user-2", 1);
    world.wait(Duration::from_secs(2));
    expect_file!["../scene/cards.txt"].assert_eq(&text(&world.picture(view(300, 10))));
}

#[test]
fn a_hot_shard_drips_red() {
    let mut world = World::with_shards(2);
    for _ in 0..5 {
        world.put("user-1", 400);
        world.wait(Duration::from_millis(100));
    }
    expect_file!["../scene/hot_shard.txt"].assert_eq(&text(&world.picture(view(300, 10))));
}

#[test]
fn a_key_has_its_color_at_any_distance() {
    let mut world = World::with_shards(1);
    let hues = |picture: &Picture| {
        let inks = picture.shapes.iter().filter_map(|shape| match shape {
            Shape::Filled(_, ink @ Ink::Hue(_)) => Some(*ink),
            _ => None,
        });
        inks.collect::<std::collections::BTreeSet<Ink>>()
    };
    world.put("user-1", 1);
    let near = hues(&world.picture(view(300, 10)));
    world.put("user-1", 500);
    world.wait(Duration::from_secs(3));
    let far = hues(&world.picture(view(300, 10)));
    assert_eq!((near.len(), far), (1, near));
}

#[test]
fn the_cost_is_bounded_by_pixels() {
    for (shards, most) in [(1, 2_000), (32, 20_000), (300, 40_000), (5_000, 40_000)] {
        let mut world = World::with_shards(shards);
        for second in 0..20 {
            for key in 0..200 {
                world.put(&words::grouped(key * second), 20);
            }
            world.wait(Duration::from_secs(1));
        }
        let shapes = world.picture(view(900, 30)).shapes.len();
        assert!(shapes < most, "{shards} shards make {shapes} shapes");
    }
}

#[test]
fn a_red_mark_leads_to_its_refusal_and_the_rest_of_a_lane_to_its_shard() {
    let mut world = World::with_shards(2);
    for _ in 0..5 {
        world.put("user-1", 400);
        world.wait(Duration::from_millis(100));
    }
    let (view, at) = (view(300, 10), |place: (i32, i32), world: &World, view: &View| {
        let seen =
            shardlab::scene::World { simulation: &world.simulation, history: &world.history };
        hit(&seen, view, place)
    });
    let picture = world.picture(view);
    let red = picture.shapes.iter().find_map(|shape| match shape {
        Shape::Filled(at, Ink::Refused) => Some((at.x, at.y + 1)),
        _ => None,
    });
    let (x, y) = red.expect("it drips");
    let Some(Subject::Refusal(sought)) = at((x, y), &world, &view) else { panic!("a refusal") };
    assert!(world.simulation.now().since(sought.from) < Duration::from_secs(1));
    let record = (x - 200..x).find_map(|x| match at((x, y), &world, &view) {
        Some(Subject::Record { stream, shard, .. }) => Some((stream, shard)),
        _ => None,
    });
    assert_eq!(record, Some((sought.stream, sought.shard)), "a record beside it");
    assert_eq!(at((x, 3), &world, &view), None, "the axis");
    let Some(Subject::Refusal(last)) = at((20, y), &world, &view) else { panic!("its red count") };
    assert_eq!((last.stream, last.shard), (sought.stream, sought.shard));
    let scrolled = View { top: 20, ..view };
    assert_eq!(at((x, y - 20), &world, &scrolled), Some(Subject::Refusal(sought)));
}
