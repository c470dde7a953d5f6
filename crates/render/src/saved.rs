//! Saved queries: for programs, and what faces share about them.

use serde_json::{Value as Json, json};
use whotalks_case::kql::values::convert;
use whotalks_queries::{Parameter, SavedQuery, Wording};

use crate::Language;
use crate::json::VERSION;
use crate::messages::HuntMessage as M;
use crate::words::Words;

/// All saved queries with their texts.
pub fn queries(queries: &[SavedQuery]) -> Json {
    let queries: Vec<Json> = queries.iter().map(query).collect();
    json!({ "version": VERSION, "kind": "saved-queries", "queries": queries })
}

fn query(query: &SavedQuery) -> Json {
    let parameters: Vec<Json> = query.parameters.iter().map(parameter).collect();
    json!({
        "name": query.name,
        "path": query.path.as_ref().map(|path| path.display().to_string()),
        "title": both(&query.title),
        "description": both(&query.description),
        "tags": query.tags,
        "attack": query.attack,
        "parameters": parameters,
        "text": query.text,
    })
}

fn parameter(parameter: &Parameter) -> Json {
    let default = parameter
        .default
        .as_ref()
        .map(|value| convert::to_text(value).into_owned());
    json!({
        "name": parameter.name,
        "type": parameter.kusto_type.name(),
        "default": default,
        "description": both(&parameter.description),
    })
}

fn both(wording: &Wording) -> Json {
    json!({ "en": wording.english, "ja": wording.japanese })
}

/// A text in the language of the user.
pub(crate) fn wording<'w>(words: &Words, wording: &'w Wording) -> &'w str {
    match words.language() {
        Language::English => &wording.english,
        Language::Japanese => &wording.japanese,
    }
}

/// A parameter as it is given, with its type and what it means: `least=5 (long): …`.
pub(crate) fn parameter_text(words: &Words, parameter: &Parameter) -> String {
    let kind = parameter.kusto_type.name();
    let head = match &parameter.default {
        Some(default) => format!("{}={} ({kind})", parameter.name, convert::to_text(default)),
        None => format!("{}=… ({kind}, {})", parameter.name, words.text(&M::QueryRequired)),
    };
    let text = wording(words, &parameter.description);
    if text.is_empty() {
        head
    } else {
        words.labelled(head, text.to_owned())
    }
}
