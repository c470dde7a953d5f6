use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new("[]", Family::Operator, PARAMETERS, Returns::DYNAMIC, make)
    .does("Takes a value out of a bag by its name, or out of an array by its place; from the end where it is negative.")
    .examples(&[
        example("print dynamic({'a': 1}).a", "1"),
        example("print dynamic({'a': 1})['a']", "1"),
        example("print dynamic([10, 20, 30])[1]", "20"),
        example("print dynamic([10, 20, 30])[-1]", "30"),
        example("print dynamic([10])[1]", "null"),
    ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("value", Accepts::Array, "the bag or the array"),
    Parameter::new("key", Accepts::Scalar, "the name or the place"),
];

fn make(_: &[Argument]) -> Made {
    maybe_borrowing(|row| {
        let value = row.view(0)?;
        let found = match row.value(1).unpacked() {
            Value::String(name) => value.get(&name),
            Value::Int(place) => value.at(i64::from(place)),
            Value::Long(place) => value.at(place),
            _ => None,
        };
        let found = found.filter(|found| !found.is_null())?;
        Some(Value::Dynamic(found.bytes().into()))
    })
}
