//! A picture: shapes in the order in which they are painted.

use super::shape::{Anchor, Face, Form, Ink, Rect, Shape};
use std::borrow::Cow;

/// What [`lay_out`](super::lay_out) makes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// How high everything is, shown or not.
    pub height: i32,
    /// What to paint, from back to front.
    pub shapes: Vec<Shape>,
}

/// Shapes that have room from the beginning: those of lanes all over a large screen. Memory of a
/// page never shrinks, and one that grows while it fills takes three times as much for a moment.
const SHAPES: usize = 4_096;

impl Picture {
    /// An empty picture of a height.
    pub fn new(height: i32) -> Self {
        Self { height, shapes: Vec::with_capacity(SHAPES) }
    }

    /// Adds a rectangle, unless nothing would be seen of it.
    pub fn fill(&mut self, place: Rect, ink: Ink) {
        if place.width > 0 && place.height > 0 {
            self.shapes.push(Shape::Filled(place, ink));
        }
    }

    /// Adds slanted lines, unless nothing would be seen of them.
    pub fn hatch(&mut self, place: Rect, ink: Ink) {
        if place.width > 0 && place.height > 0 {
            self.shapes.push(Shape::Hatched(place, ink));
        }
    }

    /// Adds a small mark.
    pub fn mark(&mut self, (x, y): (i32, i32), radius: i32, form: Form, ink: Ink) {
        self.shapes.push(Shape::Glyph { x, y, radius, form, ink });
    }

    /// Adds a line of text.
    pub fn write(&mut self, at: (i32, i32), text: impl Into<Cow<'static, str>>, style: Style) {
        let ((x, y), Style { ink, face, anchor }) = (at, style);
        self.shapes.push(Shape::Words { x, y, text: text.into(), ink, face, anchor });
    }
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Its color.
    pub ink: Ink,
    /// Its size and weight.
    pub face: Face,
    /// Which part of it lies at its place.
    pub anchor: Anchor,
}

impl Style {
    /// A name.
    pub const NAME: Self = Self { ink: Ink::Text, face: Face::Strong, anchor: Anchor::Start };
    /// A fact.
    pub const FACT: Self = Self { ink: Ink::Quiet, face: Face::Plain, anchor: Anchor::Start };
    /// A number beside a mark.
    pub const NOTE: Self = Self { ink: Ink::Quiet, face: Face::Small, anchor: Anchor::Start };

    /// The same, anchored elsewhere.
    #[must_use]
    pub const fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The same in another color.
    #[must_use]
    pub const fn inked(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }
}
