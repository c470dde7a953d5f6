//! What whotalks says of a trace, in the order of the file.

use std::collections::BTreeMap;

use whotalks_etl::{Event, EventSink, Origin, Templates, Value, read_events};
use whotalks_record::{EvidenceId, Issue};

/// 100 ns intervals between 1601 and 1970.
const FILETIME_OF_UNIX_EPOCH: i64 = 116_444_736_000_000_000;

/// An event, as both readers have it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) provider: String,
    pub(super) id: u16,
    pub(super) version: u8,
    pub(super) opcode: u8,
    /// In 100 ns since 1601.
    pub(super) time: i64,
    /// Numbers by the names of their fields.
    pub(super) fields: BTreeMap<String, i128>,
}

impl Row {
    /// Whether the other reader knows all fields of the event.
    pub(super) fn is_comparable(&self, theirs: &Self) -> bool {
        !self.fields.is_empty() && self.fields.keys().all(|name| theirs.fields.contains_key(name))
    }

    /// Whether the fields are the same. The other reader has ports as they lie, and pointers by half.
    pub(super) fn same_fields(&self, theirs: &Self) -> Result<(), String> {
        for (name, ours) in &self.fields {
            let expected = theirs.fields.get(name).copied().unwrap_or_default();
            let is_port = matches!(name.as_str(), "dport" | "sport");
            let as_it_lies = u16::try_from(*ours).map(u16::swap_bytes).map(i128::from);
            let same = match name.as_str() {
                _ if is_port => as_it_lies == Ok(expected),
                "connid" => ours & i128::from(u32::MAX) == expected,
                _ => *ours == expected,
            };
            if !same {
                return Err(format!("{name}: expected {expected}, got {ours}"));
            }
        }
        Ok(())
    }
}

/// Every event of a trace.
pub(super) fn rows(bytes: &[u8]) -> Vec<Row> {
    let mut rows = Rows::default();
    read_events(&mut &*bytes, EvidenceId(1), &mut rows);
    // Within a buffer events come in the order in which they lie.
    rows.rows.sort_by_key(|(offset, _)| *offset);
    rows.rows.into_iter().map(|(_, row)| row).collect()
}

#[derive(Default)]
struct Rows {
    rows: Vec<(u64, Row)>,
    templates: Templates,
}

impl EventSink for Rows {
    fn event(&mut self, event: &Event<'_>) {
        let fields = self.templates.of(event).map(|template| {
            let fields = template.fields(event).map_while(Result::ok);
            fields
                .filter_map(|(name, value)| Some((name.to_owned(), number(value)?)))
                .collect()
        });
        let row = Row {
            provider: event.provider.to_string(),
            // The other reader has no number for events of the kernel.
            id: if event.origin == Origin::Manifest { event.id } else { 0 },
            version: event.version,
            opcode: event.opcode,
            time: event
                .time
                .map_or(0, |time| time.nanoseconds().div_euclid(100) + FILETIME_OF_UNIX_EPOCH),
            fields: fields.unwrap_or_default(),
        };
        self.rows.push((event.span.offset, row));
    }

    fn issue(&mut self, _: Issue) {}
}

/// A number; what is none counts as one that the other reader does not have, unless it is a text or an identifier.
fn number(value: Value<'_>) -> Option<i128> {
    match value {
        Value::Unsigned(number) => Some(number.into()),
        Value::Signed(number) => Some(number.into()),
        Value::Boolean(is_true) => Some(is_true.into()),
        Value::Bytes(_) => Some(-1),
        _ => None,
    }
}
