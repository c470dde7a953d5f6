//! The real binary, from outside.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "the helpers of tests fail as tests do"
)]

mod answers;
mod bundles;
mod capture_texts;
mod cases;
mod compared;
mod endings;
mod event_logs;
mod filtered;
mod help;
mod hostile;
mod hunted;
mod hunting_faces;
mod outside;
mod owners;
mod packets;
mod policies;
mod requests;
mod schema;
mod sessions;
mod support;
mod traces;
mod zipped_bundle;
