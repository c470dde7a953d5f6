use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("hassuffix", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
        .does("Whether a text has a term that ends with another text, whatever the case.")
        .sees_nulls()
        .examples(&[
            example("print 'North America' hassuffix 'ICA'", "True"),
            example("print 'North America' hassuffix 'mer'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!hassuffix",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `hassuffix`.")
.sees_nulls()
.examples(&[
    example("print 'North America' !hassuffix 'ICA'", "False"),
    example("print 'North America' !hassuffix 'mer'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, Needle::ends_term)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, |needle, text| !needle.ends_term(text))
}
