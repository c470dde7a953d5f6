use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("endswith_cs", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
        .does("Whether a text ends with another one, in the same case.")
        .sees_nulls()
        .examples(&[
            example("print 'Fabrikam' endswith_cs 'kam'", "True"),
            example("print 'Fabrikam' endswith_cs 'Kam'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!endswith_cs",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `endswith_cs`.")
.sees_nulls()
.examples(&[
    example("print 'Fabrikam' !endswith_cs 'kam'", "False"),
    example("print 'Fabrikam' !endswith_cs 'Kam'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, Needle::ends)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, |needle, text| !needle.ends(text))
}
