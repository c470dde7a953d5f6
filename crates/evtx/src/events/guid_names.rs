//! Symbolic names of filtering layers and conditions, which events give only as GUIDs and localised display names.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// One line each: the GUID in lower case with braces, a tab, the name of fwpmu.h.
const TABLE: &str = include_str!("guid_names.tsv");

static NAMES: LazyLock<HashMap<&'static str, &'static str, RandomState>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// The symbolic name of a GUID written with braces, in any case.
pub(super) fn symbolic_name(guid: &str) -> Option<&'static str> {
    let guid = guid.trim();
    // Conditions and binary logs have it in lower case already.
    let known = NAMES
        .get(guid)
        .or_else(|| NAMES.get(guid.to_ascii_lowercase().as_str()));
    known.copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_and_conditions_have_their_names() {
        assert_eq!(
            symbolic_name("{C38D57D1-05A7-4C33-904F-7FBCEEE60E82}"),
            Some("FWPM_LAYER_ALE_AUTH_CONNECT_V4")
        );
        assert_eq!(
            symbolic_name("{c35a604d-d22b-4e1a-91b4-68f674ee674b}"),
            Some("FWPM_CONDITION_IP_REMOTE_PORT")
        );
        assert_eq!(symbolic_name("{00000000-0000-0000-0000-000000000000}"), None);
    }
}
