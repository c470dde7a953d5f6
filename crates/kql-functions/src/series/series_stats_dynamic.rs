use super::answer::bag;
use super::series_stats::{PARAMETERS, parts};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("series_stats_dynamic", Family::Series, PARAMETERS, Returns::DYNAMIC, make)
        .does("As `series_stats()`, as one bag.")
        .examples(&[example("print series_stats_dynamic(dynamic([10, 20]))", "{\"min\":10.0,\"min_idx\":0,\"max\":20.0,\"max_idx\":1,\"avg\":15.0,\"stdev\":7.0710678118654755,\"variance\":50.0,\"sum\":30.0,\"len\":2}")]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| parts(row).map(bag))
}
