use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("hasprefix", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
        .does("Whether a text has a term that begins with another text, whatever the case.")
        .sees_nulls()
        .examples(&[
            example("print 'North America' hasprefix 'ame'", "True"),
            example("print 'North America' hasprefix 'mer'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!hasprefix",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `hasprefix`.")
.sees_nulls()
.examples(&[
    example("print 'North America' !hasprefix 'ame'", "False"),
    example("print 'North America' !hasprefix 'mer'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, Needle::begins_term)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, |needle, text| {
        !needle.begins_term(text)
    })
}
