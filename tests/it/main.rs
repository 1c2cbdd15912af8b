//! Every native test that looks at the library from outside, in one binary.

mod tidy;
