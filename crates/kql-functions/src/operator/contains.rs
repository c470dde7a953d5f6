use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("contains", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
        .does("Whether a text has another one anywhere within it, whatever the case.")
        .sees_nulls()
        .examples(&[
            example("print 'FabriKam' contains 'BRik'", "True"),
            example("print 'FabriKam' contains 'xyz'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!contains",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.also(&["notcontains"])
.does("The opposite of `contains`.")
.sees_nulls()
.examples(&[
    example("print 'FabriKam' !contains 'BRik'", "False"),
    example("print 'FabriKam' !contains 'xyz'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, Needle::is_in)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, |needle, text| !needle.is_in(text))
}
