use super::path::follow;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("bag_has_key", Family::Dynamic, PARAMETERS, Returns::BOOL, make)
    .does("Whether a bag has a name.")
    .examples(&[
        example("print bag_has_key(dynamic({'a': {'b': 1}}), 'a')", "True"),
        example("print bag_has_key(dynamic({'a': {'b': 1}}), '$.a.b')", "True"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("bag", Accepts::Bag, "the bag"),
    Parameter::new("key", Accepts::STRING, "a name, or a path as `$.a.b`"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| Some(follow(row.view(0)?, row.text(1)).is_some()))
}
