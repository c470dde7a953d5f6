use crate::prelude::*;
use whotalks_kql_values::MOST_NESTED;

pub(super) static FUNCTION: Function = Function::new("treepath", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
    .does("Lists the paths to all that lies in a dynamic value.")
    .examples(&[
        example("print treepath(dynamic({'a': 'b', 'c': 123}))", "[\"['a']\",\"['c']\"]"),
        example(
            "print treepath(dynamic({'prop': [1, {'value': 3}]}))",
            "[\"['prop']\",\"['prop'][0]\",\"['prop'][0]['value']\"]",
        ),
    ]);

static PARAMETERS: &[Parameter] = &[Parameter::new("object", Accepts::Bag, "the value")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut paths = Vec::new();
        walk(row.view(0)?, String::new(), MOST_NESTED, &mut paths);
        Some(DynamicBuilder::array(
            paths.iter().map(|path| DynamicBuilder::string(path)),
        ))
    })
}

/// The elements of arrays share one path, `[0]`.
fn walk(view: DynamicView<'_>, path: String, depth: usize, paths: &mut Vec<String>) {
    let Some(deeper) = depth.checked_sub(1) else {
        return;
    };
    if !path.is_empty() && !paths.contains(&path) {
        paths.push(path.clone());
    }
    match view.kind() {
        Kind::Bag(properties) => {
            for (name, value) in properties {
                walk(value, format!("{path}['{name}']"), deeper, paths);
            }
        }
        Kind::Array(elements) => {
            for element in elements {
                walk(element, format!("{path}[0]"), deeper, paths);
            }
        }
        _ => {}
    }
}
