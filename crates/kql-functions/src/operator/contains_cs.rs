use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("contains_cs", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
        .also(&["containscs"])
        .does("Whether a text has another one anywhere within it, in the same case.")
        .sees_nulls()
        .examples(&[
            example("print 'FabriKam' contains_cs 'Kam'", "True"),
            example("print 'FabriKam' contains_cs 'kam'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!contains_cs",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.also(&["notcontainscs"])
.does("The opposite of `contains_cs`.")
.sees_nulls()
.examples(&[
    example("print 'FabriKam' !contains_cs 'Kam'", "False"),
    example("print 'FabriKam' !contains_cs 'kam'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, Needle::is_in)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, |needle, text| !needle.is_in(text))
}
