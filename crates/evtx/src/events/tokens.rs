//! Message tokens of the Security log and the words exporters render them to.

use whotalks_record::{Direction, FilterAction, FilterChange};

/// Reads a direction: `%%14592`, `Inbound`, `受信`, and the numbers of the Windows Firewall log are not meant here.
pub(crate) fn direction(text: &str) -> Option<Direction> {
    let text = text.trim();
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is(&["%%14592", "14592", "Inbound", "In", "ingress", "受信", "着信"]) {
        Some(Direction::Inbound)
    } else if is(&["%%14593", "14593", "Outbound", "Out", "egress", "送信", "発信"]) {
        Some(Direction::Outbound)
    } else {
        None
    }
}

/// The direction a run-time layer implies. Source: fwpsk.h `FWPS_BUILTIN_LAYERS`, whose first 56 identifiers are the same on
/// every Windows since Vista.
pub(crate) fn direction_of_layer(layer: u16) -> Option<Direction> {
    match layer {
        0..=3 | 12..=15 | 28..=31 | 44..=47 => Some(Direction::Inbound),
        4..=7 | 16..=19 | 32..=35 | 48..=51 => Some(Direction::Outbound),
        _ => None,
    }
}

/// Reads the `Action` of 5441 and 5447.
pub(crate) fn filter_action(text: &str) -> FilterAction {
    match text.trim() {
        "%%16389" | "Block" | "ブロック" | "遮断" => FilterAction::Block,
        "%%16390" | "Permit" | "許可" => FilterAction::Permit,
        "%%16391" | "Callout" | "コールアウト" | "吹き出し" => FilterAction::CalloutUnknown,
        _ => FilterAction::Unknown,
    }
}

/// Reads the `ChangeType` of 5447. An unknown word says at least that the filter exists now.
pub(crate) fn filter_change(text: &str) -> FilterChange {
    match text.trim() {
        "%%16384" | "Add" | "追加" => FilterChange::Added,
        "%%16385" | "Delete" | "削除" => FilterChange::Deleted,
        _ => FilterChange::Present,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_read_as_tokens_and_in_both_languages() {
        for inbound in ["%%14592", "Inbound", "受信"] {
            assert_eq!(direction(inbound), Some(Direction::Inbound));
        }
        for outbound in ["%%14593", "outbound", "送信"] {
            assert_eq!(direction(outbound), Some(Direction::Outbound));
        }
        assert_eq!(direction("%%14594"), None);
    }
}
