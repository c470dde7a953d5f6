//! The faces over one rich overview and one rich answer, in both languages.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a fixture that cannot be made fails its tests"
)]

mod csv;
mod fixture;
mod html;
mod json;
mod terminal;
