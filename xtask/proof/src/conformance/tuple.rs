//! Rows as the recordings of the real engine print them: `('text', 1, 2.5, null, {indented JSON})`.

use whotalks_kql_values::{DynamicView, Kind, Value};

/// A row as a tuple.
pub(super) fn row(cells: &[Value<'_>]) -> String {
    let cells: Vec<_> = cells.iter().map(cell).collect();
    format!("({})", cells.join(", "))
}

/// One cell as it stands in a tuple.
pub(super) fn cell(value: &Value<'_>) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::String(text) => format!("'{text}'"),
        Value::Dynamic(bytes) => dynamic(DynamicView::new(bytes)),
        Value::Real(number) => real(*number),
        // The recordings went through a client that holds decimals as doubles.
        Value::Decimal(number) => real(number.to_real()),
        other => whotalks_kql_values::convert::to_text(other).into_owned(),
    }
}

/// Whole numbers without a point, since the recordings do not tell `5` from `5.0` there.
fn real(number: f64) -> String {
    whotalks_kql_values::print_real(number)
        .strip_suffix(".0")
        .map_or_else(|| whotalks_kql_values::print_real(number), str::to_owned)
}

/// A scalar in a dynamic value as JSON, an array or a bag as indented JSON.
fn dynamic(view: DynamicView<'_>) -> String {
    match view.kind() {
        Kind::Null => "null".to_owned(),
        _ => indented(view, 0),
    }
}

fn indented(view: DynamicView<'_>, depth: usize) -> String {
    let inner = "  ".repeat(depth + 1);
    let outer = "  ".repeat(depth);
    match view.kind() {
        Kind::Array(elements) => {
            let items: Vec<_> = elements
                .map(|element| format!("{inner}{}", indented(element, depth + 1)))
                .collect();
            block('[', ']', &items, &outer)
        }
        Kind::Bag(properties) => {
            let members: Vec<_> = properties
                .map(|(name, value)| {
                    let name = serde_json::Value::from(name);
                    format!("{inner}{name}: {}", indented(value, depth + 1))
                })
                .collect();
            block('{', '}', &members, &outer)
        }
        _ => view.to_json(),
    }
}

fn block(open: char, close: char, items: &[String], outer: &str) -> String {
    if items.is_empty() {
        return format!("{open}{close}");
    }
    format!("{open}\n{}\n{outer}{close}", items.join(",\n"))
}
