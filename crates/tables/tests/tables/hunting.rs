//! The hunting tables: Microsoft's columns exactly, ours after them, and types that queries know.

use std::path::Path;

use whotalks_tables::hunting::{self, Flavour, Kept, TimeSorted};
use whotalks_tables::{KustoType, TableDescription};

/// Microsoft's tables as they were published, in a compact form of ours.
const SNAPSHOT: &str = include_str!("../../testdata/defender-schema.txt");

/// Microsoft's tables as they lie beside the project, where they do.
const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/kql/schema.json");

type Columns = Vec<(String, String)>;

fn snapshot() -> Vec<(String, Columns)> {
    let mut tables: Vec<(String, Columns)> = Vec::new();
    for line in SNAPSHOT.lines().filter(|line| !line.starts_with('#')) {
        match (line.strip_prefix("  "), tables.last_mut()) {
            (Some(column), Some((_, columns))) => {
                let (name, kind) = column.split_once(' ').unwrap();
                columns.push((name.to_owned(), kind.to_owned()));
            }
            _ => tables.push((line.to_owned(), Vec::new())),
        }
    }
    tables
}

/// The columns of one table of a published schema; the last names are those of this table alone.
fn published(text: &str, table: &str) -> Columns {
    let from = text.find(&format!("\"{table}\": [")).unwrap();
    let rest = &text[from..];
    let end = rest.find("\n ]").unwrap_or(rest.len());
    let value = |line: &str, key: &str| {
        let rest = line.trim().strip_prefix(&format!("\"{key}\": \""))?;
        Some(rest.split('"').next()?.to_owned())
    };
    let lines = || rest[..end].lines();
    let names = lines().filter_map(|line| value(line, "name"));
    let types = lines().filter_map(|line| value(line, "type"));
    names.zip(types.map(|kind| kind.replace("boolean", "bool"))).collect()
}

fn theirs(table: &TableDescription) -> Columns {
    let columns = table.columns.iter().filter(|column| !column.added);
    columns
        .map(|column| (column.name.to_owned(), column.kusto.name().to_owned()))
        .collect()
}

#[test]
fn the_tables_of_defender_have_exactly_their_columns_and_ours_after_them() {
    let described = hunting::microsoft();
    let snapshot = snapshot();
    assert_eq!(described.len(), snapshot.len());
    for (name, columns) in &snapshot {
        let table = described.iter().find(|table| table.name == name).unwrap();
        assert_eq!(&theirs(table), columns, "{name}");
        let added: Vec<bool> = table.columns.iter().map(|column| column.added).collect();
        assert!(added.is_sorted(), "{name}: ours stand after theirs");
        assert_eq!(table.columns.last().map(|column| column.name), Some("Span"), "{name}");
    }
}

#[test]
fn the_snapshot_is_what_was_published() {
    let Ok(text) = std::fs::read_to_string(Path::new(PUBLISHED)) else {
        eprintln!("skipped: {PUBLISHED} is not there");
        return;
    };
    for (name, columns) in snapshot() {
        assert_eq!(published(&text, &name), columns, "{name}");
    }
}

#[test]
fn every_column_is_flat_nullable_and_has_a_text() {
    for table in hunting::all() {
        assert!(table.doc.ends_with('.'), "{}", table.name);
        let mut names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        names.sort_unstable();
        assert!(
            names.windows(2).all(|pair| pair[0] != pair[1]),
            "{}: {names:?}",
            table.name
        );
        for column in &table.columns {
            let place = format!("{}.{}", table.name, column.name);
            assert!(
                column.doc.len() > 8 && column.doc.ends_with('.'),
                "{place}: {}",
                column.doc
            );
            assert!(column.nullable, "{place}");
            assert_eq!(column.data_type, stored_as(column.kusto), "{place}");
        }
    }
}

fn stored_as(kusto: KustoType) -> arrow_schema::DataType {
    use arrow_schema::{DataType, TimeUnit};
    match kusto {
        KustoType::Bool => DataType::Boolean,
        KustoType::Int => DataType::Int32,
        KustoType::Long => DataType::Int64,
        KustoType::Real => DataType::Float64,
        KustoType::DateTime => DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())),
        _ => DataType::Utf8,
    }
}

#[test]
fn a_filled_table_builds_a_batch_of_its_description() {
    fn one<T: TimeSorted>() -> &'static str
    where
        T::Row: Default,
    {
        let mut builder = T::builder();
        builder.append(&T::Row::default());
        let batch = builder.finish();
        let described = hunting::all().into_iter().find(|table| table.name == T::NAME).unwrap();
        assert_eq!(batch.schema(), described.schema(), "{}", T::NAME);
        assert_eq!(batch.num_rows(), 1, "{}", T::NAME);
        T::NAME
    }
    let filled = [
        one::<hunting::DeviceNetworkEvents>(),
        one::<hunting::DeviceEvents>(),
        one::<hunting::DeviceProcessEvents>(),
        one::<hunting::DeviceNetworkInfo>(),
        one::<hunting::DeviceInfo>(),
        one::<hunting::Flows>(),
        one::<hunting::DnsTransactions>(),
        one::<hunting::HttpTransactions>(),
        one::<hunting::TlsHandshakes>(),
        one::<hunting::Sockets>(),
        one::<hunting::NetworkCounters>(),
        one::<hunting::FirewallFilters>(),
        one::<hunting::Endpoints>(),
        one::<hunting::Names>(),
        one::<hunting::Evidence>(),
        one::<hunting::Coverage>(),
    ];
    assert_eq!(filled.len(), 16);
}

#[test]
fn the_flavour_of_sentinel_renames_the_time_and_reads_the_fields_of_microsofts_tables_only() {
    for kept in hunting::all() {
        let view = Flavour::Sentinel.view(&kept);
        let ours = !hunting::is_microsoft(kept.name);
        assert_eq!(view == Flavour::Xdr.view(&kept), ours, "{}", kept.name);
        for (reading, (seen, stored)) in view
            .columns
            .iter()
            .zip(view.description.columns.iter().zip(&kept.columns))
        {
            assert_eq!((reading.name, reading.kept), (seen.name, Kept::As(stored.name)));
            assert_eq!(
                reading.parses_json,
                seen.kusto != stored.kusto,
                "{}.{}",
                kept.name,
                seen.name
            );
        }
    }
    let network = &hunting::microsoft()[0];
    let view = Flavour::Sentinel.view(network);
    assert_eq!(view.columns[0].name, "TimeGenerated");
    let fields = view
        .description
        .columns
        .iter()
        .find(|column| column.name == "AdditionalFields");
    assert_eq!(fields.map(|column| column.kusto), Some(KustoType::Dynamic));
}

#[test]
fn the_flavour_of_sentinel_has_the_columns_of_a_workspace_behind_those_that_are_kept() {
    for kept in hunting::microsoft() {
        let view = Flavour::Sentinel.view(&kept);
        assert_eq!(view.columns.len(), view.description.columns.len());
        let further = view.columns.get(kept.columns.len()..).unwrap();
        let names: Vec<_> = further.iter().map(|reading| reading.name).collect();
        let groups: &[&str] = match kept.name {
            "DeviceInfo" | "AlertInfo" | "AlertEvidence" => &[],
            _ => &["MachineGroup"],
        };
        let mut wanted = vec!["Timestamp"];
        wanted.extend(groups);
        wanted.extend(["TenantId", "Type", "SourceSystem", "_IsBillable", "_BilledSize"]);
        assert_eq!(names, wanted, "{}", kept.name);
        let mut all: Vec<_> = view.columns.iter().map(|reading| reading.name).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), view.columns.len(), "{}: no name twice", kept.name);
        for reading in further {
            let text = hunting::column_in_japanese(kept.name, reading.name);
            assert!(text.is_some(), "{}.{}", kept.name, reading.name);
        }
    }
}

#[test]
fn every_table_and_column_has_a_japanese_text() {
    let is_japanese = |text: &str| !text.is_ascii();
    for table in hunting::all() {
        let text = hunting::table_in_japanese(table.name);
        assert!(text.is_some_and(is_japanese), "{}", table.name);
        for column in &table.columns {
            let text = hunting::column_in_japanese(table.name, column.name);
            assert!(text.is_some_and(is_japanese), "{}.{}", table.name, column.name);
        }
    }
    assert_eq!(hunting::column_in_japanese("Flows", "NoSuchColumn"), None);
}
