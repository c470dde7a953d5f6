//! The data files keep what the crate promises: two languages everywhere, references that exist, no wildcard below a shared suffix.

use std::collections::HashSet;

use whotalks_catalogue::{Bilingual, CallerRule, Catalogue, Support};

/// Hiragana, katakana or a CJK ideograph.
fn holds_japanese(text: &str) -> bool {
    text.chars()
        .any(|it| matches!(it, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'))
}

/// Names of products and services keep their Latin letters in Japanese; sentences do not.
fn assert_sentence(text: &Bilingual, place: &str) {
    assert!(!text.en.is_empty(), "{place}: no English text");
    assert!(holds_japanese(&text.ja), "{place}: no Japanese in {:?}", text.ja);
    assert!(
        !holds_japanese(&text.en),
        "{place}: Japanese in the English text {:?}",
        text.en
    );
    for text in [&text.en, &text.ja] {
        assert_eq!(text.trim(), text, "{place}: stray blanks");
        assert!(
            !text.ends_with(['.', '。']),
            "{place}: texts are phrases without a full stop: {text:?}"
        );
    }
}

fn assert_both_or_neither(text: &Bilingual, place: &str) {
    if !text.is_empty() {
        assert_sentence(text, place);
    }
}

#[test]
fn every_text_exists_in_both_languages() {
    let catalogue = Catalogue::bundled();
    for feature in catalogue.features() {
        assert_sentence(&feature.purpose, &feature.id);
        assert_sentence(&feature.breaks, &feature.id);
        assert!(
            !feature.area.en.is_empty() && !feature.area.ja.is_empty(),
            "{}",
            feature.id
        );
    }
    for process in catalogue.system_processes() {
        let (en, ja) = (&process.purpose.en, &process.purpose.ja);
        assert!(!en.is_empty() && !ja.is_empty(), "{}", process.image);
        assert!(en == ja || holds_japanese(ja), "{}: {ja:?}", process.image);
    }
    for service in catalogue.services() {
        assert_sentence(&service.purpose, &service.name);
        assert!(
            !service.display_name.en.is_empty() && !service.display_name.ja.is_empty(),
            "{}",
            service.name
        );
    }
    for host in catalogue.shared_hosts() {
        assert_sentence(&host.kind, &host.suffix);
    }
    for range in catalogue.address_ranges() {
        assert_sentence(&range.purpose, &range.network.to_string());
    }
}

#[test]
fn every_way_to_turn_something_off_says_how_in_both_languages() {
    for turn_off in Catalogue::bundled().turn_offs() {
        assert!(
            !turn_off.feature.en.is_empty() && !turn_off.feature.ja.is_empty(),
            "{}",
            turn_off.id
        );
        assert_both_or_neither(&turn_off.ui, &turn_off.id);
        assert_both_or_neither(&turn_off.note, &turn_off.id);
        let ways = turn_off.policies.len() + turn_off.registry.len() + usize::from(turn_off.command.is_some());
        assert!(ways > 0 || !turn_off.ui.is_empty(), "{} says nothing", turn_off.id);
        for policy in &turn_off.policies {
            assert!(
                !policy.setting.en.is_empty() && !policy.setting.ja.is_empty(),
                "{}",
                turn_off.id
            );
            assert_eq!(
                policy.setting.en == policy.setting.ja,
                policy.folder.en == policy.folder.ja,
                "{}",
                turn_off.id
            );
        }
        for value in &turn_off.registry {
            assert!(
                !value.key.starts_with('\\') && !value.key.contains("..."),
                "{}: {}",
                turn_off.id,
                value.key
            );
        }
    }
}

#[test]
fn every_id_is_unique_and_every_reference_exists() {
    let catalogue = Catalogue::bundled();
    let unique = |ids: Vec<&str>| assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{ids:?}");
    unique(catalogue.features().iter().map(|it| it.id.as_str()).collect());
    unique(catalogue.turn_offs().iter().map(|it| it.id.as_str()).collect());
    unique(catalogue.sources().iter().map(|it| it.id.as_str()).collect());
    unique(
        catalogue
            .system_processes()
            .iter()
            .map(|it| it.image.as_str())
            .collect(),
    );
    unique(catalogue.shared_hosts().iter().map(|it| it.suffix.as_str()).collect());
    for feature in catalogue.features() {
        assert!(catalogue.source(&feature.source_id).is_some(), "{}", feature.id);
        for id in &feature.turn_off_ids {
            assert!(catalogue.turn_off(id).is_some(), "{} refers to {id}", feature.id);
        }
    }
    for endpoint in catalogue.endpoints() {
        for id in &endpoint.feature_ids {
            assert!(
                catalogue.feature(id).is_some(),
                "{} refers to {id}",
                endpoint.pattern.as_str()
            );
        }
    }
}

#[test]
fn every_feature_and_every_way_to_turn_it_off_is_used() {
    let catalogue = Catalogue::bundled();
    let used: HashSet<&String> = catalogue.endpoints().iter().flat_map(|it| &it.feature_ids).collect();
    for feature in catalogue.features() {
        assert!(used.contains(&feature.id), "no endpoint has the feature {}", feature.id);
    }
    let used: HashSet<&String> = catalogue.features().iter().flat_map(|it| &it.turn_off_ids).collect();
    for turn_off in catalogue.turn_offs() {
        assert!(
            used.contains(&turn_off.id),
            "no feature is turned off by {}",
            turn_off.id
        );
    }
}

#[test]
fn no_wildcard_lies_at_or_below_a_shared_suffix() {
    let catalogue = Catalogue::bundled();
    for endpoint in catalogue.endpoints().iter().filter(|it| !it.pattern.is_exact()) {
        let sample = endpoint.pattern.as_str().replace('*', "sample");
        assert_eq!(catalogue.shared_host(&sample).map(|it| &it.suffix), None, "{sample}");
    }
}

#[test]
fn every_documented_row_is_found_by_a_name_that_it_covers() {
    let catalogue = Catalogue::bundled();
    for endpoint in catalogue
        .endpoints()
        .iter()
        .filter(|it| it.support == Support::Documented)
    {
        let name = endpoint.pattern.as_str().replace('*', "x--x");
        let found = catalogue.endpoint(&name, endpoint.path.as_deref());
        assert_eq!(found.map(|it| it.endpoint), Some(endpoint), "{name}");
    }
}

#[test]
fn unverified_rows_are_kept_but_never_answered() {
    let catalogue = Catalogue::bundled();
    let unverified: Vec<_> = catalogue
        .endpoints()
        .iter()
        .filter(|it| it.support == Support::Unverified)
        .collect();
    assert!(!unverified.is_empty());
    for endpoint in unverified {
        let found = catalogue.endpoint(endpoint.pattern.as_str(), None);
        assert_ne!(
            found.map(|it| it.endpoint),
            Some(endpoint),
            "{}",
            endpoint.pattern.as_str()
        );
    }
}

#[test]
fn callers_are_normalised_and_a_closed_list_is_never_empty() {
    for feature in Catalogue::bundled().features() {
        for process in &feature.callers.processes {
            assert_eq!(process, &process.to_lowercase(), "{}", feature.id);
        }
        let closed = feature.callers.rule != CallerRule::Any;
        assert_eq!(closed, !feature.callers.processes.is_empty(), "{}", feature.id);
    }
}

#[test]
fn the_version_is_a_date() {
    let version = Catalogue::bundled().version();
    let parts: Vec<_> = version.split('-').map(str::len).collect();
    assert_eq!(parts, [4, 2, 2], "{version}");
}
