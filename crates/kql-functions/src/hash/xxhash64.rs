use super::bytes::xxhash64;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("hash", Family::Hash, PARAMETERS, Returns::LONG, make)
    .also(&["hash_xxhash64"])
    .does("The XXH64 digest of a value as a number, or what is left when it is divided.")
    .examples(&[
        example("print hash('World')", "1846988464401551951"),
        example("print hash('World', 100)", "51"),
        example("print hash(datetime(2015-01-01))", "1380966698541616202"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("source", Accepts::NotDynamic, "the value"),
    Parameter::optional("mod", Accepts::Integer, "what the digest is divided by"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let hash = xxhash64(row.value(0));
        if row.values().len() > 1 {
            hash.checked_rem_euclid(row.long(1)?)
        } else {
            Some(hash)
        }
    })
}
