use crate::prelude::*;
use regex::{Captures, Regex};

use crate::expression::Expression;

pub(super) static FUNCTION: Function =
    Function::new("extract_all", Family::String, PARAMETERS, Returns::Own(signature), make)
        .also(&["extractall"])
        .does("Takes what the groups of a regular expression matched, match by match; null where nothing did.")
        .examples(&[
            example(
                "print extract_all('([a-z])([0-9])', 'a1 b2')",
                "[[\"a\",\"1\"],[\"b\",\"2\"]]",
            ),
            example("print extract_all('([a-z])[0-9]', 'a1 b2')", "[\"a\",\"b\"]"),
            example(
                "print extract_all('([a-z])([0-9])', dynamic([2]), 'a1 b2')",
                "[\"1\",\"2\"]",
            ),
            example("print extract_all('([0-9])', 'x')", "null"),
        ]);

static PARAMETERS: &[Parameter] = &[
    Parameter::new(
        "regex",
        Accepts::STRING,
        "the regular expression, with at least one group",
    )
    .constant(),
    Parameter::optional("captureGroups", Accepts::Array, "the groups to take, by number or name"),
    Parameter::new("source", Accepts::STRING, "the text"),
];

static SHORT: &[Parameter] = &[
    Parameter::new("regex", Accepts::STRING, "the regular expression").constant(),
    Parameter::new("source", Accepts::STRING, "the text"),
];

static WITHOUT_GROUPS: Function = Function::new("extract_all", Family::String, SHORT, Returns::DYNAMIC, make);

fn signature(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    let function = if arguments.len() == 2 {
        &WITHOUT_GROUPS
    } else {
        function
    };
    Ok(Signature {
        arguments: turn(function, arguments)?,
        result: KustoType::Dynamic,
    })
}

fn make(arguments: &[Argument]) -> Made {
    let expression = Expression::of_argument("extract_all", arguments, 0)?;
    maybe(move |row| {
        let regex = expression.get(row.text(0))?;
        let source = row.values().len().checked_sub(1)?;
        let wanted = row.view(1).and_then(DynamicView::elements);
        let groups: Vec<usize> = match wanted {
            Some(wanted) => wanted.filter_map(|group| number(&regex, group)).collect(),
            None => (1..regex.captures_len()).collect(),
        };
        let matches: Vec<Vec<u8>> = regex
            .captures_iter(row.text(source))
            .filter_map(|captures| taken(&captures, &groups))
            .collect();
        (!matches.is_empty()).then(|| DynamicBuilder::array(matches))
    })
}

/// A group by its number or its name.
fn number(regex: &Regex, group: DynamicView<'_>) -> Option<usize> {
    match group.kind() {
        Kind::Long(number) => usize::try_from(number)
            .ok()
            .filter(|number| *number < regex.captures_len()),
        Kind::String(name) => regex.capture_names().position(|known| known == Some(name)),
        _ => None,
    }
}

/// One group as a text, several as an array.
fn taken(captures: &Captures<'_>, groups: &[usize]) -> Option<Vec<u8>> {
    let text = |group: usize| DynamicBuilder::string(captures.get(group).map_or("", |found| found.as_str()));
    match groups {
        [] => None,
        [group] => Some(text(*group)),
        _ => Some(DynamicBuilder::array(groups.iter().map(|group| text(*group)))),
    }
}
