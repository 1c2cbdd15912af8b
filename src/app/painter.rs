//! Paints shapes on a canvas, one after the other, and decides nothing.

use super::palette::Palette;
use js_sys::JsString;
use shardlab::scene::picture::Picture;
use shardlab::scene::shape::{Anchor, Face, Form, Ink, Rect, Shape, rect};
use std::borrow::Cow;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::CanvasRenderingContext2d;

#[wasm_bindgen]
extern "C" {
    /// A canvas that takes what JavaScript has already: texts that need not be copied to it each
    /// time, and whole numbers, which it need not keep on its heap.
    #[wasm_bindgen(extends = CanvasRenderingContext2d)]
    pub type Canvas;
    #[wasm_bindgen(method, setter = fillStyle)]
    fn fill_with(this: &Canvas, color: &JsString);
    #[wasm_bindgen(method, setter = strokeStyle)]
    fn stroke_with(this: &Canvas, color: &JsString);
    #[wasm_bindgen(method, setter = font)]
    fn write_with(this: &Canvas, face: &JsString);
    #[wasm_bindgen(method, setter = textAlign)]
    fn anchor_at(this: &Canvas, anchor: &JsString);
    #[wasm_bindgen(method, js_name = fillText)]
    fn write(this: &Canvas, text: &JsString, x: i32, y: i32);
    #[wasm_bindgen(method, js_name = fillRect)]
    fn fill_whole(this: &Canvas, x: i32, y: i32, width: i32, height: i32);
}

/// Paints one picture; remembers what it told the canvas last, because telling costs.
pub struct Painter<'a> {
    canvas: &'a Canvas,
    palette: &'a Palette,
    words: &'a mut Words,
    ink: Option<Ink>,
    stroke: Option<Ink>,
    face: Option<Face>,
    anchor: Option<Anchor>,
}

/// The texts of the last picture, in its order, as JavaScript has them: most are the next one's.
#[derive(Default)]
pub struct Words(Vec<(Cow<'static, str>, JsString)>);

/// From one slanted line to the next.
const HATCH: i32 = 6;
/// How far a pointer reaches to each side of its tip, and how high it is.
const POINTER: (i32, i32) = (5, 8);

impl<'a> Painter<'a> {
    /// A painter on a canvas whose unit is the CSS pixel.
    pub fn new(canvas: &'a Canvas, palette: &'a Palette, words: &'a mut Words) -> Self {
        Self { canvas, palette, words, ink: None, stroke: None, face: None, anchor: None }
    }

    /// Paints everything that is seen when scrolled down to `top`.
    pub fn paint(&mut self, picture: Picture, top: i32, width: i32, height: i32) {
        self.canvas.set_text_baseline("middle");
        self.fill(rect(0, 0, width, height), Ink::Ground);
        self.canvas.save();
        // What was told to the canvas before `save` holds after it too.
        let _ = self.canvas.translate(0.0, f64::from(-top));
        let mut written = 0;
        for shape in picture.shapes {
            self.shape(shape, &mut written);
        }
        self.words.0.truncate(written);
        self.canvas.restore();
    }

    /// Paints a shape after so many texts.
    fn shape(&mut self, shape: Shape, written: &mut usize) {
        match shape {
            Shape::Filled(place, ink) => self.fill(place, ink),
            Shape::Hatched(place, ink) => self.hatch(place, ink),
            Shape::Pointer { x, y, ink, hollow } => {
                self.trace_pointer(x, y);
                if hollow {
                    self.use_stroke(ink);
                    self.canvas.stroke();
                } else {
                    self.use_ink(ink);
                    self.canvas.fill();
                }
            }
            Shape::Glyph { x, y, radius, form, ink } => self.glyph((x, y), radius, form, ink),
            Shape::Words { x, y, text, ink, face, anchor } => {
                self.use_ink(ink);
                self.use_face(face);
                self.use_anchor(anchor);
                self.canvas.write(self.words.at(*written, text), x, y);
                *written += 1;
            }
        }
    }

    fn fill(&mut self, place: Rect, ink: Ink) {
        self.use_ink(ink);
        let Rect { x, y, width, height } = place;
        self.canvas.fill_whole(x, y, width, height);
    }

    /// Slanted lines, each cut at the edges.
    fn hatch(&mut self, place: Rect, ink: Ink) {
        let Rect { x, y, width, height } = place;
        self.use_stroke(ink);
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
                self.use_stroke(ink);
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
            self.canvas.fill_with(self.palette.color(ink));
        }
    }

    fn use_stroke(&mut self, ink: Ink) {
        if self.stroke.replace(ink) != Some(ink) {
            self.canvas.stroke_with(self.palette.color(ink));
        }
    }

    fn use_face(&mut self, face: Face) {
        if self.face.replace(face) != Some(face) {
            self.canvas.write_with(self.palette.face(face));
        }
    }

    fn use_anchor(&mut self, anchor: Anchor) {
        if self.anchor.replace(anchor) != Some(anchor) {
            self.canvas.anchor_at(self.palette.anchor(anchor));
        }
    }
}

impl Words {
    /// A text that comes after so many others.
    fn at(&mut self, place: usize, text: Cow<'static, str>) -> &JsString {
        match self.0.get(place) {
            Some((known, _)) if *known == text => {}
            known => {
                let (told, is_new) = (JsString::from(&*text), known.is_none());
                if is_new {
                    self.0.push((text, told));
                } else {
                    self.0[place] = (text, told);
                }
            }
        }
        &self.0[place].1
    }
}
