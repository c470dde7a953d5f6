//! The order of the elements of arrays.

use crate::prelude::*;
use std::cmp::Ordering;

use whotalks_kql_values::compare;

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::repeated(
        "array",
        Accepts::Scalar,
        1,
        "the array to sort, and others that are put in the same order",
    ),
    Parameter::optional(
        "nulls_last",
        Accepts::BOOL,
        "whether nulls stand last, as they do where it is left out",
    ),
];

/// Arrays, and a truth value at the end or not.
pub(super) fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let last = arguments.len().saturating_sub(1);
    for (index, argument) in arguments.iter().enumerate() {
        let flag = index > 0 && index == last && argument.kusto_type == KustoType::Bool;
        if argument.kusto_type != KustoType::Dynamic && !flag {
            return Err(FunctionError::WrongType {
                function: function.name,
                position: index + 1,
                parameter: "array",
                expected: Accepts::Array,
                given: argument.kusto_type,
            });
        }
    }
    if arguments.is_empty() {
        return Err(FunctionError::WrongCount {
            function: function.name,
            least: 1,
            most: None,
            given: 0,
        });
    }
    Ok(Signature::as_given(arguments, KustoType::Dynamic))
}

/// Sorts the first array and puts the others in the same order; of one array it gives itself, of several an array
/// of them. What cannot be compared keeps its place among its kind.
pub(super) fn make(descending: bool) -> Made {
    maybe(move |row| {
        let nulls_last = row.values().last().and_then(|value| match value {
            Value::Bool(value) => Some(*value),
            _ => None,
        });
        let arrays: Vec<Option<Vec<DynamicView<'_>>>> = row
            .values()
            .iter()
            .filter(|value| !matches!(value, Value::Bool(_)))
            .map(|value| value.view().and_then(DynamicView::elements).map(Iterator::collect))
            .collect();
        let first = arrays.first()?.as_ref()?;
        let mut order: Vec<usize> = (0..first.len()).collect();
        order.sort_by(|left, right| {
            let pair = (first.get(*left), first.get(*right));
            pair.0.zip(pair.1).map_or(Ordering::Equal, |(left, right)| {
                rank(*left, *right, descending, nulls_last.unwrap_or(true))
            })
        });
        let mut sorted = arrays.iter().map(|array| put_in_order(array.as_deref(), &order));
        if arrays.len() == 1 {
            sorted.next()
        } else {
            Some(DynamicBuilder::array(sorted))
        }
    })
}

fn put_in_order(array: Option<&[DynamicView<'_>]>, order: &[usize]) -> Vec<u8> {
    match array {
        Some(array) if array.len() == order.len() => DynamicBuilder::array(
            order
                .iter()
                .filter_map(|index| array.get(*index))
                .map(|view| view.bytes()),
        ),
        _ => DynamicBuilder::null(),
    }
}

fn rank(left: DynamicView<'_>, right: DynamicView<'_>, descending: bool, nulls_last: bool) -> Ordering {
    match (left.is_null(), right.is_null()) {
        (true, true) => return Ordering::Equal,
        (false, false) => {}
        (left, _) => {
            return if left == nulls_last {
                Ordering::Greater
            } else {
                Ordering::Less
            };
        }
    }
    let kinds = kind(left).cmp(&kind(right));
    let order = compare(&left.into(), &right.into()).unwrap_or(kinds);
    if descending { order.reverse() } else { order }
}

/// Numbers stand before texts, these before all others.
fn kind(view: DynamicView<'_>) -> u8 {
    match view.kind() {
        Kind::Bool(_) | Kind::Long(_) | Kind::Real(_) | Kind::Decimal(_) => 0,
        Kind::String(_) => 1,
        Kind::DateTime(_) => 2,
        Kind::TimeSpan(_) => 3,
        Kind::Guid(_) => 4,
        Kind::Null | Kind::Array(_) | Kind::Bag(_) => 5,
    }
}
