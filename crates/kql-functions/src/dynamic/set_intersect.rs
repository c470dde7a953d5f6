use super::set::{self, array, distinct, key, keys};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("set_intersect", Family::Dynamic, set::SETS, Returns::DYNAMIC, make)
        .does("The elements that all arrays have, once each.")
        .examples(&[example(
            "print set_intersect(dynamic([1, 2, 3]), dynamic([3, 2]), dynamic([2, 9]))",
            "[2]",
        )]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut common = distinct(row.view(0)?)?;
        for value in row.values().iter().skip(1) {
            let others = keys(value.view()?)?;
            common.retain(|element| others.contains(&key(*element)));
        }
        Some(array(&common))
    })
}
