//! What of the picture can have the focus: its streams, and the shards that have lanes.

use super::rows::{FOOT, HEAD, Phase, Row, Rows};
use super::view::View;
use crate::engine::Simulation;
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

/// The most of them: nobody walks through more with arrow keys.
const MOST: usize = 128;

/// The spots of a picture from top to bottom, wherever the view is scrolled to. Lanes that still
/// grow or shrink are none.
pub fn spots(simulation: &Simulation, view: &View) -> Vec<Spot> {
    let spot = |(top, row)| {
        let (height, subject, name) = match row {
            Row::Stream(stream) => (HEAD, Subject::Stream(stream.id), stream.name.to_string()),
            Row::Lane { stream, shard, body, phase: Phase::Whole, .. } => {
                let name = format!("{} {}", stream.name, shard.id);
                (body + FOOT, Subject::Shard(stream.id, shard.id), name)
            }
            Row::Lane { .. } | Row::Thin { .. } | Row::Heat { .. } => return None,
        };
        Some(Spot { top, height, subject, name })
    };
    Rows::of(simulation, view).all().filter_map(spot).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;
    use crate::scene::hit;
    use crate::scene::{World, view::Motion};
    use std::time::Duration;

    #[test]
    fn a_click_into_the_middle_of_a_spot_means_the_same() {
        let mut journal = Journal::default();
        for line in ["aws kinesis create-stream --stream-name a --shard-count 3", "lab wait 60s"] {
            journal.enter(line);
        }
        journal.advance(journal.simulation().now() + Duration::from_secs(90));
        let simulation = journal.simulation();
        let view = View {
            width: 900,
            height: 600,
            top: 0,
            window: Duration::from_secs(30),
            motion: Motion::Steps,
        };
        let found = spots(simulation, &view);
        let names: Vec<&str> = found.iter().map(|spot| spot.name.as_str()).collect();
        let shard = |number| format!("a shardId-{number:012}");
        assert_eq!(names, ["a", &shard(0), &shard(1), &shard(2)]);
        let history = crate::insight::history::History::default();
        let world = World { simulation, history: &history };
        for spot in &found {
            let middle = (400, spot.top + spot.height / 2);
            assert_eq!(hit(&world, &view, middle), Some(spot.subject), "{}", spot.name);
        }
    }
}
