//! The quick way for columns of texts: a constant text to look for, one test for each text, no values between them.

use super::needle::Needle;

/// Tests one text.
pub type TextTest = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// How to make a text ready to be looked for.
type New = fn(&str) -> Needle;
/// How to look for it.
type Matches = fn(&Needle, &str) -> bool;

/// The test that an operator makes with a constant text on its right side; none for operators that are no such tests.
///
/// It says of every text what [`crate::Prepared::evaluate`] says, without a [`whotalks_kql_values::Value`] for it.
#[must_use]
pub fn text_test(operator: &str, search: &str) -> Option<TextTest> {
    let (positive, negated) = operator
        .strip_prefix('!')
        .map_or((operator, false), |rest| (rest, true));
    let (new, matches): (New, Matches) = match (positive, negated) {
        ("has", _) => (Needle::ignoring_case, Needle::is_term),
        ("has_cs", _) => (Needle::exact, Needle::is_term),
        ("contains", _) => (Needle::ignoring_case, Needle::is_in),
        ("contains_cs", _) => (Needle::exact, Needle::is_in),
        ("startswith", _) => (Needle::ignoring_case, Needle::starts),
        ("startswith_cs", _) => (Needle::exact, Needle::starts),
        ("endswith", _) => (Needle::ignoring_case, Needle::ends),
        ("endswith_cs", _) => (Needle::exact, Needle::ends),
        ("hasprefix", _) => (Needle::ignoring_case, Needle::begins_term),
        ("hasprefix_cs", _) => (Needle::exact, Needle::begins_term),
        ("hassuffix", _) => (Needle::ignoring_case, Needle::ends_term),
        ("hassuffix_cs", _) => (Needle::exact, Needle::ends_term),
        ("=~", false) | ("~", true) => (Needle::ignoring_case, Needle::equals),
        ("==", false) | ("=", true) => (Needle::exact, Needle::equals),
        _ => return None,
    };
    let needle = new(search);
    Some(Box::new(move |text| matches(&needle, text) != negated))
}

/// The test of `has_any` and `has_all` with constant terms; none for other operators.
#[must_use]
pub fn terms_test(operator: &str, terms: &[&str]) -> Option<TextTest> {
    let terms = terms.iter().filter(|term| !term.is_empty());
    let needles: Vec<Needle> = terms.map(|term| Needle::ignoring_case(term)).collect();
    match operator {
        "has_any" => Some(Box::new(move |text| needles.iter().any(|needle| needle.is_term(text)))),
        "has_all" => Some(Box::new(move |text| needles.iter().all(|needle| needle.is_term(text)))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use whotalks_kql_values::{KustoType, Value};

    use super::*;
    use crate::{Argument, operator, operators};

    #[test]
    fn the_quick_way_says_what_the_plain_one_says() {
        let mut tested = 0;
        for name in operators().map(|operator| operator.name) {
            for (text, search) in [
                ("North America", "america"),
                ("America", "America"),
                ("", ""),
                ("aé", "É"),
                ("ab", "a"),
            ] {
                let Some(test) = text_test(name, search) else { continue };
                let constant = Argument::constant(KustoType::String, search.to_owned().into());
                let arguments = [Argument::variable(KustoType::String), constant];
                let prepared = operator(name).unwrap().prepare(&arguments).unwrap();
                let row = [Value::from(text), Value::from(search)];
                assert_eq!(
                    prepared.evaluate(&row),
                    Value::Bool(test(text)),
                    "{text} {name} {search}"
                );
                tested += 1;
            }
        }
        assert_eq!(tested, 28 * 5);
    }
}
