use crate::prelude::*;
use std::collections::HashSet;

use super::set::{self, array, key};

pub(super) static FUNCTION: Function = Function::new("set_union", Family::Dynamic, set::SETS, Returns::DYNAMIC, make)
    .does("The elements that at least one array has, once each.")
    .examples(&[example("print set_union(dynamic([1, 2]), dynamic([2, 3]))", "[1,2,3]")]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut seen = HashSet::new();
        let mut union = Vec::new();
        for value in row.values() {
            union.extend(value.view()?.elements()?.filter(|element| seen.insert(key(*element))));
        }
        Some(array(&union))
    })
}
