use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("assert", Family::Conditional, PARAMETERS, Returns::BOOL, make)
    .does("Ends the query with a message where a condition that is known beforehand does not hold.")
    .examples(&[example("print assert(1 < 2, 'one is less')", "True")]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("condition", Accepts::BOOL, "the condition").constant(),
    Parameter::new("message", Accepts::STRING, "what is said").constant(),
];

fn make(arguments: &[Argument]) -> Made {
    if arguments.first().and_then(Argument::bool) != Some(true) {
        let message = arguments.get(1).and_then(Argument::text).unwrap_or_default();
        return Err(FunctionError::InvalidConstant {
            function: "assert",
            position: 1,
            reason: Invalid::Assertion(message.to_owned()),
        });
    }
    always(|_| true)
}
