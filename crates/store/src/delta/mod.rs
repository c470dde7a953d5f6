//! Every table folder as a Delta Lake table, for everybody else: Spark, DuckDB, Polars, Trino and pandas open it as it is.
//!
//! The log of a case is the truth, since a batch spans many tables and Delta commits one table at a time. What it says is
//! published to the log of each table right after the commit. A table that a killed writer left behind is brought up to date by
//! the next one: each version carries the commit that it publishes as a transaction identifier of the application `whotalks`.
//!
//! Source: the Delta transaction log protocol, reader version 1 and writer version 2
//! (<https://github.com/delta-io/delta/blob/master/PROTOCOL.md>).

mod action;
mod publish;
mod schema;
mod table_log;

pub(crate) use publish::{lagging, publish, publish_all};
