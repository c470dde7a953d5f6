//! The tables that hunting queries see, of generated evidence: the same in memory and on disk, in the order of time, with the
//! two rows of a proxied connection, and never a process that is only guessed.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up its files fails")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{TimestampMicrosecondType, TimestampNanosecondType};
use arrow_array::{Array as _, ArrayRef, PrimitiveArray, RecordBatch};
use arrow_schema::{Field, Schema};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use whotalks_case::{Case, HuntingRows, HuntingTable, NoProgress};
use whotalks_record::{Interner, Span, Text, Timestamp};
use whotalks_store::{CaseStore, Rebuild, WriterIdentity};
use whotalks_tables::hunting::{
    self, Coverage, DeviceEvents, DeviceInfo, DeviceNetworkEvents, DeviceProcessEvents, DnsTransactions, Endpoints,
    Evidence, FirewallFilters, Flows, HttpTransactions, Names, NetworkEventRow, Sockets, TimeSorted, TlsHandshakes,
};
use whotalks_testkit::scenario::{Knobs, Scenario};
use whotalks_testkit::sources::Sources;
use whotalks_testkit::write::write;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000, 0);

/// One host behind a proxy, with logs, listings and filters.
fn evidence(folder: &Path) -> PathBuf {
    let evidence = folder.join("evidence");
    fs::create_dir(&evidence).unwrap();
    let knobs = Knobs {
        page_visits: 30,
        proxy: true,
        blocked: true,
        sysmon: true,
        inbound: true,
        udp: true,
        command_lines: true,
        ..Knobs::calm()
    };
    write(&Scenario::generate(7, &knobs), &evidence, &Sources::all()).unwrap();
    evidence
}

fn ingest(case: &mut Case, path: &Path) {
    case.ingest(&[path.to_owned()], &mut NoProgress, NOW).unwrap();
}

fn in_memory(evidence: &Path) -> Case {
    let mut case = Case::in_memory();
    ingest(&mut case, evidence);
    case
}

fn rows<T: TimeSorted>(tables: &[HuntingTable]) -> Vec<T::Row> {
    let table = tables.iter().find(|table| table.description.name == T::NAME).unwrap();
    let mut texts = Interner::default();
    let batches = match &table.rows {
        HuntingRows::Batches(batches) => batches.clone(),
        HuntingRows::Files(files) => files.iter().flat_map(|file| read(file)).collect(),
        HuntingRows::Objects(objects) => panic!("{objects:?} where a folder was named"),
    };
    let rows = batches.iter().flat_map(|batch| {
        assert_eq!(batch.schema().fields(), table.schema().fields());
        T::rows(&in_nanoseconds(batch), &mut texts).unwrap()
    });
    rows.collect()
}

/// Tables hold microseconds, records nanoseconds.
fn in_nanoseconds(batch: &RecordBatch) -> RecordBatch {
    let columns = batch.columns().iter().map(|column| {
        let Some(times) = column.as_primitive_opt::<TimestampMicrosecondType>() else {
            return (Arc::clone(column), column.data_type().clone());
        };
        let times: PrimitiveArray<TimestampNanosecondType> = times.unary(|microseconds| microseconds * 1_000);
        let times = times.with_timezone("UTC");
        (Arc::new(times.clone()) as ArrayRef, times.data_type().clone())
    });
    let (columns, types): (Vec<_>, Vec<_>) = columns.unzip();
    let schema = batch.schema();
    let fields = schema.fields().iter().zip(types);
    let fields: Vec<Field> = fields
        .map(|(field, data_type)| field.as_ref().clone().with_data_type(data_type))
        .collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
}

fn read(path: &Path) -> Vec<RecordBatch> {
    let file = File::open(path).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    reader.map(Result::unwrap).collect()
}

fn same<T: TimeSorted>(one: &[HuntingTable], two: &[HuntingTable])
where
    T::Row: PartialEq + std::fmt::Debug,
{
    let (one, two) = (rows::<T>(one), rows::<T>(two));
    assert!(!one.is_empty(), "{} has no rows", T::NAME);
    assert!(one == two, "{} differs", T::NAME);
    assert!(one.is_sorted_by_key(|row| T::time(row)), "{} is not in order", T::NAME);
}

#[test]
fn a_case_on_disk_has_the_rows_of_a_case_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = evidence(folder.path());
    let one = in_memory(&evidence).hunting_tables(NOW).unwrap();
    let mut kept = Case::create(&folder.path().join("case")).unwrap();
    ingest(&mut kept, &evidence);
    let two = kept.hunting_tables(NOW).unwrap();

    let names = |tables: &[HuntingTable]| tables.iter().map(|table| table.description.name).collect::<Vec<_>>();
    let all: Vec<&str> = hunting::all().iter().map(|table| table.name).collect();
    assert_eq!((names(&one), names(&two)), (all.clone(), all));
    same::<DeviceNetworkEvents>(&one, &two);
    same::<DeviceEvents>(&one, &two);
    same::<DeviceProcessEvents>(&one, &two);
    same::<DeviceInfo>(&one, &two);
    same::<Flows>(&one, &two);
    same::<DnsTransactions>(&one, &two);
    same::<HttpTransactions>(&one, &two);
    same::<TlsHandshakes>(&one, &two);
    same::<Sockets>(&one, &two);
    same::<FirewallFilters>(&one, &two);
    same::<Names>(&one, &two);
    same::<Evidence>(&one, &two);
    same::<Coverage>(&one, &two);
    same::<Endpoints>(&one, &two);
}

#[test]
fn what_is_kept_is_used_until_the_evidence_changes() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = evidence(folder.path());
    let place = folder.path().join("case");
    let mut case = Case::create(&place).unwrap();
    ingest(&mut case, &evidence.join("capture.pcapng"));
    let first = case.hunting_tables(NOW).unwrap();
    assert!(rows::<DeviceProcessEvents>(&first).is_empty());
    let written = |place: &Path| {
        let files = fs::read_dir(place.join("hunting/DeviceNetworkEvents")).unwrap();
        let mut files: Vec<PathBuf> = files
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        files
    };
    let before = written(&place);
    assert_eq!(before.len(), 1);
    Case::open(&place).unwrap().hunting_tables(NOW).unwrap();
    assert_eq!(written(&place), before);

    ingest(&mut case, &evidence);
    let second = case.hunting_tables(NOW).unwrap();
    assert!(!rows::<DeviceProcessEvents>(&second).is_empty());
    assert_eq!(written(&place).len(), 2, "the last one stays for readers");
}

#[test]
fn a_case_that_another_one_rebuilds_is_answered_from_memory() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = evidence(folder.path());
    let place = folder.path().join("case");
    let mut case = Case::create(&place).unwrap();
    ingest(&mut case, &evidence);
    let store = CaseStore::open(&place).unwrap();
    let lock = Rebuild::take(&store, &WriterIdentity::this_process("other", NOW)).unwrap();
    let tables = case.hunting_tables(NOW).unwrap();
    drop(lock);
    assert!(!rows::<DeviceNetworkEvents>(&tables).is_empty());
    assert!(!place.join("hunting").exists());
    assert!(tables.iter().all(|table| matches!(table.rows, HuntingRows::Batches(_))));
}

/// Everything that tells one connection from another.
fn ends(row: &NetworkEventRow) -> impl Ord + use<> {
    (
        row.local_ip,
        row.local_port,
        row.remote_ip,
        row.remote_port,
        row.flow_id.clone(),
    )
}

#[test]
fn a_proxied_connection_has_the_plain_row_and_one_for_each_target() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = in_memory(&evidence(folder.path()));
    let tables = case.hunting_tables(NOW).unwrap();
    let rows = rows::<DeviceNetworkEvents>(&tables);
    let success = || {
        rows.iter()
            .filter(|row| row.action_type.as_deref() == Some("ConnectionSuccess"))
    };
    let is_asked = |row: &&NetworkEventRow| row.url_evidence.as_deref().is_some_and(|how| how.starts_with("proxy-"));
    let plain: BTreeMap<_, &NetworkEventRow> = success()
        .filter(|row| !is_asked(row))
        .map(|row| (ends(row), row))
        .collect();
    let mut pairs = 0;
    for asked in success().filter(is_asked) {
        let plain = plain.get(&ends(asked)).expect("the plain row of a proxied connection");
        assert_eq!(plain.remote_url, None);
        assert!(asked.remote_url.is_some());
        assert_eq!(plain.initiating_process_id, asked.initiating_process_id);
        assert_eq!(plain.initiating_process_file_name, asked.initiating_process_file_name);
        assert_eq!(
            plain.initiating_process_account_name,
            asked.initiating_process_account_name
        );
        pairs += usize::from(asked.initiating_process_account_name.is_some());
    }
    assert!(pairs > 5, "only {pairs} pairs with a process and a user");
}

#[test]
fn columns_of_process_and_name_are_filled_only_where_they_are_proved() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = in_memory(&evidence(folder.path()));
    let tables = case.hunting_tables(NOW).unwrap();
    let rows = rows::<DeviceNetworkEvents>(&tables);
    let (mut known, mut unknown) = (0, 0);
    for row in &rows {
        let proved = matches!(row.process_grade.as_deref(), Some("observed" | "derived"));
        let named = row.initiating_process_id.is_some() || row.initiating_process_file_name.is_some();
        assert!(proved || !named, "{row:?}");
        let sure = matches!(row.url_grade.as_deref(), Some("observed" | "derived"));
        assert!(sure || row.remote_url.is_none(), "{row:?}");
        let span = row.span.as_deref().and_then(|span| span.parse::<Span>().ok());
        assert!(span.is_some(), "every row can be explained: {row:?}");
        known += usize::from(named);
        unknown += usize::from(!named);
    }
    assert!(known > 20 && unknown > 20, "{known} known, {unknown} unknown");
}

#[test]
fn actions_have_the_words_of_defender() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = in_memory(&evidence(folder.path()));
    let tables = case.hunting_tables(NOW).unwrap();
    let count = |actions: Vec<Option<Text>>| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for action in actions {
            *counts.entry(action.unwrap().to_string()).or_default() += 1;
        }
        counts
    };
    let network = rows::<DeviceNetworkEvents>(&tables);
    let network = count(network.into_iter().map(|row| row.action_type).collect());
    for action in [
        "ConnectionSuccess",
        "ConnectionFailed",
        "InboundConnectionAccepted",
        "ListeningConnectionCreated",
        "DnsConnectionInspected",
        "HttpConnectionInspected",
        "SslConnectionInspected",
    ] {
        assert!(network.contains_key(action), "{action} is not in {network:?}");
    }
    let device = rows::<DeviceEvents>(&tables);
    assert!(device.iter().all(|row| row.additional_fields.is_some()));
    let device = count(device.into_iter().map(|row| row.action_type).collect());
    assert!(device.contains_key("FirewallOutboundConnectionBlocked"), "{device:?}");
    assert!(device.contains_key("DnsQueryResponse"), "{device:?}");
}
