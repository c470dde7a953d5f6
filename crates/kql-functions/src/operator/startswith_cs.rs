use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("startswith_cs", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
        .does("Whether a text begins with another one, in the same case.")
        .sees_nulls()
        .examples(&[
            example("print 'Fabrikam' startswith_cs 'Fab'", "True"),
            example("print 'Fabrikam' startswith_cs 'fab'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!startswith_cs",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `startswith_cs`.")
.sees_nulls()
.examples(&[
    example("print 'Fabrikam' !startswith_cs 'Fab'", "False"),
    example("print 'Fabrikam' !startswith_cs 'fab'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, Needle::starts)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, |needle, text| !needle.starts(text))
}
