//! The stage: the canvas, its frames, and the clock that they drive. Yew knows nothing of it but
//! what it reports.

use super::frame::Frames;
use super::listener::{Listener, SizeListener};
use super::pacer::Pacer;
use super::page;
use super::painter::{Canvas, Painter, Words};
use super::palette::Palette;
use super::readout::Readout;
use super::session::{Answer, Lack, Session};
use super::speed::Speed;
use super::store::{Action, Motion};
use super::theme::Theme;
use shardlab::insight::subject::Subject;
use shardlab::scene::spots::spots;
use shardlab::scene::view::{LANE_SECS, Motion as Changes, View};
use shardlab::scene::{World, hit, lay_out};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlCanvasElement, HtmlElement, MediaQueryList, MouseEvent};
use yew::Callback;

/// What the viewer's controls say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Controls {
    /// Whether time passes.
    pub clock: Motion,
    /// How fast.
    pub speed: Speed,
    /// Which colors apply.
    pub theme: Theme,
}

impl Controls {
    /// Another number for every other state of the controls.
    pub fn key(self) -> [u64; 2] {
        let speed = u64::from(self.speed.simulated) << 32 | u64::from(self.speed.viewed);
        [speed, (self.clock as u64) << 8 | self.theme as u64]
    }
}

/// Where the stage draws.
pub struct Place {
    /// Scrolls the canvas.
    pub scroller: HtmlElement,
    /// Stays in view.
    pub canvas: HtmlCanvasElement,
    /// Makes the scroller as high as the picture.
    pub spacer: HtmlElement,
}

/// To whom the stage reports.
pub struct Reports {
    /// What the panels show.
    pub readout: Callback<Readout>,
    /// What a line printed.
    pub answer: Callback<Answer>,
    /// The session waits for something.
    pub lack: Callback<Lack>,
    /// What the viewer points at.
    pub action: Callback<Action>,
}

/// A running stage; dropping it stops its frames and its listening.
pub struct Stage {
    show: Rc<RefCell<Show>>,
    _frames: Frames,
    _size: SizeListener,
    _listeners: [Listener; 5],
}

/// What a frame needs.
struct Show {
    session: Rc<RefCell<Session>>,
    place: Place,
    canvas: Canvas,
    reduced_motion: MediaQueryList,
    palette: Option<Palette>,
    words: Words,
    /// How high the spacer is.
    beyond: i32,
    controls: Controls,
    pacer: Pacer,
    window: Duration,
    /// What was painted last; `None` asks for another picture.
    painted: Option<u64>,
    painted_at: f64,
    told_at: f64,
}

/// Milliseconds of a frame that the engine may use; the rest is for drawing and the browser.
const WORK_MILLIS: f64 = 8.0;
/// The same while the viewer waits to arrive somewhere else.
const TRAVEL_MILLIS: f64 = 24.0;
/// Milliseconds between two readouts: what can be read, and few enough renders.
const TELL_MILLIS: f64 = 200.0;
/// Milliseconds between two pictures for viewers who want less motion.
const CALM_MILLIS: f64 = 500.0;
/// More pixels than this per CSS pixel are not seen, but paid for.
const SCALE_MAX: f64 = 2.0;

impl Stage {
    /// Starts the frames.
    pub fn start(
        session: Rc<RefCell<Session>>,
        place: Place,
        controls: Controls,
        reports: Reports,
    ) -> Self {
        let (scroller, canvas) = (place.scroller.clone(), context(&place.canvas));
        let canvas_element = place.canvas.clone();
        let show = Rc::new(RefCell::new(Show {
            session,
            place,
            canvas,
            reduced_motion: page::media("(prefers-reduced-motion: reduce)"),
            palette: None,
            words: Words::default(),
            beyond: 0,
            window: window_of(controls.speed),
            controls,
            pacer: Pacer::default(),
            painted: None,
            painted_at: 0.0,
            told_at: f64::NEG_INFINITY,
        }));
        let with_show = |change: fn(&mut Show)| {
            let show = Rc::clone(&show);
            move || change(&mut show.borrow_mut())
        };
        let (repaint, recolor) = (with_show(Show::repaint), with_show(Show::recolor));
        let (resize, rest) = (with_show(Show::fit), with_show(Show::rest));
        let (choosing, pointing) = (Rc::clone(&show), Rc::clone(&show));
        let on_action = reports.action.clone();
        let scheme = page::media("(prefers-color-scheme: dark)");
        let listeners = [
            Listener::on(&scroller, "scroll", move |_| repaint()),
            Listener::on(&scheme, "change", move |_| recolor()),
            Listener::on(&page::document(), "visibilitychange", move |_| rest()),
            Listener::on(&canvas_element, "click", move |event| {
                let subject = choosing.borrow().pointed_at(&event);
                if let Some(subject) = subject {
                    on_action.emit(Action::Choose(subject));
                }
            }),
            Listener::on(&canvas_element, "pointermove", move |event| {
                pointing.borrow().show_pointer(&event);
            }),
        ];
        let size = SizeListener::on(&scroller, resize);
        let frames = Frames::start({
            let show = Rc::clone(&show);
            move |timestamp| frame(&show, &reports, timestamp)
        });
        Self { show, _frames: frames, _size: size, _listeners: listeners }
    }

    /// Follows the controls.
    pub fn follow(&self, controls: Controls) {
        let mut show = self.show.borrow_mut();
        if show.controls.theme != controls.theme {
            show.recolor();
        }
        if show.controls.speed != controls.speed {
            show.pacer.begin_anew();
        }
        show.controls = controls;
        show.repaint();
    }
}

/// One frame: time passes, the picture is painted, and what changed is reported. The reports come
/// last, when nothing is borrowed any more.
fn frame(show: &RefCell<Show>, reports: &Reports, timestamp: f64) {
    let mut answers = Vec::new();
    let (readout, lack) = {
        let mut show = show.borrow_mut();
        let was_travelling = show.session.borrow().is_travelling();
        show.pass_time(timestamp, &mut answers);
        if !answers.is_empty() || was_travelling {
            show.told_at = f64::NEG_INFINITY;
        }
        let readout = if show.session.borrow().is_travelling() {
            None
        } else {
            show.paint_if_changed(timestamp);
            show.readout_if_due(timestamp)
        };
        (readout, show.session.borrow().lack())
    };
    if let Some(lack) = lack {
        reports.lack.emit(lack);
    }
    for answer in answers {
        reports.answer.emit(answer);
    }
    if let Some(readout) = readout {
        reports.readout.emit(readout);
    }
}

impl Show {
    fn pass_time(&mut self, timestamp: f64, answers: &mut Vec<Answer>) {
        let mut session = self.session.borrow_mut();
        let is_playing = self.controls.clock == Motion::Playing;
        if !is_playing || session.is_skipping() {
            self.pacer.rest();
        }
        let is_on_its_way =
            session.is_travelling() || session.is_looking_ahead() || session.is_replaying();
        let elapsed = match self.controls.clock {
            Motion::Playing => self.pacer.frame(timestamp, self.controls.speed),
            Motion::Paused => Duration::ZERO,
        };
        let budget = if is_on_its_way { TRAVEL_MILLIS } else { WORK_MILLIS };
        let deadline = page::millis() + budget;
        let has_time = || page::millis() < deadline;
        let passed = session.work(elapsed, has_time, |answer| answers.push(answer));
        self.pacer.reached(passed);
    }

    fn paint_if_changed(&mut self, timestamp: f64) {
        let is_calm = self.reduced_motion.matches();
        let wanted = self.wanted_window();
        let revision = self.session.borrow().revision();
        let is_current = self.painted == Some(revision) && self.window == wanted;
        if is_current || (is_calm && timestamp - self.painted_at < CALM_MILLIS) {
            return;
        }
        self.window = if is_calm { wanted } else { closer(self.window, wanted) };
        self.paint();
        self.painted = Some(revision);
        self.painted_at = timestamp;
    }

    fn paint(&mut self) {
        let view = self.view();
        let Place { canvas, spacer, .. } = &self.place;
        let View { width, height, .. } = view;
        let session = self.session.borrow();
        let picture = lay_out(session.simulation(), session.history(), &view);
        let beyond = (picture.height - height).max(0);
        let palette = self.palette.get_or_insert_with(|| Palette::read(canvas));
        let mut painter = Painter::new(&self.canvas, palette, &mut self.words);
        painter.paint(picture, view.top, width, height);
        if beyond != self.beyond {
            self.beyond = beyond;
            let height = format!("{beyond}px");
            spacer.style().set_property("height", &height).expect("a height can be set");
        }
    }

    fn view(&self) -> View {
        let scroller = &self.place.scroller;
        let (width, height) = (scroller.client_width(), scroller.client_height());
        let motion = if self.reduced_motion.matches() { Changes::Steps } else { Changes::Smooth };
        View { width, height, top: scroller.scroll_top(), window: self.window, motion }
    }

    /// What the viewer points at, if there is more to tell about it.
    fn pointed_at(&self, event: &Event) -> Option<Subject> {
        let event = event.dyn_ref::<MouseEvent>()?;
        let session = self.session.borrow();
        let world = World { simulation: session.simulation(), history: session.history() };
        hit(&world, &self.view(), (event.offset_x(), event.offset_y()))
    }

    fn show_pointer(&self, event: &Event) {
        let cursor = if self.pointed_at(event).is_some() { "pointer" } else { "auto" };
        // Without it a click does the same.
        let _ = self.place.canvas.style().set_property("cursor", cursor);
    }

    fn readout_if_due(&mut self, timestamp: f64) -> Option<Readout> {
        if timestamp - self.told_at < TELL_MILLIS {
            return None;
        }
        self.told_at = timestamp;
        let session = self.session.borrow();
        let speed = self.controls.speed;
        let readout = Readout::of(&session, &self.pacer, speed, self.wanted_window());
        Some(Readout { spots: spots(session.simulation(), &self.view()).into(), ..readout })
    }

    /// The window of the speed that was asked for, or of the stop below the one that is reached: a
    /// window of a year would show an hour as a hair.
    fn wanted_window(&self) -> Duration {
        let asked = self.controls.speed;
        let reached = self.pacer.true_speed().map_or(asked, Speed::stop_within);
        window_of(if asked.is_faster_than(reached) { reached } else { asked })
    }

    fn repaint(&mut self) {
        self.painted = None;
    }

    fn recolor(&mut self) {
        self.palette = None;
        self.repaint();
    }

    /// A hidden tab gets no frames; the first one afterwards goes on from where it was.
    fn rest(&mut self) {
        self.pacer.rest();
        self.repaint();
    }

    /// Gives the canvas as many pixels as it covers on the screen.
    fn fit(&mut self) {
        let scale = page::window().device_pixel_ratio().clamp(1.0, SCALE_MAX);
        let pixels = |css: i32| whole(f64::from(css) * scale);
        let Place { scroller, canvas, .. } = &self.place;
        canvas.set_width(pixels(scroller.client_width()));
        canvas.set_height(pixels(scroller.client_height()));
        // A canvas that was given a size has forgotten its scale.
        let _ = self.canvas.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
        self.repaint();
        self.painted_at = f64::NEG_INFINITY;
    }
}

/// How much simulated time the stage is wide.
fn window_of(speed: Speed) -> Duration {
    let (micros, _) = speed.simulated_micros(u64::from(LANE_SECS) * 1_000_000, 0);
    Duration::from_micros(micros)
}

/// A step of a fifth towards a window, so that a change of speed zooms.
fn closer(from: Duration, to: Duration) -> Duration {
    let gap = from.abs_diff(to);
    if gap < to / 32 {
        return to;
    }
    if from < to { from + gap / 5 } else { from.saturating_sub(gap / 5) }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of screens; `as` saturates"
)]
fn whole(pixels: f64) -> u32 {
    pixels.round() as u32
}

fn context(canvas: &HtmlCanvasElement) -> Canvas {
    let context = canvas.get_context("2d").ok().flatten();
    context.expect("a canvas without another context has this one").unchecked_into()
}
