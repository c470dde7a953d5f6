//! The CSV face.

use whotalks_render::csv;

use crate::fixture;

#[test]
fn endpoints() {
    insta::assert_snapshot!(csv::endpoints(&fixture::overview()));
}

#[test]
fn hostile_cells_are_no_formulas_and_stay_in_their_columns() {
    let text = csv::endpoints(&fixture::hostile_overview());
    let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut rows = 0;
    for record in reader.records() {
        let record = record.unwrap();
        assert_eq!(record.len(), csv::COLUMNS.len());
        for cell in &record {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            assert!(!cell.chars().any(char::is_control), "{cell:?}");
        }
        rows += 1;
    }
    assert_eq!(rows, fixture::overview().endpoints.len());
}
