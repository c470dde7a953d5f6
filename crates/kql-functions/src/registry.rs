use std::collections::HashMap;
use std::sync::LazyLock;

use crate::function::Function;
use crate::{
    bitwise, conditional, conversion, datetime, dynamic, geo, hash, math, network, parsing, series, sketch, string,
};

/// Names that are less like one another than this are no suggestion.
const LEAST_LIKENESS: f64 = 0.75;
/// More suggestions than this help nobody.
const MOST_SUGGESTIONS: usize = 3;

const FAMILIES: [&[&Function]; 13] = [
    bitwise::FUNCTIONS,
    conditional::FUNCTIONS,
    conversion::FUNCTIONS,
    datetime::FUNCTIONS,
    dynamic::FUNCTIONS,
    geo::FUNCTIONS,
    hash::FUNCTIONS,
    math::FUNCTIONS,
    network::FUNCTIONS,
    parsing::FUNCTIONS,
    series::FUNCTIONS,
    sketch::FUNCTIONS,
    string::FUNCTIONS,
];

static FUNCTIONS: LazyLock<HashMap<&'static str, &'static Function>> = LazyLock::new(|| by_name(all()));
static OPERATORS: LazyLock<HashMap<&'static str, &'static Function>> = LazyLock::new(|| by_name(operators()));

fn by_name(functions: impl Iterator<Item = &'static Function>) -> HashMap<&'static str, &'static Function> {
    let names = functions.flat_map(|function| names(function).map(move |name| (name, function)));
    names.collect()
}

fn names(function: &'static Function) -> impl Iterator<Item = &'static str> {
    std::iter::once(function.name).chain(function.aliases.iter().copied())
}

/// Every function, family by family.
pub fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.into_iter().flatten().copied()
}

/// Every operator.
pub fn operators() -> impl Iterator<Item = &'static Function> {
    crate::operator::FUNCTIONS.iter().copied()
}

/// The function of that name or alias; names are case-sensitive.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.get(name).copied()
}

/// The operator as it is written: `has`, `!in~`, `matches regex`, `==`, `between`, `%`; unary minus is `unary-`.
#[must_use]
pub fn operator(name: &str) -> Option<&'static Function> {
    OPERATORS.get(name).copied()
}

/// Names of functions that are like a mistyped one, the likeliest first.
#[must_use]
pub fn suggest(name: &str) -> Vec<&'static str> {
    let lower = name.to_lowercase();
    let likeness = |known: &&'static str| (strsim::jaro_winkler(&lower, known), *known);
    let all_names = all().flat_map(names);
    let mut likely: Vec<(f64, &str)> = all_names.map(|known| likeness(&known)).collect();
    likely.retain(|(likeness, _)| *likeness >= LEAST_LIKENESS);
    likely.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(right.1)));
    likely
        .into_iter()
        .take(MOST_SUGGESTIONS)
        .map(|(_, known)| known)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_name_is_there_once() {
        for mut names in [
            all().flat_map(names).collect::<Vec<_>>(),
            operators().flat_map(names).collect(),
        ] {
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count);
        }
    }

    #[test]
    fn every_function_is_documented_and_has_an_example() {
        for function in all().chain(operators()) {
            let refused = function.differences.starts_with("Refused:");
            assert!(!function.summary.is_empty(), "{}", function.name);
            assert_eq!(function.examples.is_empty(), refused, "{}", function.name);
            let texts: HashSet<&str> = function.parameters.iter().map(|parameter| parameter.meaning).collect();
            assert!(!texts.contains(""), "{}", function.name);
        }
    }

    #[test]
    fn a_mistyped_name_has_suggestions() {
        assert_eq!(suggest("strlne").first(), Some(&"strlen"));
        assert_eq!(suggest("qqqqqq"), Vec::<&str>::new());
    }

    #[test]
    fn a_null_text_is_the_empty_text() {
        use whotalks_kql_values::{KustoType, Value};

        use crate::argument::Argument;

        let text = Argument::variable(KustoType::String);
        let evaluate = |function: &'static Function, arguments: &[Argument], row: &[Value<'_>]| {
            function.prepare(arguments).unwrap().evaluate(row).into_owned()
        };
        let length = evaluate(find("strlen").unwrap(), std::slice::from_ref(&text), &[Value::Null]);
        assert_eq!(length, Value::Long(0));
        let equal = evaluate(
            operator("==").unwrap(),
            &[text.clone(), text],
            &[Value::Null, "".into()],
        );
        assert_eq!(equal, Value::Bool(true));
    }
}
