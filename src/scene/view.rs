//! What part of the world is shown, and how wide its columns are.

use std::time::Duration;

/// What part of the world is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Width in CSS pixels.
    pub width: i32,
    /// Height in CSS pixels.
    pub height: i32,
    /// How far the view is scrolled down.
    pub top: i32,
    /// How much simulated time a lane is wide.
    pub window: Duration,
    /// Whether things may move between places.
    pub motion: Motion,
}

/// How changes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// Things move.
    Smooth,
    /// Nothing moves between two states: for viewers who want less motion.
    Steps,
}

/// How many of the viewer's seconds a lane is wide.
pub const LANE_SECS: u32 = 30;
/// From this much time in a lane on, single records are too fast to be followed: 50 times as fast
/// as real time.
const RATES_WINDOW: Duration = Duration::from_secs(50 * LANE_SECS as u64);
/// How long a flight takes, in hundredths of the viewer's seconds. What it stands for takes a
/// hundredth of a second, which nobody would see.
const FLIGHT: u32 = 80;

impl View {
    /// A second of the viewer, in simulated time.
    pub fn second(&self) -> Duration {
        self.window / LANE_SECS
    }

    /// How long a flight takes in simulated time; `None` where there are rates instead.
    pub fn flight(&self) -> Option<Duration> {
        let moves = self.motion == Motion::Smooth && self.window < RATES_WINDOW;
        moves.then(|| self.second() * FLIGHT / 100)
    }
}

/// From left to right: labels, lanes, the chute of what comes, pipes of what is read, gauges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Where labels start.
    pub label: i32,
    /// How wide labels are.
    pub label_width: i32,
    /// Where lanes start.
    pub left: i32,
    /// Where lanes end: now. The chute is between this and the pipes.
    pub right: i32,
    /// Where pipes start.
    pub pipes: i32,
    /// How wide pipes are, with the names of those who drink from them.
    pub pipes_width: i32,
    /// Where the first gauge's column starts.
    pub gauges: i32,
    /// How wide each of the four columns of gauges is.
    pub gauge_width: i32,
    /// Whether there is room for words beside the marks.
    pub is_roomy: bool,
}

/// From here on there is room for words beside the marks; a phone is about 390 wide.
const ROOMY: i32 = 640;
/// From here on there is room for names beside the pipes.
const WIDE: i32 = 820;
/// Space at the edges and between columns.
const PAD: i32 = 12;

impl Columns {
    /// The columns of a view of this width.
    pub fn of(width: i32) -> Self {
        let is_roomy = width >= ROOMY;
        let (label_width, gauge_width, pipes_width, chute) = match width {
            WIDE.. => (116, 52, 108, 30),
            ROOMY.. => (116, 52, 44, 24),
            _ => (56, 17, 24, 12),
        };
        let gap = if is_roomy { PAD } else { PAD / 2 };
        let gauges = width - PAD / 2 - 4 * gauge_width;
        let pipes = gauges - gap - pipes_width;
        let left = PAD + label_width + gap;
        let right = (pipes - chute).max(left + 1);
        Self {
            label: PAD,
            label_width,
            left,
            right,
            pipes,
            pipes_width,
            gauges,
            gauge_width,
            is_roomy,
        }
    }

    /// The middle of a gauge's column, counted from 0.
    pub fn gauge_middle(&self, gauge: i32) -> i32 {
        self.gauges + gauge * self.gauge_width + self.gauge_width / 2
    }
}
