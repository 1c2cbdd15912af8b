//! The browser's frames: a callback before each, until dropped.

use super::page;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Calls back before every frame, with its timestamp in milliseconds.
///
/// One closure for all frames, built once; dropping it cancels the frame that was asked for last.
pub struct Frames {
    callback: Rc<Callback>,
    asked: Rc<Cell<i32>>,
}

/// What is called before a frame; nothing once the frames have stopped.
type Callback = RefCell<Option<Closure<dyn FnMut(f64)>>>;

impl Frames {
    /// Starts with the next frame.
    pub fn start(mut on_frame: impl FnMut(f64) + 'static) -> Self {
        let callback: Rc<Callback> = Rc::default();
        let asked = Rc::new(Cell::new(0));
        let (again, next) = (Rc::clone(&callback), Rc::clone(&asked));
        *callback.borrow_mut() = Some(Closure::new(move |timestamp| {
            on_frame(timestamp);
            next.set(ask(&again));
        }));
        asked.set(ask(&callback));
        Self { callback, asked }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        // A failure to cancel would mean that the page is going away, and its frames with it.
        let _ = page::window().cancel_animation_frame(self.asked.get());
        self.callback.borrow_mut().take();
    }
}

fn ask(callback: &Callback) -> i32 {
    let closure = callback.borrow();
    let Some(closure) = closure.as_ref() else { return 0 };
    let function = closure.as_ref().unchecked_ref();
    page::window().request_animation_frame(function).expect("a window has frames")
}
