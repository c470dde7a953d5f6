//! Streams, seen from outside: their numbers, the findings about their segments, and the messages in them.

mod agreement;
mod findings;
mod messages;
mod numbers;
mod properties;
mod support;
