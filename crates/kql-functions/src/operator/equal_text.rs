use super::{needle::Needle, text};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("=~", Family::Operator, text::PARAMETERS, Returns::BOOL, make)
    .does("Whether two texts are the same, whatever the case.")
    .sees_nulls()
    .examples(&[
        example("print 'aBc' =~ 'AbC'", "True"),
        example("print 'abc' =~ 'abd'", "False"),
    ]);

pub(super) static NEGATED: Function =
    Function::new("!~", Family::Operator, text::PARAMETERS, Returns::BOOL, make_negated)
        .does("The opposite of `=~`.")
        .sees_nulls()
        .examples(&[
            example("print 'aBc' !~ 'AbC'", "False"),
            example("print 'abc' !~ 'abd'", "True"),
        ]);

fn make(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, Needle::equals)
}

fn make_negated(arguments: &[Argument]) -> Made {
    text::make(arguments, Needle::ignoring_case, |needle, text| !needle.equals(text))
}
