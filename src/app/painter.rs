//! Paints shapes on a canvas, one after the other, and decides nothing.

use super::palette::Palette;
use shardlab::scene::picture::Picture;
use shardlab::scene::shape::{Anchor, Face, Form, Ink, Rect, Shape, rect};
use web_sys::CanvasRenderingContext2d;

/// Paints one picture; remembers what it told the canvas last, because telling costs.
pub struct Painter<'a> {
    canvas: &'a CanvasRenderingContext2d,
    palette: &'a Palette,
    ink: Option<Ink>,
    face: Option<Face>,
    anchor: Option<Anchor>,
}

/// From one slanted line to the next.
const HATCH: i32 = 6;
/// How far a pointer reaches to each side of its tip, and how high it is.
const POINTER: (i32, i32) = (5, 8);

impl<'a> Painter<'a> {
    /// A painter on a canvas whose unit is the CSS pixel.
    pub fn new(canvas: &'a CanvasRenderingContext2d, palette: &'a Palette) -> Self {
        Self { canvas, palette, ink: None, face: None, anchor: None }
    }

    /// Paints everything that is seen when scrolled down to `top`.
    pub fn paint(&mut self, picture: &Picture, top: i32, width: i32, height: i32) {
        self.canvas.set_text_baseline("middle");
        self.fill(rect(0, 0, width, height), Ink::Ground);
        self.canvas.save();
        // What was told to the canvas before `save` holds after it too.
        let _ = self.canvas.translate(0.0, f64::from(-top));
        for shape in &picture.shapes {
            self.shape(shape);
        }
        self.canvas.restore();
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Filled(place, ink) => self.fill(*place, *ink),
            Shape::Hatched(place, ink) => self.hatch(*place, *ink),
            Shape::Pointer { x, y, ink, hollow } => {
                self.trace_pointer(*x, *y);
                if *hollow {
                    self.canvas.set_stroke_style_str(self.palette.color(*ink));
                    self.canvas.stroke();
                } else {
                    self.use_ink(*ink);
                    self.canvas.fill();
                }
            }
            Shape::Glyph { x, y, radius, form, ink } => self.glyph((*x, *y), *radius, *form, *ink),
            Shape::Words { x, y, text, ink, face, anchor } => {
                self.use_ink(*ink);
                self.use_face(*face);
                self.use_anchor(*anchor);
                // A canvas that cannot draw text draws the rest.
                let _ = self.canvas.fill_text(text, f64::from(*x), f64::from(*y));
            }
        }
    }

    fn fill(&mut self, place: Rect, ink: Ink) {
        self.use_ink(ink);
        let Rect { x, y, width, height } = place;
        self.canvas.fill_rect(x.into(), y.into(), width.into(), height.into());
    }

    /// Slanted lines, each cut at the edges.
    fn hatch(&mut self, place: Rect, ink: Ink) {
        let Rect { x, y, width, height } = place;
        self.canvas.set_stroke_style_str(self.palette.color(ink));
        self.canvas.begin_path();
        let first = (x - height).div_euclid(HATCH) * HATCH;
        for start in (first..x + width).step_by(HATCH.unsigned_abs() as usize) {
            let (from, until) = (start.max(x), (start + height).min(x + width));
            if from < until {
                self.canvas.move_to(from.into(), (y + height - (from - start)).into());
                self.canvas.line_to(until.into(), (y + height - (until - start)).into());
            }
        }
        self.canvas.stroke();
    }

    fn trace_pointer(&self, x: i32, y: i32) {
        let (side, height) = POINTER;
        self.canvas.begin_path();
        self.canvas.move_to(x.into(), y.into());
        self.canvas.line_to((x + side).into(), (y + height).into());
        self.canvas.line_to((x - side).into(), (y + height).into());
        self.canvas.close_path();
    }

    fn glyph(&mut self, (x, y): (i32, i32), radius: i32, form: Form, ink: Ink) {
        let Self { canvas, .. } = *self;
        if form == Form::Square {
            return self.fill(rect(x - radius, y - radius, 2 * radius, 2 * radius), ink);
        }
        canvas.begin_path();
        let to = |across: i32, down: i32| canvas.line_to((x + across).into(), (y + down).into());
        match form {
            Form::Disc => {
                // Only a negative radius is an error.
                let _ = canvas.arc(x.into(), y.into(), radius.into(), 0.0, std::f64::consts::TAU);
            }
            Form::Triangle => [(0, -radius), (radius, radius), (-radius, radius)]
                .into_iter()
                .for_each(|(across, down)| to(across, down)),
            Form::Diamond => [(0, -radius), (radius, 0), (0, radius), (-radius, 0)]
                .into_iter()
                .for_each(|(across, down)| to(across, down)),
            Form::Square | Form::Cross => {
                for side in [-radius, radius] {
                    canvas.move_to((x - side).into(), (y - radius).into());
                    to(side, radius);
                }
                canvas.set_line_width(2.0);
                canvas.set_stroke_style_str(self.palette.color(ink));
                canvas.stroke();
                canvas.set_line_width(1.0);
                return;
            }
        }
        self.use_ink(ink);
        canvas.fill();
    }

    fn use_ink(&mut self, ink: Ink) {
        if self.ink.replace(ink) != Some(ink) {
            self.canvas.set_fill_style_str(self.palette.color(ink));
        }
    }

    fn use_face(&mut self, face: Face) {
        if self.face.replace(face) != Some(face) {
            self.canvas.set_font(match face {
                Face::Strong => "600 14px system-ui, sans-serif",
                Face::Plain => "12px system-ui, sans-serif",
                Face::Small => "11px system-ui, sans-serif",
            });
        }
    }

    fn use_anchor(&mut self, anchor: Anchor) {
        if self.anchor.replace(anchor) != Some(anchor) {
            self.canvas.set_text_align(match anchor {
                Anchor::Start => "left",
                Anchor::Middle => "center",
                Anchor::End => "right",
            });
        }
    }
}
