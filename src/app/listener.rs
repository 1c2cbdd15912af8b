//! Listening to the browser until dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, ResizeObserver};

/// Listens to one kind of event of one target; dropping it stops listening.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Starts to listen.
    pub fn on(
        target: &EventTarget,
        kind: &'static str,
        on_event: impl FnMut(Event) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(Event)>::new(on_event);
        let function = closure.as_ref().unchecked_ref();
        target.add_event_listener_with_callback(kind, function).expect("a kind of event");
        Self { target: target.clone(), kind, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        // It was added, so there is nothing that could fail but the page going away.
        let _ = self.target.remove_event_listener_with_callback(self.kind, function);
    }
}

/// Calls back whenever an element has another size; dropping it stops that.
pub struct SizeListener {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut()>,
}

impl SizeListener {
    /// Starts to observe; calls back once at once.
    pub fn on(element: &Element, on_size: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(on_size);
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref());
        let observer = observer.expect("a function to call back");
        observer.observe(element);
        Self { observer, _closure: closure }
    }
}

impl Drop for SizeListener {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
