//! Long work in pieces, between which others have their turn.
//!
//! What takes long is an `async fn` that tells a [`Pause`] of its steps, which may take its time: a
//! page draws and listens meanwhile, a program that has nothing else to do goes on at once. Where
//! the pauses fall changes nothing about what comes out.

use std::cell::Cell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Lets others have their turn, if it is time for it.
pub trait Pause {
    /// So many more steps of some nanoseconds each were done.
    fn after(&self, steps: usize) -> impl Future<Output = ()>;
}

/// Nobody else wants a turn.
#[derive(Clone, Copy, Debug)]
pub struct Alone;

impl Pause for Alone {
    async fn after(&self, _: usize) {}
}

/// Others are asked after every few thousand steps.
#[derive(Debug)]
pub struct Turns<F> {
    ask: F,
    steps: Cell<usize>,
}

impl<F: AsyncFn()> Turns<F> {
    /// Asks them with a function, which knows best whether it is time.
    pub fn new(ask: F) -> Self {
        Self { ask, steps: Cell::new(0) }
    }
}

impl<F: AsyncFn()> Pause for Turns<F> {
    async fn after(&self, steps: usize) {
        let steps = self.steps.get() + steps;
        self.steps.set(steps % STRIDE);
        if steps >= STRIDE {
            (self.ask)().await;
        }
    }
}

/// Steps between two questions: some tenths of a millisecond.
pub const STRIDE: usize = 1 << 12;

/// Does all of it now, for a caller who can wait.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}

/// Takes all items, one after the other.
pub async fn each<T>(items: impl Iterator<Item = T>, pause: &impl Pause, mut take: impl FnMut(T)) {
    let mut steps = 0;
    for item in items {
        take(item);
        steps += 1;
        if steps == STRIDE {
            pause.after(steps).await;
            steps = 0;
        }
    }
    pause.after(steps).await;
}

/// Sorts a list: short runs first, then two and two of them together.
pub async fn sort<T: Copy, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K, pause: &impl Pause) {
    for run in list.chunks_mut(STRIDE) {
        run.sort_unstable_by_key(&key);
        pause.after(run.len()).await;
    }
    let (mut width, mut merged) = (STRIDE, Vec::new());
    while width < list.len() {
        for two in list.chunks(2 * width) {
            let (mut left, mut right) = two.split_at(width.min(two.len()));
            each(0..two.len(), pause, |_| {
                let from_left = match (left.first(), right.first()) {
                    (Some(left), Some(right)) => key(left) <= key(right),
                    (left, _) => left.is_some(),
                };
                let from = if from_left { &mut left } else { &mut right };
                merged.extend(from.split_off_first());
            })
            .await;
        }
        for (old, new) in list.chunks_mut(STRIDE).zip(merged.chunks(STRIDE)) {
            old.copy_from_slice(new);
            pause.after(new.len()).await;
        }
        merged.clear();
        width *= 2;
    }
}

/// Makes room for so many more, by moving the list if it must.
pub async fn reserve<T: Copy>(list: &mut Vec<T>, more: usize, pause: &impl Pause) {
    if list.capacity() - list.len() >= more {
        return;
    }
    let mut roomy = Vec::with_capacity(2 * list.len() + more);
    for part in list.chunks(STRIDE) {
        roomy.extend_from_slice(part);
        pause.after(part.len()).await;
    }
    *list = roomy;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::Rng;
    use std::future::poll_fn;

    #[test]
    fn long_lists_are_sorted_with_pauses() {
        let mut luck = Rng::seeded(9);
        for length in [0, 1, STRIDE - 1, STRIDE, STRIDE + 1, 5 * STRIDE + 7] {
            let list: Vec<u64> = (0..length).map(|_| luck.below(1_000)).collect();
            let (mut sorted, mut expected) = (list.clone(), list);
            let waits = Cell::new(0);
            // Not done at the first time of asking.
            let pause = Turns::new(async || {
                let mut is_done = false;
                poll_fn(|_| {
                    let poll = if is_done { Poll::Ready(()) } else { Poll::Pending };
                    is_done = true;
                    poll
                })
                .await;
                waits.set(waits.get() + 1);
            });
            at_once(sort(&mut sorted, |number| *number, &pause));
            expected.sort_unstable();
            assert_eq!(sorted, expected);
            assert!(waits.get() >= length / STRIDE);
        }
    }
}
