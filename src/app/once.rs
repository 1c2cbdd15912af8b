//! What a component keeps from its first drawing on, and what it does when something has changed.
//!
//! Yew has hooks for both, generic over all that they keep: every use of one is a KiB of code. The
//! hooks here come down to one use of each.

use std::any::Any;
use std::rc::Rc;
use yew::prelude::*;

/// What is made at the first drawing and stays the same from then on; it is dropped with the
/// component.
#[hook]
pub fn use_once<T: 'static>(make: impl FnOnce() -> T) -> Rc<T> {
    let mut make = Some(make);
    let kept = use_any(&mut || Rc::new(make.take().map(|make| make()).expect("it is made once")));
    kept.downcast().expect("a hook keeps its place, and what it has made there")
}

#[hook]
fn use_any(make: &mut dyn FnMut() -> Rc<dyn Any>) -> Rc<dyn Any> {
    let kept = use_mut_ref(make);
    let kept = kept.borrow();
    Rc::clone(&kept)
}

/// Does something after the first drawing, and after each one where the key is another.
#[hook]
pub fn use_change(key: [u64; 2], act: Box<dyn FnOnce()>) {
    use_effect_with(key, move |_| act());
}
