//! Instants, references and lists as JSON values.

use serde_json::{Value, json};
use whotalks_correlate::Remedy;
use whotalks_record::{Endpoint, Nanoseconds, Pid, Span, Text, Timestamp};
use whotalks_report::{Citation, Localised};

/// An RFC 3339 text in UTC with nine decimals.
pub(super) fn time(time: Timestamp) -> Value {
    // Every 64-bit nanosecond count lies within the years that jiff knows.
    let instant = jiff::Timestamp::from_nanosecond(i128::from(time.nanoseconds())).unwrap_or_default();
    json!(instant.strftime("%Y-%m-%dT%H:%M:%S%.9fZ").to_string())
}

pub(super) fn maybe_time(instant: Option<Timestamp>) -> Value {
    instant.map_or(Value::Null, time)
}

pub(super) fn span_ns(span: Option<Nanoseconds>) -> Value {
    json!(span.map(|span| span.0))
}

pub(super) fn text(text: Option<&Text>) -> Value {
    json!(text.map(|text| text.as_ref()))
}

pub(super) fn texts(texts: &[Text]) -> Value {
    texts.iter().map(|text| json!(text.as_ref())).collect()
}

pub(super) fn list<T>(items: &[T], each: impl Fn(&T) -> Value) -> Value {
    items.iter().map(each).collect()
}

pub(super) fn maybe<T>(item: Option<&T>, each: impl Fn(&T) -> Value) -> Value {
    item.map_or(Value::Null, each)
}

pub(super) fn pid(pid: Option<Pid>) -> Value {
    json!(pid.map(|pid| pid.0))
}

pub(super) fn endpoint(endpoint: &Endpoint) -> Value {
    json!({ "address": endpoint.address.to_string(), "port": endpoint.port })
}

pub(super) fn references(spans: &[Span]) -> Value {
    list(spans, |span| json!(span.to_string()))
}

pub(super) fn citations(citations: &[Citation]) -> Value {
    list(citations, citation)
}

pub(super) fn citation(citation: &Citation) -> Value {
    json!({
        "reference": citation.span.to_string(),
        "offset": citation.span.offset,
        "length": citation.span.length,
        "file": citation.file.as_ref(),
        "what": citation.what.as_ref(),
        "time": maybe_time(citation.time),
    })
}

pub(super) fn localised(text: &Localised) -> Value {
    json!({ "en": text.en.as_ref(), "ja": text.ja.as_ref() })
}

pub(super) fn remedy(remedy: &Remedy) -> Value {
    json!({ "command": remedy.command.as_ref(), "undo": text(remedy.undo.as_ref()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_keep_their_nanoseconds() {
        assert_eq!(
            time(Timestamp::from_seconds(1_795_136_531, 114_000_009)),
            "2026-11-20T01:02:11.114000009Z"
        );
        assert_eq!(time(Timestamp::from_seconds(0, 0)), "1970-01-01T00:00:00.000000000Z");
        assert_eq!(time(Timestamp::MIN), "1677-09-21T00:12:43.145224192Z");
    }
}
