//! The first lines of a file: TOML in comments between two lines `// +++`.

use std::collections::BTreeMap;

use serde::Deserialize;
use whotalks_kql_values::KustoType;

use crate::arguments::value_of;
use crate::saved::{Parameter, SavedQuery, Wording};

/// The first and the last line.
const FENCE: &str = "// +++";

/// Why front matter cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FrontMatterError {
    /// The second `// +++` is missing.
    #[error("the front matter has no end: a line `// +++`")]
    NoEnd,
    /// A line in it is no comment.
    #[error("line {0} of the front matter is no comment")]
    NoComment(usize),
    /// It is no TOML, or says something unknown.
    #[error("{0}")]
    Toml(String),
    /// A parameter has no name that a query can use.
    #[error("`{0}` is no name of a parameter")]
    Name(String),
    /// A parameter has no type of Kusto.
    #[error("the parameter `{name}` has the type `{kind}`, which is none")]
    Type {
        /// The parameter.
        name: String,
        /// What stands for its type.
        kind: String,
    },
    /// The default of a parameter is not of its type.
    #[error("the default of the parameter `{0}` is not of its type")]
    Default(String),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    title: Wording,
    #[serde(default)]
    description: Wording,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    attack: Vec<String>,
    #[serde(default)]
    parameters: BTreeMap<String, WrittenParameter>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenParameter {
    #[serde(rename = "type")]
    kind: String,
    default: Option<WrittenValue>,
    #[serde(default)]
    description: Wording,
}

/// A default: a text that is read as the type, or a value that TOML knows itself.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenValue {
    Text(String),
    Whole(i64),
    Real(f64),
    Bool(bool),
    Time(toml::value::Datetime),
}

impl WrittenValue {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Whole(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Bool(value) => value.to_string(),
            Self::Time(time) => time.to_string(),
        }
    }
}

/// A query that has no file, such as one that was typed.
///
/// # Errors
///
/// [`FrontMatterError`] where its front matter is wrong.
pub fn of_text(text: &str) -> Result<SavedQuery, FrontMatterError> {
    read("", text)
}

/// A query out of the text of its file; one without front matter is called by its name.
pub(crate) fn read(name: &str, text: &str) -> Result<SavedQuery, FrontMatterError> {
    let written = match fenced(text)? {
        None => Written::default(),
        Some(front_matter) => {
            toml::from_str(&front_matter).map_err(|error| FrontMatterError::Toml(error.message().to_owned()))?
        }
    };
    let title = if written.title == Wording::default() {
        Wording {
            english: name.to_owned(),
            japanese: name.to_owned(),
        }
    } else {
        written.title
    };
    Ok(SavedQuery {
        name: name.to_owned(),
        title,
        description: written.description,
        tags: written.tags,
        attack: written.attack,
        parameters: written
            .parameters
            .into_iter()
            .map(|(name, parameter)| declared(name, parameter))
            .collect::<Result<_, _>>()?,
        text: text.to_owned(),
        path: None,
    })
}

/// The lines between the fences, without the signs of comments.
fn fenced(text: &str) -> Result<Option<String>, FrontMatterError> {
    let mut lines = text
        .trim_start_matches('\u{feff}')
        .lines()
        .skip_while(|line| line.trim().is_empty());
    if lines.next().map(str::trim) != Some(FENCE) {
        return Ok(None);
    }
    let mut front_matter = String::new();
    for (index, line) in lines.enumerate() {
        let line = line.trim();
        if line == FENCE {
            return Ok(Some(front_matter));
        }
        let content = line
            .strip_prefix("//")
            .ok_or(FrontMatterError::NoComment(index.saturating_add(1)))?;
        front_matter.push_str(content);
        front_matter.push('\n');
    }
    Err(FrontMatterError::NoEnd)
}

fn declared(name: String, written: WrittenParameter) -> Result<Parameter, FrontMatterError> {
    let starts = name.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_');
    if !starts || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err(FrontMatterError::Name(name));
    }
    let Some(kusto_type) = KustoType::named(&written.kind) else {
        let kind = written.kind;
        return Err(FrontMatterError::Type { name, kind });
    };
    let default = match written.default.map(WrittenValue::text) {
        None => None,
        Some(text) => Some(value_of(&text, kusto_type).ok_or_else(|| FrontMatterError::Default(name.clone()))?),
    };
    Ok(Parameter {
        name,
        kusto_type,
        default,
        description: written.description,
    })
}

#[cfg(test)]
mod tests {
    use whotalks_kql_values::{TimeSpan, Value};

    use super::*;

    const TEXT: &str = "\
// +++
// title = { en = \"Calls\", ja = \"通信\" }
// description = \"What calls.\"
// tags = [\"network\"]
// attack = [\"T1071\"]
//
// [parameters.window]
// type = \"timespan\"
// default = \"1h\"
//
// [parameters.least]
// type = \"long\"
// default = 5
// +++
T | where a > least
";

    #[test]
    fn front_matter_says_what_a_query_tells_and_takes() {
        let query = read("calls", TEXT).unwrap();
        assert_eq!(
            (query.title.english.as_str(), query.title.japanese.as_str()),
            ("Calls", "通信")
        );
        assert_eq!(
            query.description.japanese, "What calls.",
            "one language stands for both"
        );
        let [least, window] = query.parameters.as_slice() else {
            panic!("two parameters")
        };
        assert_eq!(least.default, Some(Value::Long(5)));
        assert_eq!(window.default, TimeSpan::parse("1h").map(Value::TimeSpan));
        assert!(
            whotalks_kql_syntax::parse(&query.text).diagnostics.is_empty(),
            "the file is a query as a whole"
        );
    }

    #[test]
    fn a_file_without_front_matter_is_called_by_its_name() {
        let query = read("plain", "// a comment\nT | count").unwrap();
        assert_eq!(query.title.english, "plain");
        assert!(query.parameters.is_empty());
    }

    #[test]
    fn what_is_wrong_is_told() {
        let wrong = |text: &str| read("q", text).unwrap_err();
        assert_eq!(wrong("// +++\n// tags = []\n"), FrontMatterError::NoEnd);
        assert_eq!(wrong("// +++\ntags = []\n// +++"), FrontMatterError::NoComment(1));
        assert!(matches!(
            wrong("// +++\n// colour = 1\n// +++"),
            FrontMatterError::Toml(_)
        ));
        let parameter = |line: &str| format!("// +++\n// [parameters.a]\n// {line}\n// +++");
        assert!(matches!(
            wrong(&parameter("type = \"text\"")),
            FrontMatterError::Type { .. }
        ));
        let default = parameter("type = \"int\"\n// default = \"many\"");
        assert_eq!(wrong(&default), FrontMatterError::Default("a".to_owned()));
        let name = "// +++\n// [parameters.\"a b\"]\n// type = \"int\"\n// +++";
        assert_eq!(wrong(name), FrontMatterError::Name("a b".to_owned()));
    }
}
