//! The rules of correlation over small worlds built record by record.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its world fails")]

mod calls;
mod firewall_log;
mod listed_hosts;
mod names_and_filters;
mod owners;
mod processes;
mod reasons;
mod relay;
mod requests;
mod support;
mod traces;
