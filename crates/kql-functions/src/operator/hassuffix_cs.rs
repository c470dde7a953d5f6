use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("hassuffix_cs", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
        .does("Whether a text has a term that ends with another text, in the same case.")
        .sees_nulls()
        .examples(&[
            example("print 'North America' hassuffix_cs 'ica'", "True"),
            example("print 'North America' hassuffix_cs 'ICA'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!hassuffix_cs",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `hassuffix_cs`.")
.sees_nulls()
.examples(&[
    example("print 'North America' !hassuffix_cs 'ica'", "False"),
    example("print 'North America' !hassuffix_cs 'ICA'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, Needle::ends_term)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, |needle, text| !needle.ends_term(text))
}
