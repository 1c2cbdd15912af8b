//! What is drawn of small worlds, shape by shape.

mod described;
mod world;

use described::{text, text_within};
use expect_test::expect_file;
use shardlab::engine::client::consumer::ConsumerSpec;
use shardlab::engine::client::position::Start;
use shardlab::engine::event::Event;
use shardlab::engine::service::names::StreamName;
use shardlab::engine::service::stream::StreamStatus;
use shardlab::insight::history::History;
use shardlab::insight::subject::Subject;
use shardlab::journal::Journal;
use shardlab::scene::picture::Picture;
use shardlab::scene::shape::{Form, Ink, Shape};
use shardlab::scene::view::{Motion, View};
use shardlab::scene::{hit, lay_out, words};
use std::time::Duration;
use world::World;

fn view(height: i32, window_secs: u64) -> View {
    View {
        width: 800,
        height,
        top: 0,
        window: Duration::from_secs(window_secs),
        motion: Motion::Smooth,
    }
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
fn a_count_of_refusals_is_as_exact_as_there_is_room_beside_the_range_of_keys() {
    for (shards, counted) in [(2, "−3,000"), (16, "−3.0k")] {
        let mut world = World::with_shards(shards);
        for _ in 0..10 {
            world.put("user-1", 400);
        }
        world.wait(Duration::from_millis(100));
        let picture = text(&world.picture(view(1_200, 10)));
        let counts = picture.lines().filter(|line| line.starts_with("Refused Strong End "));
        let texts: Vec<&str> = counts.filter_map(|line| line.rsplit(": ").next()).collect();
        assert_eq!(texts, [counted], "{shards} shards");
    }
}

#[test]
fn children_grow_out_of_their_parent_and_stand_below_it_in_the_key_space() {
    let mut world = World::with_shards(1);
    world.put("user-1", 50);
    world.split(0, 1 << 126);
    world.wait_for(StreamStatus::Active);
    let opened = world.child_opened();
    let children = |world: &World| -> Vec<i32> {
        let grounds =
            world.picture(view(300, 30)).shapes.into_iter().filter_map(|shape| match shape {
                Shape::Filled(at, Ink::Lane) if at.width > 200 => Some(at.y),
                _ => None,
            });
        grounds.skip(1).collect()
    };
    let mut tops = Vec::new();
    for step in 0..5 {
        world.wait_until(opened + Duration::from_millis(100 + 400 * step));
        tops.push(children(&world));
    }
    assert!(tops.iter().all(|tops| tops.len() == 2), "{tops:?}");
    assert!(tops.windows(2).all(|pair| pair[0] <= pair[1]), "they only move down: {tops:?}");
    assert!(tops[0][1] < tops[1][1] && tops[3] == tops[4], "a second, then nothing: {tops:?}");
    let at_once = View { motion: Motion::Steps, ..view(300, 30) };
    world.wait(Duration::from_secs(8));
    assert_eq!(world.picture(at_once), world.picture(View { motion: Motion::Smooth, ..at_once }));
    let picture = world.picture(view(300, 30));
    expect_file!["../scene/lineage.txt"].assert_eq(&text_within(&picture, 0..800, 22..80));
}

#[test]
fn flights_are_where_the_time_says_whichever_way_it_was_reached() {
    let mut world = World::with_shards(2);
    for key in ["user-1", "user-2", "user-3"] {
        world.put(key, 1);
    }
    for _ in 0..3 {
        world.put("user-1", 400);
    }
    let at = |world: &World| text_within(&world.picture(view(300, 30)), 507..530, 60..300);
    let start = at(&world);
    world.wait(Duration::from_millis(300));
    let early = (world.simulation.clone(), world.history.clone());
    let then = at(&world);
    expect_file!["../scene/flights.txt"].assert_eq(&then);
    world.wait(Duration::from_millis(300));
    let late = at(&world);
    assert!(then != start && late != then);
    (world.simulation, world.history) = early;
    assert_eq!(at(&world), then);
    world.wait(Duration::from_millis(300));
    assert_eq!(at(&world), late);
    world.wait(Duration::from_secs(1));
    assert_eq!(at(&world), "", "they have arrived");
}

#[test]
fn what_is_sent_twice_falls_as_pairs_from_its_producer() {
    let mut journal = Journal::default();
    for line in [
        "aws kinesis create-stream --stream-name payments --shard-count 2",
        "lab wait 10s",
        "lab producer shop --stream payments --rate 200/s --record-size 250B --keys uniform:500 \
         --retry backoff:10 --timeout 1s",
        "lab fault lost-acks --producer shop --share 5%",
    ] {
        journal.run(line);
    }
    let mut history = History::default();
    let mut pairs_at = |millis: u64| {
        let simulation = journal.simulation_mut();
        simulation.advance(simulation.now() + Duration::from_millis(millis));
        let mut repeats = 0;
        while let Some((at, event)) = simulation.poll_event() {
            history.record(at, &event);
            repeats += u32::from(matches!(event, Event::RecordsDuplicated { .. }));
        }
        let picture = lay_out(simulation, &history, &view(300, 30));
        let is_half = |shape: &&Shape| {
            matches!(shape, Shape::Glyph { form: Form::Square, ink: Ink::Text, .. })
        };
        (repeats, picture.shapes.iter().filter(is_half).count())
    };
    let all: Vec<_> = (0..100).map(|_| pairs_at(100)).collect();
    assert!(all.iter().all(|(_, halves)| halves.is_multiple_of(2)), "{all:?}");
    let seen: Vec<_> = all.iter().filter(|(repeats, _)| *repeats > 0).collect();
    assert!(seen.len() > 3, "{seen:?}");
    assert!(seen.iter().all(|(_, halves)| *halves >= 2), "each is seen at once: {seen:?}");
}

#[test]
fn shared_consumers_hang_on_one_pipe_and_the_others_have_one_each() {
    let mut world = World::with_shards(1);
    let stream = StreamName::new("clicks").expect("a name");
    for name in ["billing", "audit"] {
        world.consume(name, ConsumerSpec::polling(stream.clone()));
    }
    for name in ["alarm", "search"] {
        world.consume(name, ConsumerSpec::enhanced(stream.clone()));
    }
    world.wait(Duration::from_secs(8));
    world.put("user-1", 500);
    world.wait(Duration::from_millis(500));
    let wide = View { width: 900, ..view(300, 30) };
    expect_file!["../scene/pipes.txt"].assert_eq(&text_within(
        &world.picture(wide),
        566..680,
        80..170,
    ));
}

#[test]
fn what_expires_before_it_is_processed_is_shaded() {
    let mut world = World::with_shards(1);
    let stream = StreamName::new("clicks").expect("a name");
    let slow = ConsumerSpec {
        from: Start::TrimHorizon,
        processing: Duration::from_hours(1),
        ..ConsumerSpec::polling(stream)
    };
    world.consume("slow", slow);
    for _ in 0..60 {
        world.put("user-1", 1);
        world.wait(Duration::from_mins(10));
    }
    let shaded = |world: &World| {
        let shapes = world.picture(view(300, 10 * 3_600)).shapes;
        shapes.into_iter().find_map(|shape| match shape {
            Shape::Hatched(at, Ink::Refused) => Some((at.x, at.x + at.width)),
            _ => None,
        })
    };
    // It reads them all in time, but works an hour on each: record 28 expires 24 h after 280
    // minutes, and is done in the 29th hour.
    let (left, right) = (140, 506);
    let first = left + (right - left) * 28 / 60;
    let (from, until) = shaded(&world).expect("some are lost");
    assert!((first - 9..=first + 9).contains(&from) && until >= right - 8, "{from} {until}");
    let fast = ConsumerSpec { processing: Duration::from_mins(1), ..world.spec("slow") };
    world.consume("slow", fast);
    assert_eq!(shaded(&world), None);
}

#[test]
fn encrypted_records_lie_under_a_lock() {
    let mut world = World::with_shards(1);
    let lock = |world: &World| {
        let shapes = world.picture(view(300, 30)).shapes.into_iter();
        let line = shapes.filter_map(|shape| match shape {
            Shape::Filled(at, Ink::Text) if at.height == 2 && at.width > 1 => Some(at.width),
            _ => None,
        });
        line.sum::<i32>()
    };
    world.put("user-1", 9);
    world.wait(Duration::from_secs(1));
    assert_eq!(lock(&world), 0);
    let name = StreamName::new("clicks").expect("a name");
    let key = "alias/aws/kinesis";
    world
        .simulation
        .request(|service, now| service.start_stream_encryption(now, &name, key))
        .expect("an active stream");
    world.wait_for(StreamStatus::Active);
    world.put("user-1", 9);
    world.wait(Duration::from_secs(1));
    assert_eq!(lock(&world), 8, "one stretch of the lane");
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

#[test]
fn a_line_of_a_strip_means_the_shard_that_it_shows() {
    let mut world = World::with_shards(500);
    let view = view(600, 10);
    for (key, records) in [("user-1", 5), ("user-3", 9), ("user-2", 200)] {
        world.put(key, records);
    }
    world.wait(Duration::from_millis(100));
    let seen = shardlab::scene::World { simulation: &world.simulation, history: &world.history };
    let hottest = world.picture(view).shapes.into_iter().filter_map(|shape| match shape {
        Shape::Filled(at, Ink::Heat(heat)) => Some((heat, at)),
        _ => None,
    });
    let (_, at) = hottest.max_by_key(|found| found.0).expect("records came");
    let Some(Subject::Shard(stream, shard)) = hit(&seen, &view, (at.x - 40, at.y + 1)) else {
        panic!("a shard");
    };
    let taken = world.simulation.service().shard(stream, shard).map(|shard| shard.log.tip());
    assert_eq!(taken, Some(200));
}

#[test]
fn all_lines_of_a_strip_stand_for_shards_and_its_red_marks_lead_to_their_refusals() {
    let mut world = World::with_shards(500);
    let view = view(600, 10);
    let at = |place: (i32, i32), world: &World| {
        let seen =
            shardlab::scene::World { simulation: &world.simulation, history: &world.history };
        hit(&seen, &view, place)
    };
    let strip = world.picture(view).shapes.iter().find_map(|shape| match shape {
        Shape::Filled(at, Ink::Lane) if at.height > 100 => Some(*at),
        _ => None,
    });
    let strip = strip.expect("shards are too many for lanes");
    let line = |y| match at((strip.x + 10, y), &world) {
        Some(Subject::Shard(_, shard)) => shard.0,
        other => panic!("{other:?} at {y}"),
    };
    let shards: Vec<u32> = (strip.y..strip.y + strip.height).step_by(3).map(line).collect();
    assert_eq!(shards[0], 0);
    let fewest = 500 / u32::try_from(shards.len()).unwrap();
    let is_fair = |pair: &[u32]| (fewest..=fewest + 1).contains(&(pair[1] - pair[0]));
    assert!(shards.iter().chain([&500]).copied().collect::<Vec<_>>().windows(2).all(is_fair));
    assert_eq!(at((strip.x + 10, strip.y + strip.height), &world), None);

    for _ in 0..5 {
        world.put("user-1", 400);
        world.wait(Duration::from_millis(100));
    }
    let red = world.picture(view).shapes.iter().find_map(|shape| match shape {
        Shape::Filled(at, Ink::Refused) => Some((at.x + 1, at.y)),
        _ => None,
    });
    let (x, y) = red.expect("it is red");
    for beside in -2..5 {
        let found = at((x, y + beside), &world);
        assert!(matches!(found, Some(Subject::Refusal(_))), "{found:?} {beside} pixels below");
    }
}
