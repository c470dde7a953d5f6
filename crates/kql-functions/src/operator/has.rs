use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("has", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
    .does("Whether a text has a term, whatever the case. A term is bounded by anything but letters and digits.")
    .sees_nulls()
    .examples(&[
        example("print 'North America' has 'america'", "True"),
        example("print 'North America' has 'amer'", "False"),
    ]);

pub(super) static NEGATED: Function =
    Function::new("!has", Family::Operator, text::PARAMETERS, Returns::BOOL, make_negated)
        .does("The opposite of `has`.")
        .sees_nulls()
        .examples(&[
            example("print 'North America' !has 'america'", "False"),
            example("print 'North America' !has 'amer'", "True"),
        ]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, Needle::is_term)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, |needle, text| !needle.is_term(text))
}
