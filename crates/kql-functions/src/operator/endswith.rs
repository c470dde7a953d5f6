use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("endswith", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
        .does("Whether a text ends with another one, whatever the case.")
        .sees_nulls()
        .examples(&[
            example("print 'Fabrikam' endswith 'Kam'", "True"),
            example("print 'Fabrikam' endswith 'fab'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!endswith",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `endswith`.")
.sees_nulls()
.examples(&[
    example("print 'Fabrikam' !endswith 'Kam'", "False"),
    example("print 'Fabrikam' !endswith 'fab'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, Needle::ends)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, |needle, text| !needle.ends(text))
}
