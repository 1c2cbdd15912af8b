//! Same seed, same lines, same history: in a browser as natively.

use crate::everything;
use std::time::Duration;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_world_has_the_digest_that_it_has_natively() {
    let journal = everything::after(Duration::from_mins(1));
    let digest = journal.simulation().digest();
    assert_eq!(digest, everything::DIGEST, "{digest:#018x}");
}
