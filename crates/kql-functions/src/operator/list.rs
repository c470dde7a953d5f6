//! The right side of `in`, `has_any` and their sisters: values one by one, or arrays of them.

use crate::prelude::*;

/// The values of a list: arrays are taken apart, other values stand for themselves.
pub(crate) fn flatten<'r>(values: &'r [Value<'r>]) -> impl Iterator<Item = Value<'r>> {
    values.iter().flat_map(|value| {
        let elements = value.view().and_then(DynamicView::elements);
        let single = elements.is_none().then(|| value.unpacked());
        elements.into_iter().flatten().map(DynamicView::to_value).chain(single)
    })
}

/// All values of the list behind the first argument, where all of them are constant; arrays are taken apart.
#[must_use]
pub fn constants(arguments: &[Argument]) -> Option<Vec<Value<'static>>> {
    let list = arguments.iter().skip(1).map(|argument| argument.constant.clone());
    let list: Vec<Value<'static>> = list.collect::<Option<_>>()?;
    Some(flatten(&list).map(Value::into_owned).collect())
}

/// The rest of a row: the list as it stands there.
pub(crate) fn of_row(row: Row<'_>) -> impl Iterator<Item = Value<'_>> {
    flatten(row.values().get(1..).unwrap_or_default())
}

pub(super) static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::Scalar, "the value to look for"),
    Parameter::repeated("list", Accepts::Scalar, 0, "values or arrays of values"),
];

pub(super) static TEXT_PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::TextOrDynamic, "the text to look in"),
    Parameter::repeated("list", Accepts::Scalar, 0, "texts or arrays of texts"),
];
