//! What a query makes of a text, step by step, and texts of which a step makes a given one.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::pattern::RegularExpression;

/// The most pieces of a text that is split.
const MOST_PIECES: usize = 32;
/// What stands in pieces of which nothing is asked.
const PIECE: &str = "part";

/// A text made of another one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// A group of a regular expression; 0 is the whole.
    Group(RegularExpression, usize),
    /// All pieces of a text between which another one stands, as an array.
    Pieces(String),
    /// A piece of a text that is taken apart.
    Piece(Rc<Layout>, usize),
    Lower,
    Upper,
    /// How many letters it has.
    Length,
    /// A text replaced by another.
    Replaced(String, String),
    /// What matches replaced by a text.
    ReplacedMatches(RegularExpression, String),
    /// Between two texts.
    Between(String, String),
    /// From a letter on, at most so many.
    Substring(usize, Option<usize>),
    /// A part of an address of the web: `Host`.
    OfAddress(String),
    /// A part of a path: `Filename`.
    OfPath(String),
    /// What a database of places knows of an address: `country`.
    OfPlace(String),
    /// A member of an object in JSON, or an element (`#0`).
    Member(String),
}

/// How a text is taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Layout {
    /// By a text between the pieces.
    Split(String),
    /// By a pattern of `parse`.
    Parse(Vec<Part>),
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Text(String),
    /// A column, and what stands there where nothing is asked.
    Column(String),
    Skip,
}

impl Step {
    /// What the step makes of a text; none where that is not known.
    pub(super) fn forward(&self, text: &str) -> Option<String> {
        Some(match self {
            Self::Group(expression, group) => expression.group(text, *group),
            Self::Pieces(separator) => {
                serde_json::json!(text.split(separator.as_str()).collect::<Vec<_>>()).to_string()
            }
            Self::Piece(layout, index) => layout.piece(text, *index)?,
            Self::Lower => text.to_lowercase(),
            Self::Upper => text.to_uppercase(),
            Self::Length => text.chars().count().to_string(),
            Self::Replaced(old, new) => text.replace(old, new),
            Self::ReplacedMatches(expression, new) => expression.replaced(text, new),
            Self::Between(before, after) => format!("{before}{text}{after}"),
            Self::Substring(start, length) => {
                let rest = text.chars().skip(*start);
                rest.take(length.unwrap_or(usize::MAX)).collect()
            }
            Self::OfAddress(_) | Self::OfPath(_) | Self::OfPlace(_) => return None,
            Self::Member(name) => member(text, name).unwrap_or_default(),
        })
    }

    /// A text that the step takes, whatever it makes of it.
    pub(super) fn sample(&self) -> Option<String> {
        match self {
            Self::Group(expression, _) => expression.samples(None).into_iter().next(),
            _ => None,
        }
    }

    /// Texts that the step may make this one of.
    pub(super) fn backward(&self, text: &str) -> Vec<String> {
        match self {
            Self::Group(expression, group) => expression.samples(Some((*group, text))),
            Self::Pieces(separator) => {
                let pieces: Option<Vec<String>> = serde_json::from_str(text).ok();
                vec![pieces.map_or_else(|| text.to_owned(), |pieces| pieces.join(separator))]
            }
            Self::Piece(layout, index) => layout.wholes(&BTreeMap::from([(*index, text.to_owned())])),
            Self::Lower | Self::Upper | Self::Replaced(..) | Self::ReplacedMatches(..) => vec![text.to_owned()],
            Self::Length => {
                let length = text.parse::<usize>().unwrap_or_default();
                vec!["a".repeat(length.min(4_096))]
            }
            Self::Between(before, after) => {
                let inside = text.strip_prefix(before.as_str());
                let inside = inside.and_then(|rest| rest.strip_suffix(after.as_str()));
                inside.map(str::to_owned).into_iter().collect()
            }
            Self::Substring(start, _) => vec![format!("{}{text}", "a".repeat(usize::min(*start, 4_096)))],
            Self::OfAddress(part) => match part.as_str() {
                "Host" => vec![format!("https://{text}/path")],
                "Path" => vec![format!("https://host.example.com{text}")],
                "Scheme" => vec![format!("{text}://host.example.com/path")],
                "Port" => vec![format!("https://host.example.com:{text}/path")],
                _ => Vec::new(),
            },
            Self::OfPath(part) => match part.as_str() {
                "Filename" => vec![format!("C:\\folder\\{text}")],
                "Extension" => vec![format!("C:\\folder\\file.{text}")],
                "DirectoryPath" => vec![format!("{text}\\file")],
                _ => Vec::new(),
            },
            Self::OfPlace(_) => Vec::new(),
            Self::Member(name) => match name.starts_with('#') {
                true => vec![serde_json::json!([text]).to_string()],
                false => vec![serde_json::json!({ name: text }).to_string()],
            },
        }
    }
}

fn member(json: &str, name: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    let found = match name.strip_prefix('#') {
        Some(index) => value.get(index.parse::<usize>().ok()?)?,
        None => value.get(name)?,
    };
    Some(found.as_str().map_or_else(|| found.to_string(), str::to_owned))
}

impl Layout {
    /// A piece of a text; none where the pattern cannot be read.
    fn piece(&self, text: &str, index: usize) -> Option<String> {
        Some(match self {
            Self::Split(separator) => text.split(separator.as_str()).nth(index).unwrap_or_default().to_owned(),
            Self::Parse(parts) => RegularExpression::new(&expression(parts))?.group(text, index + 1),
        })
    }

    /// Texts with these pieces.
    pub(super) fn wholes(&self, pieces: &BTreeMap<usize, String>) -> Vec<String> {
        let last = pieces.keys().next_back().copied().unwrap_or_default().min(MOST_PIECES);
        match self {
            Self::Split(separator) => {
                let joined = |other: &str| {
                    let each = (0..=last).map(|index| pieces.get(&index).map_or(other, String::as_str));
                    each.collect::<Vec<_>>().join(separator)
                };
                let whole = joined(PIECE);
                vec![format!("{whole}{separator}rest"), whole, joined("")]
            }
            Self::Parse(parts) => {
                let mut columns = 0..;
                let mut filled = |part: &Part| match part {
                    Part::Text(text) => text.clone(),
                    Part::Skip => String::new(),
                    Part::Column(other) => {
                        let index = columns.next().unwrap_or_default();
                        pieces.get(&index).unwrap_or(other).clone()
                    }
                };
                vec![parts.iter().map(&mut filled).collect()]
            }
        }
    }
}

/// A pattern of `parse` as a regular expression; its columns are groups.
fn expression(parts: &[Part]) -> String {
    let last = parts.len().saturating_sub(1);
    let piece = |(place, part): (usize, &Part)| match part {
        Part::Text(text) => regex::escape(text),
        Part::Column(_) if place == last => "(.*)".to_owned(),
        Part::Column(_) => "(.*?)".to_owned(),
        Part::Skip => ".*?".to_owned(),
    };
    let pieces: String = parts.iter().enumerate().map(piece).collect();
    format!("(?s)^{pieces}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_backward_gives_a_text_that_the_step_forward_takes_back() {
        let group = |text: &str, number| Step::Group(RegularExpression::new(text).unwrap(), number);
        let parse = Layout::Parse(vec![
            Part::Text("user=".to_owned()),
            Part::Column("who".to_owned()),
            Part::Text(";".to_owned()),
            Part::Column("rest".to_owned()),
        ]);
        let steps = [
            group(r"^(\w+)://([^/]+)/", 2),
            Step::Piece(Rc::new(Layout::Split("/".to_owned())), 2),
            Step::Piece(Rc::new(parse), 0),
            Step::Lower,
            Step::Replaced("[.]".to_owned(), ".".to_owned()),
            Step::Substring(3, None),
            Step::Member("host".to_owned()),
            Step::Member("#0".to_owned()),
        ];
        for step in steps {
            let back = step.backward("wanted");
            assert!(!back.is_empty(), "{step:?}");
            let all = back.iter().all(|text| step.forward(text).as_deref() == Some("wanted"));
            assert!(all, "{step:?}: {back:?}");
        }
    }

    #[test]
    fn pieces_of_one_text_stand_in_one_text() {
        let split = Layout::Split("/".to_owned());
        let pieces = BTreeMap::from([(1, String::new()), (2, "host".to_owned())]);
        assert_eq!(split.wholes(&pieces)[0], "part//host/rest");
    }
}
