//! Plans that were sent give what they give where they were made.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its files fails")]

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use whotalks_kql_codec::{CodecError, NoSurroundings, Surroundings, decode, encode};
use whotalks_kql_plan::values::{DateTime, KustoType};
use whotalks_kql_plan::{
    Column, Embedded, Limits, NoTables, Place, Places, Planned, Question, ReadRange, RemoteFiles, Source, TableSet,
    Tables, Unwatched,
};

use datafusion::arrow::array::{Int64Array, RecordBatch, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::parquet::arrow::ArrowWriter;

fn engine() -> Embedded {
    let limits = Limits {
        memory_bytes: 256 << 20,
        threads: NonZeroUsize::MIN,
        time: Some(Duration::from_secs(60)),
    };
    Embedded::new(limits).unwrap()
}

fn planned(engine: &Embedded, text: &str, tables: &dyn Tables) -> Option<Planned> {
    let question = Question {
        text,
        parameters: &[],
        now: DateTime::UNIX_EPOCH,
    };
    engine.plan(&question, tables).ok()
}

/// Columns and rows; or why there are none.
fn told(engine: &Embedded, planned: Planned) -> String {
    let answer = match engine.run(planned, &mut Unwatched) {
        Ok(answer) => answer,
        Err(error) => return format!("error: {error}"),
    };
    let mut told = format!("{:?}", answer.columns);
    answer.for_each_row(|row| told += &format!("\n{row:?}"));
    told
}

/// What a plan gives here, and what it gives once it was sent to another engine.
fn both(here: &Embedded, there: &Embedded, planned: &Planned, surroundings: Arc<dyn Surroundings>) -> (String, String) {
    let sent = encode(planned).and_then(|bytes| decode(&bytes, surroundings));
    let sent = match sent {
        Ok(received) => told(there, received),
        Err(error) => format!("not sent: {error}"),
    };
    (told(here, planned.clone()), sent)
}

/// The queries that do not give the same once they are sent, and how many were compared.
fn compared(queries: impl Iterator<Item = String>) -> (usize, Vec<String>) {
    let (here, there) = (engine(), engine());
    let mut differ = Vec::new();
    let mut count = 0;
    for query in queries {
        let Some(planned) = planned(&here, &query, &NoTables) else {
            continue;
        };
        count += 1;
        let (before, after) = both(&here, &there, &planned, Arc::new(NoSurroundings));
        // What changes by itself from one run to the next says nothing.
        if before != after && before == told(&here, planned) {
            differ.push(format!("{query}\n  here:  {before}\n  there: {after}"));
        }
    }
    (count, differ)
}

#[test]
fn every_golden_query_gives_the_same_once_it_is_sent() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kql-plan/tests/answers");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let (count, differ) = compared(paths.iter().map(|path| std::fs::read_to_string(path).unwrap()));
    assert!(count > 20, "{count} queries");
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// Every function and aggregation of ours, over rows so that nothing is worked out beforehand.
#[test]
fn functions_of_every_kind_give_the_same_once_they_are_sent() {
    let rows = "datatable(t: datetime, g: string, n: long, r: real, d: dynamic) [
        datetime(2026-01-01 00:00), 'a', 1, 1.5, dynamic({'k': [1, 2], 'x': 'name=value;other=2'}),
        datetime(2026-01-01 00:10), 'b', 2, 2.5, dynamic({'k': [3]}),
        datetime(2026-01-01 02:00), 'a', 3, 0.5, dynamic(null)]";
    let queries = [
        "extend p = parse_url(strcat('https://', g, '.example/x?n=', n)), h = hash_sha256(g), i = iff(n > 1, g, 'one')",
        "extend x = tostring(d.x) | parse-kv x as (name: string, other: long) with (pair_delimiter=';', kv_delimiter='=')",
        "extend x = strcat(g, '-', n) | parse x with left: string '-' right: long",
        "mv-expand with_itemindex=i k = d.k to typeof(long) limit 2",
        "summarize dcount(g), arg_max(t, *), make_list(n), make_set(g), make_bag(d)",
        "summarize stdev(r), variancep(n), percentile(r, 50), percentiles_array(n, 25, 75), buildschema(d) by g",
        "summarize min(r), max(d), binary_all_or(n), covariance(r, n), take_any(g), countif(n > 1), sumif(n, r > 1)",
        "summarize h = hll(g), s = tdigest(r) by g | summarize dcount_hll(hll_merge(h)), percentile_tdigest(tdigest_merge(s), 50)",
        "sort by t asc | extend a = prev(n), b = next(g, 1, 'none'), c = row_number(), s = row_cumsum(n), w = row_window_session(t, 1h, 30m)",
        "make-series s = sum(n) default = 0 on t from datetime(2026-01-01) to datetime(2026-01-01 03:00) step 1h by g | extend f = series_stats_dynamic(s)",
        "join kind=leftouter (datatable(g: string, w: string) ['a', 'first']) on g | where isnotempty(w) or g in ('b', 'c')",
        "where g matches regex '[ab]' and g !has 'z' and n between (1 .. 3) | top 2 by r desc | project-rename m = n",
        "union (print g = 'z') | partition by g (summarize n = count() by g) | sort by g asc",
        "summarize by bin(t, 1h), dt = typeof(string) | count",
        "scan declare (total: long = 0) with (step s: true => total = total + n;)",
    ];
    let (count, differ) = compared(queries.iter().map(|query| format!("{rows} | {query}")));
    assert!(count >= queries.len() - 1, "{count} queries");
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[derive(Deserialize)]
struct Recorded {
    query: String,
}

#[test]
fn recorded_queries_give_the_same_once_they_are_sent() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/kql/conformance/cases.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: no recorded queries at {}", path.display());
        return;
    };
    let recorded: Vec<Recorded> = serde_json::from_str(&text).unwrap();
    let (count, differ) = compared(recorded.into_iter().map(|recorded| recorded.query));
    assert!(count > 1_000, "{count} queries");
    assert!(differ.is_empty(), "{} of {count}:\n{}", differ.len(), differ.join("\n"));
}

#[test]
fn a_plan_of_many_operators_is_sent() {
    let mut query = "print n = 0".to_owned();
    (0..60).for_each(|number| query += &format!(" | extend n = n + {number} | where n >= 0"));
    let (count, differ) = compared(std::iter::once(query));
    assert_eq!((count, differ), (1, Vec::new()));
}

#[test]
fn a_long_plan_is_the_same_once_it_is_sent_and_a_longer_one_is_refused() {
    let mut query = "print n = 0".to_owned();
    (0..900).for_each(|number| query += &format!(" | where n >= {number}"));
    let planned = planned(&engine(), &query, &NoTables).unwrap();
    let received = decode(&encode(&planned).unwrap(), Arc::new(NoSurroundings)).unwrap();
    assert_eq!(received.columns, planned.columns);
    assert_eq!(
        received.plan.display_indent().to_string(),
        planned.plan.display_indent().to_string()
    );
    (0..900).for_each(|number| query += &format!(" | where n >= {number}"));
    let longer = self::planned(&engine(), &query, &NoTables).unwrap();
    assert!(matches!(encode(&longer), Err(CodecError::TooLong(_))));
}

fn batch() -> RecordBatch {
    let fields = vec![
        Field::new("Name", DataType::Utf8, false),
        Field::new("Count", DataType::Int64, true),
    ];
    let names = StringArray::from_iter_values(["a.example", "b.example", "c.test"]);
    let counts = Int64Array::from(vec![Some(1), None, Some(3)]);
    RecordBatch::try_new(Arc::new(Schema::new(fields)), vec![Arc::new(names), Arc::new(counts)]).unwrap()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("Name", KustoType::String),
        Column::new("Count", KustoType::Long),
    ]
}

fn parquet() -> Vec<u8> {
    let batch = batch();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

/// A computer that can read one place.
#[derive(Debug)]
struct There {
    file: Vec<u8>,
}

impl Surroundings for There {
    fn places(&self) -> Option<Arc<dyn Places>> {
        Some(Arc::new(Everywhere))
    }

    fn reader(&self, place: &str) -> Option<Arc<ReadRange>> {
        let file = self.file.clone();
        (place == "bucket.table").then(|| reader(file))
    }
}

#[derive(Debug)]
struct Everywhere;

impl Places for Everywhere {
    fn place(&self, address: std::net::IpAddr) -> Option<Place> {
        Some(Place {
            city: Some(address.to_string()),
            ..Place::default()
        })
    }
}

fn reader(file: Vec<u8>) -> Arc<ReadRange> {
    Arc::new(move |_, range| {
        let range = usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap();
        file.get(range)
            .map(<[u8]>::to_vec)
            .ok_or_else(|| "beyond the file".to_owned())
    })
}

const QUERY: &str = "T | where Name has 'example' | summarize sum(Count), count(), make_set(Name)";

#[test]
fn tables_in_memory_in_files_and_elsewhere_are_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.parquet");
    std::fs::write(&path, parquet()).unwrap();
    let remote = RemoteFiles {
        name: "bucket.table".to_owned(),
        files: vec![("t/1.parquet".to_owned(), parquet().len() as u64)],
        read: reader(parquet()),
    };
    let schema = batch().schema();
    let sources = [
        Source::of_batches(columns(), schema.clone(), vec![batch()]).unwrap(),
        Source::of_files(columns(), schema.clone(), &[path]).unwrap(),
        Source::of_remote(columns(), schema, remote).unwrap(),
    ];
    let (here, there) = (engine(), engine());
    for source in sources {
        let two = vec![("one".to_owned(), source.clone()), ("two".to_owned(), source.clone())];
        for source in [source, Source::together("T", "CaseId", two).unwrap()] {
            let mut tables = TableSet::default();
            tables.insert("T", source);
            let planned = planned(&here, QUERY, &tables).unwrap();
            let (before, after) = both(&here, &there, &planned, Arc::new(There { file: parquet() }));
            assert_eq!(before, after);
            assert!(
                before.contains("Long(1), Long(2)") || before.contains("Long(2), Long(4)"),
                "{before}"
            );
        }
    }
}

#[test]
fn what_is_not_there_is_named() {
    let remote = RemoteFiles {
        name: "bucket.table".to_owned(),
        files: vec![("t/1.parquet".to_owned(), parquet().len() as u64)],
        read: reader(parquet()),
    };
    let mut tables = TableSet::default();
    tables.set_places(Arc::new(Everywhere));
    tables.insert("T", Source::of_remote(columns(), batch().schema(), remote).unwrap());
    let here = engine();
    let refused = |query: &str| {
        let sent = encode(&planned(&here, query, &tables).unwrap()).unwrap();
        decode(&sent, Arc::new(NoSurroundings)).unwrap_err().to_string()
    };
    assert!(refused(QUERY).contains("bucket.table"), "{}", refused(QUERY));
    let places = "datatable(a: string) ['192.0.2.1'] | extend geo_info_from_ip_address(a)";
    assert!(refused(places).contains("database of places"), "{}", refused(places));
    let sent = encode(&planned(&here, places, &tables).unwrap()).unwrap();
    let received = decode(&sent, Arc::new(There { file: Vec::new() })).unwrap();
    assert!(told(&here, received).contains("192.0.2.1"));
}

#[test]
fn what_is_cut_short_is_no_plan() {
    let whole = encode(&planned(&engine(), "print n = 1 | extend m = n + 1", &NoTables).unwrap()).unwrap();
    assert!(decode(&whole, Arc::new(NoSurroundings)).is_ok());
    for length in 0..whole.len() {
        let cut = decode(whole.get(..length).unwrap(), Arc::new(NoSurroundings));
        assert!(cut.is_err(), "{length} of {} bytes", whole.len());
    }
    assert!(matches!(
        decode(b"another message of another program", Arc::new(NoSurroundings)),
        Err(CodecError::NotAPlan)
    ));
}
