use crate::expression::Expression;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("extract", Family::String, PARAMETERS, Returns::Named(3), make)
    .does("Takes what a group of a regular expression matched first; group 0 is the whole match.")
    .sees_nulls()
    .examples(&[
        example("print extract('x=([0-9.]+)', 1, 'hello x=45.6|wo')", "45.6"),
        example("print extract('x=([0-9.]+)', 1, 'x=45', typeof(long))", "45"),
        example("print extract('x=([0-9.]+)', 1, 'none')", ""),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("regex", Accepts::STRING, "the regular expression").constant(),
    Parameter::new("captureGroup", Accepts::LONG, "the group"),
    Parameter::new("source", Accepts::STRING, "the text"),
    Parameter::optional("type", Accepts::TypeName, "the type into which it is converted"),
];

fn make(arguments: &[Argument]) -> Made {
    let expression = Expression::of_argument("extract", arguments, 0)?;
    let to = arguments
        .get(3)
        .map_or(KustoType::String, |argument| argument.kusto_type);
    maybe_borrowing(move |row| {
        let group = usize::try_from(row.long(1)?).ok()?;
        let found = expression.get(row.text(0))?.captures(row.text(2))?.get(group)?.as_str();
        Some(if to == KustoType::String {
            found.into()
        } else {
            convert::cast(&found.into(), to).into_owned()
        })
    })
}
