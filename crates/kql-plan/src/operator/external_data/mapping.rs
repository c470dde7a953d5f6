//! `ingestionMapping` of `externaldata`: which part of an object becomes which column; see
//! <https://learn.microsoft.com/kusto/management/json-mapping>.

use whotalks_kql_values::{Dynamic, DynamicView};

/// Where the columns are found in an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mapping(Vec<(String, Place)>);

/// Where a column is found.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// From the object inwards; it itself where there is no step.
    Path(Vec<Step>),
    /// The same text in every row.
    Constant(String),
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    Member(String),
    Element(i64),
}

impl Mapping {
    /// Reads a mapping; none where it is no array of columns with paths, or transforms what it finds.
    pub(super) fn read(json: &str) -> Option<Self> {
        let bytes = Dynamic::from_json(json)?.encode();
        let columns = DynamicView::new(&bytes).elements()?.map(column);
        columns.collect::<Option<_>>().map(Self)
    }

    /// What an object holds for a column; none where nothing is said of it.
    pub(super) fn value<'v>(&self, object: DynamicView<'v>, column: &str) -> Option<Found<'v, '_>> {
        let (_, place) = self.0.iter().find(|(name, _)| name == column)?;
        match place {
            Place::Constant(text) => Some(Found::Constant(text)),
            Place::Path(steps) => steps
                .iter()
                .try_fold(object, |view, step| match step {
                    Step::Member(name) => view.get(name),
                    Step::Element(index) => view.at(*index),
                })
                .map(Found::Part),
        }
    }
}

/// What a mapping finds.
pub(super) enum Found<'v, 'm> {
    Part(DynamicView<'v>),
    Constant(&'m str),
}

/// One column; the properties may stand beside its name, as older mappings have them.
fn column(view: DynamicView<'_>) -> Option<(String, Place)> {
    let name = member(view, &["Column", "ColumnName", "Name"])?.text()?.to_owned();
    let properties = member(view, &["Properties"]).unwrap_or(view);
    if member(properties, &["Transform"]).is_some_and(|transform| !transform.is_null()) {
        return None;
    }
    let constant = member(properties, &["ConstValue", "ConstantValue"]).and_then(DynamicView::text);
    if let Some(constant) = constant {
        return Some((name, Place::Constant(constant.to_owned())));
    }
    let path = member(properties, &["Path"])?.text()?;
    match path.strip_prefix('$') {
        Some(rest) => Some((name, Place::Path(steps(rest)?))),
        None => Some((name, Place::Constant(path.to_owned()))),
    }
}

/// A member under one of its names, whatever the case of its letters.
fn member<'v>(view: DynamicView<'v>, names: &[&str]) -> Option<DynamicView<'v>> {
    let is_named = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    let mut members = view.properties()?;
    members.find(|(name, _)| is_named(name)).map(|(_, value)| value)
}

/// The steps of a path behind its `$`: `.a`, `['a b']`, `[0]`; none for one that looks at every depth (`..a`).
fn steps(mut rest: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, after) = match rest.strip_prefix('[') {
            Some(inner) => {
                let (key, after) = inner.split_once(']')?;
                let name = key
                    .strip_prefix(['\'', '"'])
                    .and_then(|key| key.strip_suffix(['\'', '"']));
                let step = match name {
                    Some(name) => Step::Member(name.to_owned()),
                    None => Step::Element(key.parse().ok()?),
                };
                (step, after)
            }
            None => {
                let name = rest.strip_prefix('.')?;
                let end = name.find(['.', '[']).unwrap_or(name.len());
                let (name, after) = name.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
                (Step::Member(name.to_owned()), after)
            }
        };
        steps.push(step);
        rest = after;
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_constants_and_the_whole_object_are_read() {
        let mapping = Mapping::read(
            r#"[{"Column":"whole","Properties":{"Path":"$"}},{"column":"deep","path":"$.a['b c'][1]"},
                {"Column":"said","Properties":{"ConstValue":"x"}},{"Column":"too","Properties":{"Path":"plain"}}]"#,
        )
        .unwrap();
        let bytes = Dynamic::from_json(r#"{"a":{"b c":[1,"two"]}}"#).unwrap().encode();
        let object = DynamicView::new(&bytes);
        let text = |column| match mapping.value(object, column) {
            Some(Found::Part(part)) => part.to_json(),
            Some(Found::Constant(text)) => text.to_owned(),
            None => "none".to_owned(),
        };
        assert_eq!(text("whole"), r#"{"a":{"b c":[1,"two"]}}"#);
        assert_eq!(text("deep"), r#""two""#);
        assert_eq!(text("said"), "x");
        assert_eq!(text("too"), "plain");
        assert_eq!(text("other"), "none");
    }

    #[test]
    fn what_is_not_understood_is_no_mapping() {
        for mapping in [
            "text",
            r#"{"Column":"a"}"#,
            r#"[{"Column":"a"}]"#,
            r#"[{"Column":"a","Properties":{"Path":"$..a"}}]"#,
            r#"[{"Column":"a","Properties":{"Path":"$.a","Transform":"SourceLocation"}}]"#,
        ] {
            assert_eq!(Mapping::read(mapping), None, "{mapping}");
        }
    }
}
