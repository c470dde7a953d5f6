use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("startswith", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
        .does("Whether a text begins with another one, whatever the case.")
        .sees_nulls()
        .examples(&[
            example("print 'Fabrikam' startswith 'fab'", "True"),
            example("print 'Fabrikam' startswith 'kam'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!startswith",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `startswith`.")
.sees_nulls()
.examples(&[
    example("print 'Fabrikam' !startswith 'fab'", "False"),
    example("print 'Fabrikam' !startswith 'kam'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, Needle::starts)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, |needle, text| !needle.starts(text))
}
