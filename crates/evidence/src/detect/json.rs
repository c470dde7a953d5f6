//! JSON and JSON lines that no reader takes.

use crate::format::Format;

/// A kind of JSON, known by keys or values that stand in it.
struct Kind {
    format: Format,
    all: &'static [&'static str],
}

/// Looked for in the text without blanks. Zeek writes `id.orig_h`, its shippers often `id_orig_h`.
const KINDS: &[Kind] = &[
    Kind {
        format: Format::ZeekLog,
        all: &["\"@stream\":", "\"@system\":"],
    },
    Kind {
        format: Format::ZeekLog,
        all: &["\"ts\":", "\"uid\":", "\"id.orig_h\":"],
    },
    Kind {
        format: Format::SuricataEve,
        all: &["\"event_type\":", "\"flow_id\":", "\"src_ip\":"],
    },
    Kind {
        format: Format::AzureFlowLog,
        all: &["\"category\":\"NetworkSecurityGroupFlowEvent\""],
    },
    Kind {
        format: Format::AzureFlowLog,
        all: &["\"category\":\"FlowLogFlowEvent\""],
    },
    Kind {
        format: Format::DefenderJson,
        all: &["\"category\":\"AdvancedHunting-"],
    },
];

/// How much of the text is searched, in bytes.
const SEARCHED_BYTES: usize = 16 << 10;

/// The kind of JSON that `text` is; none where it only begins with a bracket.
pub(super) fn detect(text: &str) -> Option<Format> {
    let packed: String = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .take(SEARCHED_BYTES)
        .collect();
    looks_like_json(&packed).then(|| {
        KINDS
            .iter()
            .find(|kind| kind.all.iter().all(|mark| packed.contains(mark)))
            .map_or(Format::Json, |kind| kind.format)
    })
}

/// An object with a quoted key or none at all, or an array of such or of values.
fn looks_like_json(packed: &str) -> bool {
    let inner = packed.trim_start_matches('[');
    let opened = inner.len() < packed.len();
    let first = inner.chars().next();
    if inner.starts_with("{\"") || inner.starts_with("{}") {
        return true;
    }
    opened && first.is_none_or(|first| matches!(first, '"' | ']' | '-' | '0'..='9')) && packed.ends_with([']', '}'])
}
