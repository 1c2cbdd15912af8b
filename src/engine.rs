//! The engine: what AWS runs, what its customers run, and the clock both are driven by.
