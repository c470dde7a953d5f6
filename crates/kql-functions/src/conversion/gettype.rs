use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("gettype", Family::Conversion, PARAMETERS, Returns::STRING, make)
    .does("Names the type of a value; of a dynamic value the type of what lies in it.")
    .sees_nulls()
    .examples(&[
        example("print gettype(1)", "long"),
        example("print gettype(dynamic([1]))", "array"),
        example("print gettype(dynamic({'a': 1}))", "dictionary"),
        example("print gettype(dynamic(1.5))", "double"),
        example("print gettype(int(null))", "int"),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("value", Accepts::Scalar, "the value")];

fn make(arguments: &[Argument]) -> Made {
    let kusto_type = arguments
        .first()
        .map_or(KustoType::Dynamic, |argument| argument.kusto_type);
    if kusto_type != KustoType::Dynamic {
        return borrowing(move |_| kusto_type.name().into());
    }
    borrowing(|row| kind(row.view(0)).into())
}

fn kind(view: Option<DynamicView<'_>>) -> &'static str {
    match view.map_or(Kind::Null, DynamicView::kind) {
        Kind::Null => "null",
        Kind::Bool(_) => "bool",
        Kind::Long(_) => "long",
        Kind::Real(_) => "double",
        Kind::Decimal(_) => "decimal",
        Kind::String(_) => "string",
        Kind::DateTime(_) => "datetime",
        Kind::TimeSpan(_) => "timespan",
        Kind::Guid(_) => "guid",
        Kind::Array(_) => "array",
        Kind::Bag(_) => "dictionary",
    }
}
