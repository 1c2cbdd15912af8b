//! What of the picture can have the focus: its streams, and the shards that it shows.

use super::axis::Axis;
use super::detail::THIN_MAX;
use super::rows::{FOOT, HEAD, Phase, Row, Rows};
use super::strip::{LINE, Strip};
use super::view::{Columns, View};
use crate::engine::Simulation;
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::Stream;
use crate::insight::subject::Subject;

/// A place in the picture that stands for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its upper edge, in pixels from the top of the whole picture.
    pub top: i32,
    /// How high it is, in pixels.
    pub height: i32,
    /// What it stands for.
    pub subject: Subject,
    /// What that is called: a stream's name, or that and a shard's.
    pub name: String,
}

/// The most shards among them: as many as a stream has before they lie in a strip.
const MOST: usize = THIN_MAX;

/// The spots of a picture from top to bottom, wherever the view is scrolled to. Lanes that still
/// grow or shrink are none; a line of a strip is the shard that it shows.
pub fn spots(simulation: &Simulation, view: &View) -> Vec<Spot> {
    let axis = Axis::of(&Columns::of(view.width), simulation.now(), view.window);
    let mut spots = Vec::new();
    for (top, row) in Rows::of(simulation, view).all() {
        match row {
            Row::Stream(stream) => spots.push(Spot {
                top,
                height: HEAD,
                subject: Subject::Stream(stream.id),
                name: stream.name.to_string(),
            }),
            Row::Lane { stream, shard, body, phase: Phase::Whole, .. } => {
                spots.push(of_shard(stream, shard, top, body + FOOT));
            }
            Row::Lane { .. } => {}
            Row::Thin { stream, shard, height } => {
                spots.push(of_shard(stream, shard, top, height));
            }
            Row::Heat { stream, shards, height } => {
                let strip = Strip { stream, shards, top, height };
                let lines = strip.lines(axis.start()).into_iter().enumerate();
                spots.extend(lines.map(|(number, line)| {
                    of_shard(stream, line.busiest, strip.y_of(number), LINE)
                }));
            }
        }
    }
    let mut shards = 0;
    spots.retain(|spot| {
        shards += usize::from(matches!(spot.subject, Subject::Shard(..)));
        shards <= MOST || matches!(spot.subject, Subject::Stream(_))
    });
    spots
}

fn of_shard(stream: &Stream, shard: &Shard, top: i32, height: i32) -> Spot {
    let name = format!("{} {}", stream.name, shard.id);
    Spot { top, height, subject: Subject::Shard(stream.id, shard.id), name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;
    use crate::scene::pointing::hit;
    use crate::scene::view::Motion;
    use crate::scene::world::World;
    use std::time::Duration;

    const VIEW: View = View {
        width: 900,
        height: 600,
        top: 0,
        window: Duration::from_secs(30),
        motion: Motion::Steps,
    };

    /// Ninety seconds after streams were made.
    fn with(streams: &[(&str, u32)]) -> Journal {
        let mut journal = Journal::default();
        for (name, shards) in streams {
            let line =
                format!("aws kinesis create-stream --stream-name {name} --shard-count {shards}");
            journal.enter(&line);
        }
        journal.enter("lab wait 60s");
        journal.advance(journal.simulation().now() + Duration::from_secs(90));
        journal
    }

    fn assert_clicks_mean_the_same(simulation: &Simulation, found: &[Spot]) {
        let history = crate::insight::history::History::default();
        let world = World { simulation, history: &history };
        for spot in found {
            let middle = (400, spot.top + spot.height / 2);
            assert_eq!(hit(&world, &VIEW, middle), Some(spot.subject), "{}", spot.name);
        }
    }

    #[test]
    fn a_click_into_the_middle_of_a_spot_means_the_same() {
        let shard = |number| format!("a shardId-{number:012}");
        for shards in [3, 40, 400] {
            let journal = with(&[("a", shards)]);
            let found = spots(journal.simulation(), &VIEW);
            let names: Vec<&str> = found.iter().map(|spot| spot.name.as_str()).collect();
            assert_eq!(names[..3], ["a", &shard(0), &shard(if shards == 400 { 3 } else { 1 })]);
            assert_clicks_mean_the_same(journal.simulation(), &found);
        }
    }

    #[test]
    fn the_shards_of_one_stream_leave_no_other_stream_out() {
        let journal = with(&[("a", 300), ("b", 150), ("c", 30)]);
        let found = spots(journal.simulation(), &VIEW);
        let names: Vec<&str> = found.iter().map(|spot| spot.name.as_str()).collect();
        assert_eq!(names.iter().filter(|name| !name.contains(' ')).count(), 3);
        assert_eq!(names.len(), 3 + MOST);
        assert!(names.contains(&"b shardId-000000000083") && names.last() == Some(&"c"));
    }
}
