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
}

/// From left to right: labels, lanes, gauges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Where labels start.
    pub label: i32,
    /// How wide labels are.
    pub label_width: i32,
    /// Where lanes start.
    pub left: i32,
    /// Where lanes end: now.
    pub right: i32,
    /// Where the first gauge's column starts.
    pub gauges: i32,
    /// How wide each of the four columns of gauges is.
    pub gauge_width: i32,
    /// Whether there is room for words beside the marks.
    pub is_roomy: bool,
}

/// From here on there is room for words beside the marks; a phone is about 390 wide.
const ROOMY: i32 = 640;
/// Space at the edges and between columns.
const PAD: i32 = 12;

impl Columns {
    /// The columns of a view of this width.
    pub fn of(width: i32) -> Self {
        let is_roomy = width >= ROOMY;
        let (label_width, gauge_width) = if is_roomy { (132, 52) } else { (60, 20) };
        let gauges = width - PAD / 2 - 4 * gauge_width;
        Self {
            label: PAD,
            label_width,
            left: PAD + label_width + PAD,
            right: (gauges - PAD).max(PAD + label_width + PAD + 1),
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
