//! Streams, seen from outside: their numbers, the findings about their segments, and the messages in them.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it compared"
)]

mod agreement;
mod findings;
mod messages;
mod numbers;
mod properties;
mod support;
