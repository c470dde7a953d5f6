//! What queries may read beside the evidence: files for `externaldata`, and a database of places.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use whotalks_testkit::places::{NetworkPlace, place_database};

use crate::support::{Ran, example, run};

/// What spreadsheets want at the head of CSV.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Two networks, one within the other, and one of IPv6 of which little is known.
fn places() -> Vec<NetworkPlace<'static>> {
    let network = |network: &str, prefix_bits, country, state, city, position| NetworkPlace {
        network: network.parse().unwrap(),
        prefix_bits,
        country,
        state,
        city,
        position,
    };
    vec![
        network("198.51.100.0", 25, "Japan", "Osaka", "Sakai", Some((34.57, 135.48))),
        network("198.51.100.128", 25, "Japan", "", "", None),
        network("2001:db8::", 32, "Iceland", "", "", Some((65.0, -18.0))),
    ]
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn hunt(query: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["hunt", query, example().to_str().unwrap(), "--lang", "en"];
    arguments.extend(more);
    run(&arguments)
}

#[test]
fn addresses_have_places_where_a_database_is_named() {
    let folder = TempDir::new().unwrap();
    let file = written(folder.path(), "city.mmdb", &place_database("GeoLite2-City", &places()));
    let query = r#"datatable(Address: string)["198.51.100.7", "198.51.100.200", "2001:db8::1", "203.0.113.1", "no address", ""]
        | extend Place = geo_info_from_ip_address(Address)
        | project Address, Place, Country = tostring(Place.country)"#;
    let answer = hunt(query, &["--places", file.to_str().unwrap(), "--csv"]);
    assert_eq!(
        answer
            .out
            .trim_start_matches(BYTE_ORDER_MARK)
            .lines()
            .collect::<Vec<_>>(),
        [
            "Address,Place,Country",
            r#"198.51.100.7,"{""country"":""Japan"",""state"":""Osaka"",""city"":""Sakai"",""latitude"":34.57,""longitude"":135.48}",Japan"#,
            r#"198.51.100.200,"{""country"":""Japan""}",Japan"#,
            r#"2001:db8::1,"{""country"":""Iceland"",""latitude"":65.0,""longitude"":-18.0}",Iceland"#,
            "203.0.113.1,,",
            "no address,,",
            ",,",
        ],
        "{}",
        answer.err
    );
    assert_eq!(answer.err, "", "nothing is missing");
}

#[test]
fn a_file_that_holds_no_places_is_refused_with_the_reason() {
    let folder = TempDir::new().unwrap();
    let networks = written(folder.path(), "asn.mmdb", &place_database("GeoLite2-ASN", &places()));
    let other = written(folder.path(), "notes.txt", b"no database");
    for (file, reason) in [
        (networks.as_path(), "GeoLite2-ASN"),
        (other.as_path(), "no database in the format of MaxMind"),
        (Path::new("does-not-exist.mmdb"), "does-not-exist.mmdb"),
    ] {
        let refused = hunt("print 1", &["--places", file.to_str().unwrap()]);
        assert_eq!(refused.code, 2, "{}", refused.out);
        assert!(refused.err.contains(reason), "{reason} in {}", refused.err);
    }
}

#[test]
fn a_list_from_elsewhere_is_read_from_the_file_that_is_named_for_it() {
    let folder = TempDir::new().unwrap();
    let list = written(
        folder.path(),
        "list.csv",
        b"name,kind\nevil.example,c2\nbad.example,phish\n",
    );
    let location = "https://lists.example.org/get?format=csv";
    let query = format!(
        r#"externaldata(name: string, class: string)["{location}"] with (format="csv", ignoreFirstRecord=true) | where class == "c2" | project name"#
    );
    let without = hunt(&query, &["--csv"]);
    assert!(without.err.contains("--external"), "{}", without.err);
    let with = hunt(
        &query,
        &["--csv", "--external", &format!("{location}={}", list.display())],
    );
    assert_eq!(
        with.out.trim_start_matches(BYTE_ORDER_MARK).lines().collect::<Vec<_>>(),
        ["name", "evil.example"]
    );
    assert_eq!(with.err, "");
    let missing = hunt(&query, &["--external", &format!("{location}=not-here.csv")]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("not-here.csv"), "{}", missing.err);
}
