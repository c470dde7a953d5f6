//! Golden answers: each query in `answers/` with what it gives, columns with their types first.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its files fails")]

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Duration;

use whotalks_kql_plan::values::{DateTime, Value, convert};
use whotalks_kql_plan::{Answer, Embedded, Limits, NoTables, TableSet};

fn engine() -> Embedded {
    let limits = Limits {
        memory_bytes: 256 << 20,
        threads: NonZeroUsize::new(2).unwrap(),
        time: Some(Duration::from_secs(60)),
    };
    Embedded::new(limits).unwrap()
}

fn written(answer: &Answer) -> String {
    let columns: Vec<_> = answer
        .columns
        .iter()
        .map(|column| format!("{}: {}", column.name, column.kusto_type))
        .collect();
    let mut text = columns.join(" | ");
    answer.for_each_row(|cells| {
        let cells: Vec<_> = cells.iter().map(cell).collect();
        write!(text, "\n{}", cells.join(" | ")).unwrap();
    });
    text
}

fn cell(value: &Value<'_>) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::String(text) => format!("{text:?}"),
        Value::Dynamic(_) => value.view().map(|view| view.to_json()).unwrap_or_default(),
        other => convert::to_text(other).into_owned(),
    }
}

#[test]
fn every_query_gives_its_golden_answer() {
    let engine = engine();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "kql"));
    paths.sort();
    assert!(paths.len() > 25, "the queries are there");
    for path in paths {
        let query = std::fs::read_to_string(&path).unwrap();
        let answer = match engine.query(&query, &NoTables, DateTime::UNIX_EPOCH) {
            Ok(answer) => written(&answer),
            Err(error) => {
                let place = error
                    .span
                    .map(|span| query.get(span.start..span.end).unwrap_or_default().to_owned());
                format!("error: {error}\nat: {}", place.unwrap_or_default())
            }
        };
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        insta::assert_snapshot!(name, answer, &query);
    }
}

/// What a query over one file elsewhere gives.
fn with_file(content: &str, properties: &str) -> Result<String, String> {
    let mut tables = TableSet::default();
    tables.allow("https://host/list", content.as_bytes().to_vec());
    let query = format!(
        "externaldata(whole: dynamic, name: string) ['https://host/list'] with ({properties}) | project whole, name"
    );
    let answer = engine().query(&query, &tables, DateTime::UNIX_EPOCH);
    answer.map(|answer| written(&answer)).map_err(|error| error.to_string())
}

#[test]
fn a_mapping_says_where_the_columns_of_a_file_elsewhere_are() {
    let content = r#"[{"file":{"name":"a.sys"},"hash":"x"}]"#;
    let mapping = r#"format = multijson, ingestionMapping = '[{"Column":"whole","Properties":{"Path":"$"}},{"Column":"name","Properties":{"Path":"$.file.name"}}]'"#;
    let answer = with_file(content, mapping).unwrap();
    assert_eq!(
        answer,
        "whole: dynamic | name: string\n{\"file\":{\"name\":\"a.sys\"},\"hash\":\"x\"} | \"a.sys\""
    );
    let without = with_file(content, "format = multijson").unwrap();
    assert_eq!(without, "whole: dynamic | name: string\nnull | \"\"");
}

#[test]
fn a_mapping_that_is_not_understood_is_refused() {
    let transformed = r#"format = json, ingestionMapping = '[{"Column":"name","Properties":{"Path":"$","Transform":"SourceLocation"}}]'"#;
    let of_fields = r#"format = csv, ingestionMapping = '[{"Column":"name","Properties":{"Ordinal":"0"}}]'"#;
    for properties in [transformed, of_fields] {
        let refused = with_file("{}", properties).unwrap_err();
        assert!(refused.contains("mapping"), "{refused}");
    }
}

#[test]
fn a_query_that_takes_too_long_is_stopped() {
    let limits = Limits {
        memory_bytes: 256 << 20,
        threads: NonZeroUsize::MIN,
        time: Some(Duration::from_millis(1)),
    };
    let engine = Embedded::new(limits).unwrap();
    let query = "range x from 1 to 300000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 3000 step 1 | extend k = 1) on k | count";
    let error = engine.query(query, &NoTables, DateTime::UNIX_EPOCH).unwrap_err();
    assert!(
        matches!(error.problem, whotalks_kql_plan::PlanProblem::Time(_)),
        "{error}"
    );
}

#[test]
fn a_query_over_its_memory_says_so() {
    let limits = Limits {
        memory_bytes: 1 << 10,
        threads: NonZeroUsize::MIN,
        time: None,
    };
    let engine = Embedded::new(limits).unwrap();
    let query = "range x from 1 to 200000 step 1 | summarize make_list(x) by x";
    let error = engine.query(query, &NoTables, DateTime::UNIX_EPOCH).unwrap_err();
    assert!(
        matches!(error.problem, whotalks_kql_plan::PlanProblem::Memory(_)),
        "{error}"
    );
}
