use super::{list, needle::Needle};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("has_any", Family::Operator, list::TEXT_PARAMETERS, Returns::BOOL, make)
        .does("Whether a text has at least one of the terms of a list, whatever the case.")
        .sees_nulls()
        .examples(&[
            example("print 'North America' has_any ('south', 'north')", "True"),
            example("print 'North America' has_any (dynamic(['sou', 'nor']))", "False"),
        ]);

fn make(arguments: &[Argument]) -> Made {
    match list::constants(arguments) {
        Some(terms) => {
            let needles = needles(terms.iter().map(Value::borrowed));
            of_text(move |text| needles.iter().any(|needle| needle.is_term(text)))
        }
        None => always(|row| {
            needles(list::of_row(row))
                .iter()
                .any(|needle| needle.is_term(row.text(0)))
        }),
    }
}

/// The terms of a list; what is null or empty is no term.
pub(super) fn needles<'v>(terms: impl Iterator<Item = Value<'v>>) -> Vec<Needle> {
    let needles = terms.filter_map(|term| {
        let text = convert::to_text(&term);
        (!text.is_empty()).then(|| Needle::ignoring_case(&text))
    });
    needles.collect()
}
