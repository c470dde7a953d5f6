use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("has_cs", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
    .does("Whether a text has a term in the same case. A term is bounded by anything but letters and digits.")
    .sees_nulls()
    .examples(&[
        example("print 'North America' has_cs 'America'", "True"),
        example("print 'North America' has_cs 'america'", "False"),
    ]);

pub(super) static NEGATED: Function = Function::new(
    "!has_cs",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `has_cs`.")
.sees_nulls()
.examples(&[
    example("print 'North America' !has_cs 'America'", "False"),
    example("print 'North America' !has_cs 'america'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, Needle::is_term)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, |needle, text| !needle.is_term(text))
}
