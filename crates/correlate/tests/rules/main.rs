//! The rules of correlation over small worlds built record by record.

mod names_and_filters;
mod processes;
mod support;
