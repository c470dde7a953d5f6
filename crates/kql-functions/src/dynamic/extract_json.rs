use super::path::follow;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("extract_json", Family::Dynamic, PARAMETERS, Returns::Named(2), make)
        .also(&["extractjson"])
        .does("Takes the value at a path out of JSON.")
        .sees_nulls()
        .examples(&[
            example("print extract_json('$.a[1].b', '{\"a\": [0, {\"b\": \"x\"}]}')", "x"),
            example("print extract_json('$.a', '{\"a\": 5}', typeof(int))", "5"),
            example("print extract_json('$.c', '{\"a\": 5}')", ""),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("jsonPath", Accepts::STRING, "the path, as `$.a.b[0]`").constant(),
    Parameter::new("dataSource", Accepts::TextOrDynamic, "the JSON"),
    Parameter::optional("type", Accepts::TypeName, "the type into which it is converted"),
];

fn make(arguments: &[Argument]) -> Made {
    let to = arguments
        .get(2)
        .map_or(KustoType::String, |argument| argument.kusto_type);
    maybe(move |row| {
        let bytes = Dynamic::from_json(row.text(1))?.encode();
        let found = follow(DynamicView::new(&bytes), row.text(0)).filter(|found| !found.is_null())?;
        Some(convert::cast(&Value::from(found), to).into_owned())
    })
}
