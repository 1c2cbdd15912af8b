//! What a picture is made of.

use std::borrow::Cow;

/// One thing to draw. Later ones lie above earlier ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A filled rectangle.
    Filled(Rect, Ink),
    /// A rectangle of slanted lines: what is over, or out of reach.
    Hatched(Rect, Ink),
    /// A triangle that points up at `x`, `y`; hollow for whoever has a pipe of its own.
    Pointer {
        /// The tip.
        x: i32,
        /// The tip.
        y: i32,
        /// Its color.
        ink: Ink,
        /// Whether only its outline is drawn.
        hollow: bool,
    },
    /// A small mark around a point.
    Glyph {
        /// Its middle.
        x: i32,
        /// Its middle.
        y: i32,
        /// How far it reaches to each side.
        radius: i32,
        /// What it looks like.
        form: Form,
        /// Its color.
        ink: Ink,
    },
    /// A line of text.
    Words {
        /// Where it is anchored.
        x: i32,
        /// The middle of its height.
        y: i32,
        /// What it says.
        text: Cow<'static, str>,
        /// Its color.
        ink: Ink,
        /// Its size and weight.
        face: Face,
        /// Which part of it lies at `x`.
        anchor: Anchor,
    },
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// To the right.
    pub width: i32,
    /// Down.
    pub height: i32,
}

/// A rectangle from its upper left corner and its size.
pub const fn rect(x: i32, y: i32, width: i32, height: i32) -> Rect {
    Rect { x, y, width, height }
}

/// A role, not a color: the painter looks it up among the custom properties of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// Behind everything.
    Ground,
    /// Behind the records of a lane.
    Lane,
    /// Thin lines and empty gauges.
    Line,
    /// Text.
    Text,
    /// Text that explains other text.
    Quiet,
    /// What a gauge holds.
    Gauge,
    /// What a gauge holds that is nearly empty.
    GaugeLow,
    /// Consumers.
    Consumer,
    /// Where a consumer has not been yet.
    Behind,
    /// Refusals and losses; nothing else is red.
    Refused,
    /// One of the [`HUES`] colors of partition keys.
    Hue(u8),
    /// How much of a shard's limit is used, in [`HEATS`] steps.
    Heat(u8),
}

/// What a small mark looks like: partition keys are told apart by more than their color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A disc.
    Disc,
    /// A square.
    Square,
    /// A triangle that points up.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// Two crossed lines: what was refused.
    Cross,
}

impl Form {
    /// Those of partition keys.
    pub const OF_KEYS: [Self; 4] = [Self::Disc, Self::Square, Self::Triangle, Self::Diamond];
}

/// Colors of partition keys: as many as people with any color vision tell apart.
pub const HUES: u8 = 8;

/// Steps of a heat strip.
pub const HEATS: u8 = 5;

/// Size and weight of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Names.
    Strong,
    /// Facts.
    Plain,
    /// Numbers beside marks.
    Small,
}

/// Which part of a text lies at its `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}
