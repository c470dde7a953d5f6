use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("case", Family::Conditional, PARAMETERS, Returns::Own(signature), make)
        .does("Takes the value after the first condition that is true, or the last value where none is.")
        .sees_nulls()
        .examples(&[
            example("print case(1 > 2, 'a', 2 > 1, 'b', 'c')", "b"),
            example("print case(bool(null), 1, 2.5)", "2.5"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::repeated(
        "condition, then",
        Accepts::Scalar,
        2,
        "a condition and the value where it is true",
    ),
    Parameter::new("else", Accepts::Scalar, "the value where none is true"),
];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let given = arguments.len();
    if given < 3 || given.is_multiple_of(2) {
        return Err(FunctionError::WrongCount {
            function: function.name,
            least: 3,
            most: None,
            given,
        });
    }
    let is_condition = |index: usize| index.is_multiple_of(2) && index + 1 < given;
    for (index, argument) in arguments.iter().enumerate().filter(|(index, _)| is_condition(*index)) {
        Accepts::BoolOrDynamic
            .turns(argument)
            .ok_or_else(|| FunctionError::WrongType {
                function: function.name,
                position: index + 1,
                parameter: "condition",
                expected: Accepts::BOOL,
                given: argument.kusto_type,
            })?;
    }
    let values = arguments.iter().enumerate().filter(|(index, _)| !is_condition(*index));
    let result = common(values.map(|(_, argument)| argument.kusto_type));
    let types = (0..given).map(|index| if is_condition(index) { KustoType::Bool } else { result });
    Ok(Signature {
        arguments: types.collect(),
        result,
    })
}

fn make(_: &[Argument]) -> Made {
    borrowing(|row| {
        let last = row.values().len().saturating_sub(1);
        let first_true = (0..last).step_by(2).find(|index| row.bool(*index) == Some(true));
        row.value(first_true.map_or(last, |index| index + 1)).borrowed()
    })
}
