//! What a component keeps from its first drawing on, and what it does when something has changed.
//!
//! Yew has hooks for both, generic over all that they keep: every use of one is a KiB of code. The
//! hooks here come down to one use of each.

use std::any::Any;
use std::cell::RefCell;
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

/// A value that draws the component anew when it becomes another one.
pub struct Kept<T> {
    value: Rc<RefCell<T>>,
    update: UseForceUpdateHandle,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self { value: Rc::clone(&self.value), update: self.update.clone() }
    }
}

impl<T: Clone + PartialEq> Kept<T> {
    /// The value.
    pub fn get(&self) -> T {
        self.value.borrow().clone()
    }

    /// Replaces it.
    pub fn set(&self, value: T) {
        if *self.value.borrow() != value {
            *self.value.borrow_mut() = value;
            self.update.force_update();
        }
    }
}

/// A value that the component begins with, to be replaced later.
#[hook]
pub fn use_kept<T: 'static>(make: impl FnOnce() -> T) -> Kept<T> {
    let update = use_force_update();
    let value = use_once(|| Rc::new(RefCell::new(make())));
    Kept { value: Rc::clone(&value), update }
}

/// Does something after the first drawing, and after each one where the key is another.
#[hook]
pub fn use_change(key: [u64; 2], act: Box<dyn FnOnce()>) {
    use_effect_with(key, move |_| act());
}
