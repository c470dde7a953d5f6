use crate::prelude::*;
use whotalks_kql_values::Bag;

pub(super) static FUNCTION: Function =
    Function::new("bag_pack", Family::Dynamic, PARAMETERS, Returns::Own(signature), make)
        .also(&["pack", "pack_dictionary"])
        .does("Makes a bag of names and values.")
        .sees_nulls()
        .examples(&[
            example(
                "print bag_pack('Level', 'Information', 'ProcessID', 1234)",
                "{\"Level\":\"Information\",\"ProcessID\":1234}",
            ),
            example("print bag_pack('a', bag_pack('b', int(null)))", "{\"a\":{\"b\":null}}"),
        ]);

static PARAMETERS: &[Parameter] = &[Parameter::repeated(
    "name, value",
    Accepts::Scalar,
    2,
    "a name and its value",
)];

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let given = arguments.len();
    if given == 0 || !given.is_multiple_of(2) {
        return Err(FunctionError::WrongCount {
            function: function.name,
            least: 2,
            most: None,
            given,
        });
    }
    let into = |(index, argument): (usize, &Argument)| {
        if index.is_multiple_of(2) {
            KustoType::String
        } else {
            argument.kusto_type
        }
    };
    Ok(Signature {
        arguments: arguments.iter().enumerate().map(into).collect(),
        result: KustoType::Dynamic,
    })
}

fn make(_: &[Argument]) -> Made {
    always(|row| {
        let mut bag = Bag::default();
        for index in (0..row.values().len()).step_by(2) {
            bag.set(row.text(index), &DynamicBuilder::value(row.value(index + 1)));
        }
        bag.finish()
    })
}
