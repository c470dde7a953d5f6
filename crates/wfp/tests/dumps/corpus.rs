//! The real state dump of the corpus, counted here by other means than the reader's.

use std::path::Path;

use whotalks_record::{FilterAction, FilterCondition, ListingTool};
use whotalks_wfp::{Certainty, DumpKind, Sniff, item_text, sniff};

use crate::shared::{Read, read};

fn dump() -> Option<(Vec<u8>, Read)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/text/portmaster__wfpstate.xml");
    if !path.is_file() {
        println!("skipped: no corpus at {}", path.display());
        return None;
    }
    let bytes = std::fs::read(path).unwrap();
    let read = read(&bytes);
    Some((bytes, read))
}

fn count(bytes: &[u8], wanted: &str) -> usize {
    String::from_utf8_lossy(bytes).matches(wanted).count()
}

#[test]
fn every_filter_layer_and_condition_is_read() {
    let Some((bytes, read)) = dump() else {
        return;
    };
    assert_eq!(read.issues, []);
    assert_eq!(read.filters().len(), count(&bytes, "<filterId>"));
    assert_eq!(read.layers().len(), count(&bytes, "<layerId>"));
    let conditions: usize = read.filters().iter().map(|filter| filter.conditions.len()).sum();
    assert_eq!(conditions, count(&bytes, "<matchType>"));
    assert_eq!((read.filters().len(), read.layers().len()), (598, 97));
    let blocks = read
        .filters()
        .iter()
        .filter(|filter| filter.action == FilterAction::Block)
        .count();
    assert_eq!(blocks, count(&bytes, "<type>FWP_ACTION_BLOCK</type>"));
}

#[test]
fn every_filter_says_what_it_is() {
    let Some((_, read)) = dump() else {
        return;
    };
    for filter in read.filters() {
        assert!(
            filter.key.is_some() && filter.layer.is_some() && filter.weight.is_some(),
            "{filter:?}"
        );
        assert_ne!(filter.action, FilterAction::Unknown, "{filter:?}");
        // The provider data of this Windows are indexes; not one is a rule's name.
        assert_eq!(filter.rule, None, "{filter:?}");
        let named = |name: &str, value: &str| !value.is_empty() || name == "FWPM_CONDITION_ALE_APP_ID";
        assert!(
            filter
                .conditions
                .iter()
                .all(|condition| named(&condition.field, &condition.value)),
            "{filter:?}"
        );
    }
    let is_path = |condition: &&FilterCondition| {
        &*condition.field == "FWPM_CONDITION_ALE_APP_ID" && condition.value.starts_with("\\device\\harddiskvolume3\\")
    };
    let paths: usize = read
        .filters()
        .iter()
        .map(|filter| filter.conditions.iter().filter(is_path).count())
        .sum();
    assert!(paths > 200);
}

#[test]
fn every_span_holds_exactly_its_item() {
    let Some((bytes, read)) = dump() else {
        return;
    };
    for filter in read.filters() {
        let start = usize::try_from(filter.span.offset).unwrap();
        let item = item_text(&bytes[start..start + filter.span.length as usize]).into_owned();
        assert!(item.starts_with("<item>") && item.ends_with("</item>"), "{item}");
        assert_eq!(item.matches("<filterId>").count(), 1);
        assert!(item.contains(&format!("<filterId>{}</filterId>", filter.id.0)));
    }
}

#[test]
fn the_run_time_identifiers_of_layers_are_those_of_this_windows() {
    let Some((_, read)) = dump() else {
        return;
    };
    let key = |id: u16| {
        read.layers()
            .iter()
            .find(|layer| layer.id == id)
            .map(|layer| layer.key.to_string())
    };
    assert_eq!(key(48).as_deref(), Some("FWPM_LAYER_ALE_AUTH_CONNECT_V4"));
    assert_eq!(key(44).as_deref(), Some("FWPM_LAYER_ALE_AUTH_RECV_ACCEPT_V4"));
    assert_eq!(key(97), None);
}

#[test]
fn the_dump_is_known_for_what_it_is() {
    let Some((bytes, _)) = dump() else {
        return;
    };
    let certain = Sniff {
        kind: DumpKind::State,
        certainty: Certainty::Certain,
    };
    assert_eq!(sniff(&bytes[..8_192]), Some(certain));
    assert_eq!(DumpKind::State.tool(), Some(ListingTool::WfpState));
}
