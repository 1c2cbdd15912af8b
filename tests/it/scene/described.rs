//! A picture as text, a line a shape.

use shardlab::scene::picture::Picture;
use shardlab::scene::shape::Shape;
use std::ops::Range;

/// A line a shape.
pub fn text(picture: &Picture) -> String {
    let lines: String = picture.shapes.iter().map(line).collect();
    format!("height {}\n{lines}", picture.height)
}

/// The shapes that begin in some part of a picture.
pub fn text_within(picture: &Picture, across: Range<i32>, down: Range<i32>) -> String {
    let shapes = picture.shapes.iter().filter(|shape| {
        let (x, y) = match shape {
            Shape::Filled(at, _) | Shape::Hatched(at, _) => (at.x, at.y),
            Shape::Pointer { x, y, .. } | Shape::Glyph { x, y, .. } | Shape::Words { x, y, .. } => {
                (*x, *y)
            }
        };
        across.contains(&x) && down.contains(&y)
    });
    shapes.map(line).collect()
}

fn line(shape: &Shape) -> String {
    let text = match shape {
        Shape::Filled(at, ink) => {
            format!("{ink:?} {}x{} at {},{}", at.width, at.height, at.x, at.y)
        }
        Shape::Hatched(at, ink) => {
            format!("{ink:?} hatched {}x{} at {},{}", at.width, at.height, at.x, at.y)
        }
        Shape::Pointer { x, y, ink, hollow } => {
            format!("{ink:?} pointer at {x},{y}{}", if *hollow { " hollow" } else { "" })
        }
        Shape::Glyph { x, y, radius, form, ink } => {
            format!("{ink:?} {form:?} of {radius} at {x},{y}")
        }
        Shape::Words { x, y, text, ink, face, anchor } => {
            format!("{ink:?} {face:?} {anchor:?} at {x},{y}: {text}")
        }
    };
    text + "\n"
}
