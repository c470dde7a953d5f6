use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("hasprefix_cs", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
        .does("Whether a text has a term that begins with another text, in the same case.")
        .sees_nulls()
        .examples(&[
            example("print 'North America' hasprefix_cs 'Ame'", "True"),
            example("print 'North America' hasprefix_cs 'ame'", "False"),
        ]);

pub(super) static NEGATED: Function = Function::new(
    "!hasprefix_cs",
    Family::Operator,
    text::PARAMETERS,
    Returns::BOOL,
    make_negated,
)
.does("The opposite of `hasprefix_cs`.")
.sees_nulls()
.examples(&[
    example("print 'North America' !hasprefix_cs 'Ame'", "False"),
    example("print 'North America' !hasprefix_cs 'ame'", "True"),
]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, Needle::begins_term)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::exact, |needle, text| !needle.begins_term(text))
}
