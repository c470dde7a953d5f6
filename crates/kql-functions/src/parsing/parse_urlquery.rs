use super::query::parameters;
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("parse_urlquery", Family::Parsing, PARAMETERS, Returns::DYNAMIC, make)
        .also(&["parseurlquery"])
        .does("Takes the query of a URL apart.")
        .examples(&[example(
            "print parse_urlquery('k1=v1&k2=v%202')",
            "{\"Query Parameters\":{\"k1\":\"v1\",\"k2\":\"v 2\"}}",
        )]);

static PARAMETERS: &[Parameter] = &[Parameter::new(
    "query",
    Accepts::STRING,
    "the query, without its question mark",
)];

fn make(_: &[Argument]) -> Made {
    always(|row| {
        let query = row.text(0).strip_prefix('?').unwrap_or(row.text(0));
        DynamicBuilder::bag([("Query Parameters", parameters(query))])
    })
}
