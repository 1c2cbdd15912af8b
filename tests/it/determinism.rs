//! Same seed, same lines, same history: here and in a browser.

use crate::everything;
use std::time::Duration;

#[test]
fn a_world_has_the_digest_that_it_has_in_every_browser() {
    let journal = everything::after(Duration::from_mins(1));
    let digest = journal.simulation().digest();
    assert_eq!(
        digest,
        everything::DIGEST,
        "if what happens has changed on purpose: {digest:#018x}"
    );
}

#[test]
fn a_run_and_its_repetition_are_the_same() {
    let [one, other] = [(); 2].map(|()| everything::after(Duration::from_secs(5)));
    assert_eq!(one.simulation(), other.simulation());
}
