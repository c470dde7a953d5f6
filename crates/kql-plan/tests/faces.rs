//! What faces ask for beside the rows: parameters, plans, pictures, completion, files, several tables as one.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its files fails")]

use std::num::NonZeroUsize;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray, TimestampNanosecondArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use datafusion::parquet::file::properties::WriterProperties;
use whotalks_kql_plan::chart::{Axis, Picture, Undrawable};
use whotalks_kql_plan::completion::{CandidateKind, Completer};
use whotalks_kql_plan::values::{DateTime, KustoType, Value};
use whotalks_kql_plan::{
    Answer, Column, Embedded, Limits, NoTables, Parameter, ParquetFailure, PlanProblem, Progress, Question, Source,
    StepKind, TableSet, Watch,
};

fn engine() -> Embedded {
    let limits = Limits {
        memory_bytes: 256 << 20,
        threads: NonZeroUsize::new(2).unwrap(),
        time: None,
    };
    Embedded::new(limits).unwrap()
}

fn schema() -> SchemaRef {
    let time = DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into()));
    Arc::new(Schema::new(vec![
        Field::new("Timestamp", time, true),
        Field::new("RemoteIP", DataType::Utf8, true),
        Field::new("SentBytes", DataType::Int64, true),
    ]))
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("Timestamp", KustoType::DateTime),
        Column::new("RemoteIP", KustoType::String),
        Column::new("SentBytes", KustoType::Long),
    ]
}

/// Rows a second apart; row `n` sends `n` bytes to one of four addresses.
fn batch(first: i64, rows: i64) -> RecordBatch {
    let numbers = first..first + rows;
    let times = TimestampNanosecondArray::from_iter_values(numbers.clone().map(|number| number * 1_000_000_000));
    let addresses = numbers.clone().map(|number| format!("192.0.2.{}", number % 4));
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(times.with_timezone("UTC")),
        Arc::new(StringArray::from_iter_values(addresses)),
        Arc::new(Int64Array::from_iter_values(numbers)),
    ];
    RecordBatch::try_new(schema(), arrays).unwrap()
}

fn in_memory(first: i64, rows: i64) -> Source {
    Source::of_batches(columns(), schema(), vec![batch(first, rows)]).unwrap()
}

fn tables() -> TableSet {
    let mut tables = TableSet::default();
    tables.insert("Events", in_memory(0, 100));
    tables
}

fn ask(text: &str, tables: &TableSet) -> Answer {
    engine().query(text, tables, DateTime::UNIX_EPOCH).unwrap()
}

fn rows(answer: &Answer) -> Vec<Vec<Value<'static>>> {
    let mut rows = Vec::new();
    answer.for_each_row(|cells| rows.push(cells.iter().cloned().map(Value::into_owned).collect()));
    rows
}

#[test]
fn a_parameter_is_a_value_and_never_a_part_of_the_text() {
    let hostile = "192.0.2.1\" or true; Events //";
    let with = |value: &str| {
        let parameters = [Parameter {
            name: "address".to_owned(),
            kusto_type: KustoType::String,
            value: Value::String(value.to_owned().into()),
        }];
        let question = Question {
            text: "Events | where RemoteIP == address | count",
            parameters: &parameters,
            now: DateTime::UNIX_EPOCH,
        };
        let answer = engine()
            .ask(&question, &tables(), &mut whotalks_kql_plan::Unwatched)
            .unwrap();
        rows(&answer)
    };
    assert_eq!(with("192.0.2.1"), [[Value::Long(25)]]);
    assert_eq!(with(hostile), [[Value::Long(0)]]);
}

struct Stops;

impl Watch for Stops {
    fn goes_on(&mut self, _: Progress) -> bool {
        false
    }
}

#[test]
fn whoever_looks_on_can_stop_a_query() {
    let question = Question {
        text: "range a from 1 to 3000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 3000 step 1 | extend k = 1) on k | join kind=inner (range c from 1 to 3000 step 1 | extend k = 1) on k | summarize sum(a * b * c)",
        parameters: &[],
        now: DateTime::UNIX_EPOCH,
    };
    let error = engine().ask(&question, &NoTables, &mut Stops).unwrap_err();
    assert_eq!(error.problem, PlanProblem::Cancelled);
}

#[test]
fn tables_of_several_cases_are_one_with_a_column_that_tells_them_apart() {
    let mut tables = TableSet::default();
    let parts = vec![
        ("one".to_owned(), in_memory(0, 10)),
        ("two".to_owned(), in_memory(100, 20)),
    ];
    tables.insert("Events", Source::together("Events", "CaseId", parts).unwrap());
    let answer = ask(
        "Events | summarize count(), min(SentBytes) by CaseId | sort by CaseId asc",
        &tables,
    );
    let row = |name: &str, count, least| {
        vec![
            Value::String(name.to_owned().into()),
            Value::Long(count),
            Value::Long(least),
        ]
    };
    assert_eq!(rows(&answer), [row("one", 10, 0), row("two", 20, 100)]);
    let answer = ask(
        "Events | where CaseId == 'two' and RemoteIP == '192.0.2.3' | count",
        &tables,
    );
    assert_eq!(rows(&answer), [[Value::Long(5)]]);
}

#[test]
fn the_steps_of_a_query_stand_in_the_order_of_a_pipeline_with_their_rows() {
    let answer = ask(
        "Events | where SentBytes >= 50 | summarize count() by RemoteIP | top 2 by RemoteIP asc",
        &tables(),
    );
    let run = answer.profile.runs.last().unwrap();
    let steps: Vec<_> = run.steps.iter().map(|step| (step.kind, step.rows)).collect();
    assert_eq!(steps.first().unwrap().0, StepKind::Read);
    assert!(steps.contains(&(StepKind::Where, Some(50))), "{steps:?}");
    assert!(steps.contains(&(StepKind::Summarize, Some(4))), "{steps:?}");
    assert!(steps.contains(&(StepKind::Top, Some(2))), "{steps:?}");
    let reading = run.steps[0].reading.as_ref().unwrap();
    assert_eq!((reading.table.as_deref(), reading.files), (Some("Events"), 0));
    let filter = run.steps.iter().find(|step| step.kind == StepKind::Where).unwrap();
    assert!(filter.detail.contains("SentBytes >= 50"), "{}", filter.detail);
}

#[test]
fn what_must_be_known_first_is_a_run_of_its_own() {
    let answer = ask(
        "Events | where SentBytes == toscalar(Events | summarize max(SentBytes))",
        &tables(),
    );
    assert_eq!(answer.profile.runs.len(), 2);
    assert_eq!(answer.row_count(), 1);
}

#[test]
fn row_groups_that_cannot_match_are_left_out_and_counted() {
    let folder = std::env::temp_dir().join(format!("whotalks-faces-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("Events.parquet");
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(1_000))
        .build();
    let mut writer = ArrowWriter::try_new(std::fs::File::create(&path).unwrap(), schema(), Some(properties)).unwrap();
    writer.write(&batch(0, 10_000)).unwrap();
    writer.close().unwrap();
    let mut tables = TableSet::default();
    tables.insert(
        "Events",
        Source::of_files(columns(), schema(), std::slice::from_ref(&path)).unwrap(),
    );
    let answer = ask("Events | where SentBytes == 4500 | project RemoteIP", &tables);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(answer.row_count(), 1);
    let run = answer.profile.runs.last().unwrap();
    let reading = run.steps[0].reading.as_ref().unwrap();
    assert_eq!(reading.files, 1);
    assert!(reading.bytes.unwrap() > 0);
    assert_eq!((reading.by_statistics.all, reading.by_statistics.left_out), (10, 9));
}

#[test]
fn a_picture_goes_along_time_with_a_series_for_each_text() {
    let text = "Events | where SentBytes < 8 | summarize sum(SentBytes) by bin(Timestamp, 4s), RemoteIP | render timechart with (title='Sent')";
    let answer = ask(text, &tables());
    let chart = answer.chart.clone().unwrap();
    assert_eq!(chart.title.as_deref(), Some("Sent"));
    let picture = Picture::of(&answer, &chart).unwrap();
    let Axis::Times(times) = &picture.axis else {
        panic!("{:?}", picture.axis)
    };
    assert_eq!(times.len(), 2);
    let mut series: Vec<_> = picture
        .series
        .iter()
        .map(|series| (series.name.as_str(), series.values.clone()))
        .collect();
    series.sort_by(|one, two| one.0.cmp(two.0));
    assert_eq!(series[1], ("192.0.2.1", vec![Some(1.0), Some(5.0)]));
}

#[test]
fn a_row_never_hides_another_one_of_the_same_name() {
    let answer = ask(
        "datatable(n:string, v:long)['a', 1, 'b', 2, 'a', 3] | render barchart",
        &TableSet::default(),
    );
    let picture = Picture::of(&answer, answer.chart.as_ref().unwrap()).unwrap();
    assert_eq!(
        picture.axis,
        Axis::Names(vec!["a".to_owned(), "b".to_owned(), "a".to_owned()])
    );
    assert_eq!(picture.series[0].values, [Some(1.0), Some(2.0), Some(3.0)]);
}

#[test]
fn arrays_of_make_series_are_drawn_element_by_element() {
    let text = "Events | where SentBytes < 8 | make-series total = sum(SentBytes) default = 0 on Timestamp from datetime(1970-01-01) to datetime(1970-01-01 00:00:08) step 4s by RemoteIP | render timechart";
    let answer = ask(text, &tables());
    let picture = Picture::of(&answer, answer.chart.as_ref().unwrap()).unwrap();
    assert_eq!((picture.axis.len(), picture.series.len()), (2, 4));
    assert!(matches!(picture.axis, Axis::Times(_)));
}

#[test]
fn what_cannot_be_drawn_has_a_reason() {
    let reason = |text: &str| {
        let answer = ask(text, &tables());
        Picture::of(&answer, answer.chart.as_ref().unwrap()).unwrap_err()
    };
    assert_eq!(
        reason("Events | render treemap"),
        Undrawable::Kind("treemap".to_owned())
    );
    assert_eq!(
        reason("Events | project RemoteIP | render barchart"),
        Undrawable::NoNumbers
    );
    assert_eq!(reason("Events | where false | render barchart"), Undrawable::NoRows);
    let parts = "datatable(n:string, v:long)['a', 1, 'b', -2] | render piechart";
    assert_eq!(reason(parts), Undrawable::NegativeParts);
    assert_eq!(reason("Events | render table"), Undrawable::Table);
}

fn completed(text: &str) -> Vec<(String, CandidateKind)> {
    let (engine, tables) = (engine(), tables());
    let completer = Completer {
        engine: &engine,
        tables: &tables,
        parameters: &[],
    };
    let found = completer.at(text, text.len());
    found
        .candidates
        .into_iter()
        .map(|candidate| (candidate.text, candidate.kind))
        .collect()
}

fn names(text: &str) -> Vec<String> {
    completed(text).into_iter().map(|(text, _)| text).collect()
}

#[test]
fn columns_are_offered_as_the_stage_has_them() {
    assert_eq!(
        completed("Events | where Sen"),
        [("SentBytes".to_owned(), CandidateKind::Column(KustoType::Long))]
    );
    let behind = names("Events | summarize total = sum(SentBytes) by RemoteIP | where ");
    assert!(
        behind.contains(&"total".to_owned()) && !behind.contains(&"SentBytes".to_owned()),
        "{behind:?}"
    );
    let broken = names("Events | where RemoteIP == | extend ");
    assert!(
        broken.contains(&"RemoteIP".to_owned()),
        "what is not understood is passed over"
    );
    let inner = names("print 1 | join (Events | project Timestamp, Re");
    assert!(inner.contains(&"RemoteIP".to_owned()), "{inner:?}");
}

#[test]
fn tables_operators_functions_and_charts_are_offered_where_they_can_stand() {
    assert_eq!(names("Eve"), ["Events"]);
    assert_eq!(names("Events | mv-e"), ["mv-expand"]);
    assert!(
        names("Events | ")
            .iter()
            .all(|name| name != "make-graph" && name != "RemoteIP")
    );
    assert!(names("Events | extend a = ipv4_is").contains(&"ipv4_is_private".to_owned()));
    assert!(names("Events | summarize dcou").contains(&"dcount".to_owned()));
    assert!(!names("Events | where dcou").contains(&"dcount".to_owned()));
    assert_eq!(names("Events | render time"), ["timechart"]);
    assert!(names("Events | join kind=inner (Ev").contains(&"Events".to_owned()));
    assert_eq!(
        names("let limit_bytes = 5; Events | where SentBytes > limit_"),
        ["limit_bytes"]
    );
    assert!(names("Events | where RemoteIP == \"Ev").is_empty(), "nothing in a text");
}

#[test]
fn every_type_can_be_written_to_parquet_and_read_again() {
    let text = "print b = true, i = int(1), l = 2, r = 1.5, d = decimal(1.25), s = 'x', t = datetime(2024-02-03 04:05:06.1234567), p = 90s, g = guid(00000000-0000-0000-0000-000000000001), j = dynamic({'a': [1]})";
    let answer = ask(text, &TableSet::default());
    let mut bytes = Vec::new();
    answer.write_parquet(&mut bytes, usize::MAX).unwrap();
    let path = std::env::temp_dir().join(format!("whotalks-faces-{}.parquet", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(&path).unwrap()).unwrap();
    let batches: Vec<_> = reader.build().unwrap().map(Result::unwrap).collect();
    std::fs::remove_file(&path).unwrap();
    let [batch] = batches.as_slice() else {
        panic!("one batch")
    };
    assert_eq!(batch.num_rows(), 1);
    let text = |name: &str| {
        let column = batch.column_by_name(name).unwrap();
        column
            .as_any()
            .downcast_ref::<StringArray>()
            .unwrap()
            .value(0)
            .to_owned()
    };
    assert_eq!(
        (text("g").as_str(), text("j").as_str()),
        ("00000000-0000-0000-0000-000000000001", "{\"a\":[1]}")
    );
    let time = batch.column_by_name("t").unwrap();
    let time = time.as_any().downcast_ref::<TimestampNanosecondArray>().unwrap();
    assert_eq!(time.value(0), 1_706_933_106_123_456_700);
    let span = batch.column_by_name("p").unwrap();
    assert_eq!(
        span.as_any().downcast_ref::<Int64Array>().unwrap().value(0),
        900_000_000
    );
}

#[test]
fn a_time_that_no_timestamp_can_hold_is_refused_for_parquet() {
    let answer = ask("print t = datetime(9999-01-01)", &TableSet::default());
    let error = answer.write_parquet(Vec::new(), usize::MAX).unwrap_err();
    assert!(matches!(error, ParquetFailure::Time { column, .. } if column == "t"));
}
