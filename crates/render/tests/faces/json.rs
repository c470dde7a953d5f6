//! The JSON face.

use serde_json::Value;
use whotalks_render::json;

use crate::fixture;

fn pretty(value: &Value) -> String {
    // Another crate may switch serde_json to keep the order of insertion; the order of fields is no part of the shape.
    let mut sorted = value.clone();
    sorted.sort_all_objects();
    serde_json::to_string_pretty(&sorted).unwrap()
}

#[test]
fn overview() {
    insta::assert_snapshot!(pretty(&json::overview(&fixture::overview())));
}

#[test]
fn answer() {
    insta::assert_snapshot!(pretty(&json::answer(&fixture::answer())));
}

#[test]
fn evidence() {
    insta::assert_snapshot!(pretty(&json::evidence(
        &fixture::overview().evidence,
        &fixture::overview().bundles
    )));
}

#[test]
fn every_document_states_its_version_and_kind() {
    let documents = [
        ("overview", json::overview(&fixture::overview())),
        ("answer", json::answer(&fixture::answer())),
        ("evidence", json::evidence(&[], &[])),
    ];
    for (kind, document) in documents {
        assert_eq!(document["version"], json::VERSION, "{kind}");
        assert_eq!(document["kind"], kind);
    }
}

#[test]
fn hostile_texts_are_quoted_as_they_are() {
    let document = json::overview(&fixture::hostile_overview());
    let read_back: Value = serde_json::from_str(&pretty(&document)).unwrap();
    assert_eq!(read_back["evidence"][0]["path"], fixture::HOSTILE);
}

#[test]
fn what_is_not_known_is_null_and_not_zero() {
    let document = json::overview(&fixture::overview());
    assert_eq!(document["endpoints"][1]["sent_bytes"], Value::Null);
    assert_eq!(document["endpoints"][1]["name"], Value::Null);
}

/// All names of fields in a document.
fn fields(value: &Value, found: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                found.insert(name.clone());
                fields(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
        _ => {}
    }
}

#[test]
fn every_field_is_on_the_page_of_documentation() {
    let page = include_str!("../../../../docs/json.md");
    let mut found = std::collections::BTreeSet::new();
    fields(&json::overview(&fixture::overview()), &mut found);
    fields(&json::answer(&fixture::answer()), &mut found);
    assert!(found.len() > 100, "{}", found.len());
    for field in found {
        assert!(page.contains(&format!("`{field}`")), "{field}");
    }
}
