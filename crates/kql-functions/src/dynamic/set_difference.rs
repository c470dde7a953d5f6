use super::set::{self, array, distinct, key, keys};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("set_difference", Family::Dynamic, set::SETS, Returns::DYNAMIC, make)
        .does("The elements of the first array that no other one has, once each.")
        .examples(&[
            example("print set_difference(dynamic([1, 2, 3]), dynamic([2]))", "[1,3]"),
            example("print set_difference(dynamic([1, 2]), dynamic([2, 1]))", "[]"),
        ]);

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut left = distinct(row.view(0)?)?;
        for value in row.values().iter().skip(1) {
            let others = keys(value.view()?)?;
            left.retain(|element| !others.contains(&key(*element)));
        }
        Some(array(&left))
    })
}
