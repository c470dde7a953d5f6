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

/// How much of the text is searched, blanks not counted.
const SEARCHED_CHARACTERS: usize = 16 << 10;

/// The kind of JSON that `text` is.
pub(super) fn detect(text: &str) -> Format {
    let packed: String = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .take(SEARCHED_CHARACTERS)
        .collect();
    KINDS
        .iter()
        .find(|kind| kind.all.iter().all(|mark| packed.contains(mark)))
        .map_or(Format::Json, |kind| kind.format)
}
