//! Simulated time from left to right; the right edge is now.

use super::picture::{Picture, Style};
use super::shape::{Anchor, Ink, rect};
use super::view::Columns;
use super::words::span;
use crate::engine::time::{Instant, whole_micros};
use std::time::Duration;

/// Where an instant lies in the lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The left edge, in pixels.
    pub left: i32,
    /// The right edge, in pixels: now.
    pub right: i32,
    /// The time at the right edge.
    pub now: Instant,
    /// How much time lies between the edges.
    pub window: Duration,
}

/// A stretch of time a few pixels wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// When it begins.
    pub from: Instant,
    /// When it ends.
    pub until: Instant,
    /// Where it begins.
    pub x: i32,
    /// How wide it is.
    pub width: i32,
}

/// How high the axis is, at the top of the picture.
pub const HEIGHT: i32 = 22;

impl Axis {
    /// The axis of the lanes.
    pub fn of(columns: &Columns, now: Instant, window: Duration) -> Self {
        let window = window.max(Duration::from_micros(1));
        Self { left: columns.left, right: columns.right, now, window }
    }

    /// The time at the left edge.
    pub fn start(&self) -> Instant {
        self.now.before(self.window)
    }

    /// Where an instant lies; what is earlier than the left edge lies at the left edge.
    pub fn x(&self, at: Instant) -> i32 {
        let past = self.now.micros().saturating_sub(at.micros());
        let left_of_now = scaled(past, self.width().into(), whole_micros(self.window));
        (self.right - i32::try_from(left_of_now).unwrap_or(i32::MAX / 2)).max(self.left)
    }

    /// The instant that lies at a place of the lanes.
    pub fn at(&self, x: i32) -> Instant {
        let left_of_now = (self.right - x).clamp(0, self.right - self.left).unsigned_abs();
        self.now.before(Duration::from_micros(self.time_of(left_of_now)))
    }

    /// How wide the lanes are.
    pub fn width(&self) -> u32 {
        u32::try_from(self.right - self.left).unwrap_or(1).max(1)
    }

    /// The lanes cut into stretches of about `pixels`, oldest first.
    ///
    /// They lie on whole multiples of their length since the epoch, so that what was drawn of a
    /// stretch that is over only moves on and never changes.
    pub fn bins(&self, pixels: u32) -> impl Iterator<Item = Bin> {
        let axis = *self;
        let length = self.time_of(pixels);
        let first = self.start().micros() / length;
        let last = self.now.micros() / length;
        let mut end = axis.x(Instant::from_micros(first * length));
        (first..=last).filter_map(move |number| {
            let from = Instant::from_micros(number * length);
            let until = Instant::from_micros((number + 1) * length);
            let x = end;
            // It ends where the next one begins.
            end = if until > axis.now { axis.right } else { axis.x(until) };
            let width = end - x;
            (width > 0).then_some(Bin { from, until, x, width })
        })
    }

    /// How many microseconds a number of pixels is wide, at least one.
    pub fn time_of(&self, pixels: u32) -> u64 {
        (whole_micros(self.window).saturating_mul(pixels.into()) / u64::from(self.width())).max(1)
    }

    /// Draws the axis over whatever has scrolled beneath it.
    pub fn lay_out(&self, top: i32, picture: &mut Picture) {
        let width = self.right - self.left;
        picture.fill(rect(0, top, i32::from(i16::MAX), HEIGHT), Ink::Ground);
        // As many as have room for their words.
        let parts: i32 = match width {
            ..200 => 1,
            200..480 => 3,
            _ => 6,
        };
        for part in 0..=parts {
            let ago = self.window * (parts - part).unsigned_abs() / parts.unsigned_abs();
            let x = self.left + width * part / parts;
            picture.fill(rect(x - i32::from(part == parts), top + HEIGHT - 5, 1, 5), Ink::Line);
            let text = if part == parts { "LATEST".into() } else { format!("−{}", span(ago)) };
            let anchor = if part == parts { Anchor::End } else { Anchor::Middle };
            let anchor = if part == 0 { Anchor::Start } else { anchor };
            picture.write((x, top + 9), text, Style::NOTE.anchored(anchor));
        }
    }
}

/// A number times a numerator by a denominator, which is not zero. Most products fit half as many
/// bits, which divide ten times as fast.
pub fn scaled(number: u64, numerator: u64, denominator: u64) -> u64 {
    if let Some(product) = number.checked_mul(numerator) {
        return product / denominator;
    }
    let product = u128::from(number) * u128::from(numerator);
    u64::try_from(product / u128::from(denominator)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(now: Instant) -> Axis {
        let window = Duration::from_secs(10);
        Axis { left: 100, right: 600, now, window }
    }

    #[test]
    fn now_is_at_the_right_and_the_past_to_the_left() {
        let axis = axis(Instant::DEFAULT_START);
        assert_eq!(axis.x(axis.now), 600);
        assert_eq!(axis.x(axis.now.before(Duration::from_secs(5))), 350);
        assert_eq!(axis.x(Instant::default()), 100);
    }

    #[test]
    fn bins_tile_the_lane() {
        let axis = axis(Instant::DEFAULT_START + Duration::from_micros(123_456));
        let bins: Vec<Bin> = axis.bins(4).collect();
        assert_eq!((bins[0].x, bins.len()), (100, 126));
        assert!(bins.windows(2).all(|pair| pair[0].x + pair[0].width == pair[1].x));
        assert!(bins.last().is_some_and(|last| last.x + last.width == 600));
    }
}
