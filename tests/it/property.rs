//! Properties of whatever is entered, looked for with inputs that shrink to the smallest one that
//! breaks them. The inputs are the same in every run.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Tries `test` with so many inputs; it panics with the smallest one that it fails with.
pub fn check<S: Strategy>(cases: u32, inputs: S, test: impl Fn(S::Value)) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let luck = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let tried = TestRunner::new_with_rng(config, luck).run(&inputs, |input| {
        test(input);
        Ok(())
    });
    if let Err(failure) = tried {
        panic!("{failure}");
    }
}
