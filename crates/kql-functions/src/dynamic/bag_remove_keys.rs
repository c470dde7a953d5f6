use super::path::{Step, steps};
use crate::prelude::*;

pub(super) static FUNCTION: Function =
    Function::new("bag_remove_keys", Family::Dynamic, PARAMETERS, Returns::DYNAMIC, make)
        .does("Takes names and their values out of a bag.")
        .examples(&[
            example(
                "print bag_remove_keys(dynamic({'a': 1, 'b': 2, 'c': 3}), dynamic(['a', 'c', 'x']))",
                "{\"b\":2}",
            ),
            example(
                "print bag_remove_keys(dynamic({'a': {'b': 1, 'c': 2}}), dynamic(['$.a.b']))",
                "{\"a\":{\"c\":2}}",
            ),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new("bag", Accepts::Bag, "the bag"),
    Parameter::new("keys", Accepts::Array, "names, or paths as `$.a.b`"),
];

fn make(_: &[Argument]) -> Made {
    maybe(|row| {
        let mut tree = Dynamic::decode(row.view(0)?.bytes());
        if !matches!(tree, Dynamic::Bag(_)) {
            return None;
        }
        for key in row.view(1)?.elements()?.filter_map(DynamicView::text) {
            remove(&mut tree, &steps(key));
        }
        Some(tree)
    })
}

fn remove(tree: &mut Dynamic, steps: &[Step<'_>]) {
    let (Dynamic::Bag(properties), [Step::Name(name), rest @ ..]) = (tree, steps) else {
        return;
    };
    if rest.is_empty() {
        properties.retain(|(known, _)| known != name);
    } else if let Some((_, value)) = properties.iter_mut().find(|(known, _)| known == name) {
        remove(value, rest);
    }
}
