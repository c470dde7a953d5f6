//! `whotalks schema`: the tables that hunting queries see.

use serde_json::Value;

use crate::support::whotalks;

fn output(arguments: &[&str]) -> String {
    let output = whotalks().args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_tables_are_listed_in_both_languages() {
    let english = output(&["schema", "--lang", "en"]);
    let japanese = output(&["schema", "--lang", "ja"]);
    for table in ["DeviceNetworkEvents", "AlertEvidence", "Flows", "Coverage"] {
        assert!(english.contains(table) && japanese.contains(table), "{table}");
    }
    assert!(english.contains("Tables of Microsoft Defender"));
    assert!(japanese.contains("ソケット一覧の推移"));
}

#[test]
fn the_columns_of_a_table_have_types_units_and_marks() {
    let text = output(&["schema", "devicenetworkevents", "--lang", "en", "--wide"]);
    let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
    assert!(line("RemotePort ").contains("int"));
    assert!(line("+ SentBytes ").contains("bytes"));
    assert!(line("Timestamp ").contains("datetime"));
    let sentinel = output(&["schema", "DeviceNetworkEvents", "--flavour", "sentinel", "--lang", "ja"]);
    assert!(sentinel.contains("TimeGenerated") && sentinel.contains("発生日時"));
}

#[test]
fn programs_get_every_table_with_both_texts() {
    let document: Value = serde_json::from_str(&output(&["schema", "--json"])).unwrap();
    assert_eq!(document["kind"], "schema");
    let tables = document["tables"].as_array().unwrap();
    assert_eq!(tables.len(), 23);
    let columns = tables.iter().flat_map(|table| table["columns"].as_array().unwrap());
    for column in columns {
        assert!(
            column["text"]["en"].is_string() && column["text"]["ja"].is_string(),
            "{column}"
        );
    }
    let sentinel = output(&["schema", "DeviceEvents", "--flavour", "sentinel", "--json"]);
    let document: Value = serde_json::from_str(&sentinel).unwrap();
    let columns = document["tables"][0]["columns"].as_array().unwrap();
    assert_eq!(columns[0]["name"], "TimeGenerated");
    let fields = columns
        .iter()
        .find(|column| column["name"] == "AdditionalFields")
        .unwrap();
    assert_eq!(fields["type"], "dynamic");
}

#[test]
fn a_table_that_there_is_not_is_an_error_with_a_hint() {
    let output = whotalks()
        .args(["schema", "NoSuchTable", "--lang", "en"])
        .output()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("NoSuchTable") && said.contains("whotalks schema"),
        "{said}"
    );
}
