use super::{has_any::needles, list};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("has_all", Family::Operator, list::TEXT_PARAMETERS, Returns::BOOL, make)
        .does("Whether a text has all the terms of a list, whatever the case.")
        .sees_nulls()
        .examples(&[
            example("print 'North America' has_all ('america', 'north')", "True"),
            example("print 'North America' has_all ('america', 'south')", "False"),
        ]);

fn make(arguments: &[Argument]) -> Made {
    match list::constants(arguments) {
        Some(terms) => {
            let needles = needles(terms.iter().map(Value::borrowed));
            of_text(move |text| needles.iter().all(|needle| needle.is_term(text)))
        }
        None => always(|row| {
            needles(list::of_row(row))
                .iter()
                .all(|needle| needle.is_term(row.text(0)))
        }),
    }
}
