//! What goes into a table comes out of it, exactly.

use std::fmt::Debug;

use crate::support::{Dice, Make};
use proptest::prelude::*;
use whotalks_record::Interner;
use whotalks_tables::{
    AddressNames, CachedNames, ConnectionEvents, Conversations, Counters, DeviceFacts, DnsTransactions, Evidence,
    FilterLayers, Filters, FlowNames, Flows, HostEvents, LogGaps, NetworkProtectionEvents, PacketOwners, ProcessEvents,
    ResolverEvents, RuleChanges, Snapshots, SocketCalls, Sockets, SourceRanges, Stage, Table, WebRequests,
};

fn rows<T: Table>(seed: u64) -> Vec<T::Row>
where
    T::Row: Make,
{
    let mut dice = Dice(seed);
    (0..dice.below(20)).map(|_| dice.make()).collect()
}

/// Through a record batch and back.
fn through_arrow<T: Table>(rows: &[T::Row]) -> Vec<T::Row> {
    let mut builder = T::builder();
    rows.iter().for_each(|row| builder.append(row));
    let batch = builder.finish();
    assert_eq!(batch.schema(), T::schema());
    assert_eq!(batch.num_rows(), rows.len());
    assert_eq!(builder.finish().num_rows(), 0, "a finished builder is empty");
    T::rows(&batch, &mut Interner::default()).unwrap()
}

/// Through a slice of a batch, as readers of row ranges give it.
fn second_half<T: Table>(rows: &[T::Row]) -> Vec<T::Row> {
    let mut builder = T::builder();
    rows.iter().for_each(|row| builder.append(row));
    let half = rows.len() / 2;
    let slice = builder.finish().slice(half, rows.len() - half);
    T::rows(&slice, &mut Interner::default()).unwrap()
}

/// Through the compact form and back.
fn through_bytes<T: Table>(rows: &[T::Row]) -> Vec<T::Row> {
    let mut bytes = Vec::new();
    rows.iter().for_each(|row| T::pack(row, &mut bytes));
    let (mut rest, mut texts) = (&bytes[..], Interner::default());
    let back = rows.iter().map(|_| T::unpack(&mut rest, &mut texts).unwrap()).collect();
    assert!(rest.is_empty());
    back
}

/// Through the compact form into columns, and back.
fn through_packed_columns<T: Table>(rows: &[T::Row]) -> Vec<T::Row> {
    let mut builder = T::builder();
    for row in rows {
        let mut bytes = Vec::new();
        T::pack(row, &mut bytes);
        builder.append_packed(&bytes).unwrap();
    }
    assert_eq!(builder.rows(), rows.len());
    T::rows(&builder.finish(), &mut Interner::default()).unwrap()
}

fn check<T: Table>(seed: u64)
where
    T::Row: Make + Debug + PartialEq,
{
    let rows = rows::<T>(seed);
    assert_eq!(through_arrow::<T>(&rows), rows, "{}", T::NAME);
    assert_eq!(second_half::<T>(&rows), rows[rows.len() / 2..], "{}", T::NAME);
    assert_eq!(through_bytes::<T>(&rows), rows, "{}", T::NAME);
    assert_eq!(through_packed_columns::<T>(&rows), rows, "{}", T::NAME);
}

/// A cut compact form is refused or gives whole rows; it never panics.
fn cut<T: Table>(seed: u64)
where
    T::Row: Make + Debug + PartialEq,
{
    let row = T::Row::make(&mut Dice(seed));
    let mut bytes = Vec::new();
    T::pack(&row, &mut bytes);
    for length in 0..bytes.len() {
        assert_eq!(
            T::unpack(&mut &bytes[..length], &mut Interner::default()),
            None,
            "{} cut at {length}",
            T::NAME
        );
        let mut builder = T::builder();
        assert_eq!(
            builder.append_packed(&bytes[..length]),
            None,
            "{} cut at {length}",
            T::NAME
        );
    }
    bytes.push(0);
    assert_eq!(
        T::builder().append_packed(&bytes),
        None,
        "{} and a byte too many",
        T::NAME
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn arbitrary_records_come_back_as_they_went_in(seed: u64) {
        check::<Flows>(seed);
        check::<FlowNames>(seed);
        check::<PacketOwners>(seed);
        check::<DnsTransactions>(seed);
        check::<ConnectionEvents>(seed);
        check::<ProcessEvents>(seed);
        check::<ResolverEvents>(seed);
        check::<WebRequests>(seed);
        check::<NetworkProtectionEvents>(seed);
        check::<SocketCalls>(seed);
        check::<Sockets>(seed);
        check::<Snapshots>(seed);
        check::<Filters>(seed);
        check::<FilterLayers>(seed);
        check::<RuleChanges>(seed);
        check::<HostEvents>(seed);
        check::<LogGaps>(seed);
        check::<Counters>(seed);
        check::<AddressNames>(seed);
        check::<CachedNames>(seed);
        check::<DeviceFacts>(seed);
        check::<SourceRanges>(seed);
        check::<Evidence>(seed);
        check::<Conversations>(seed);
    }

    #[test]
    fn a_cut_compact_form_is_refused(seed: u64) {
        cut::<Flows>(seed);
        cut::<FlowNames>(seed);
        cut::<DnsTransactions>(seed);
        cut::<ProcessEvents>(seed);
    }

    #[test]
    fn arbitrary_bytes_are_no_reason_to_panic(bytes: Vec<u8>) {
        let mut texts = Interner::default();
        let mut rest = &bytes[..];
        while Flows::unpack(&mut rest, &mut texts).is_some() {}
        let mut rest = &bytes[..];
        while DnsTransactions::unpack(&mut rest, &mut texts).is_some() {}
        prop_assert!(rest.len() <= bytes.len());
    }
}

#[test]
fn every_table_builds_a_batch_of_its_schema() {
    fn one<T: Table>() -> &'static str {
        let batch = T::builder().finish();
        assert_eq!(batch.schema(), T::schema(), "{}", T::NAME);
        T::NAME
    }
    let built = [
        one::<Evidence>(),
        one::<Flows>(),
        one::<FlowNames>(),
        one::<PacketOwners>(),
        one::<DnsTransactions>(),
        one::<ConnectionEvents>(),
        one::<ProcessEvents>(),
        one::<ResolverEvents>(),
        one::<WebRequests>(),
        one::<NetworkProtectionEvents>(),
        one::<SocketCalls>(),
        one::<Sockets>(),
        one::<Snapshots>(),
        one::<Filters>(),
        one::<FilterLayers>(),
        one::<RuleChanges>(),
        one::<HostEvents>(),
        one::<LogGaps>(),
        one::<Counters>(),
        one::<AddressNames>(),
        one::<CachedNames>(),
        one::<DeviceFacts>(),
        one::<SourceRanges>(),
        one::<Conversations>(),
    ];
    let described: Vec<&str> = whotalks_tables::all().iter().map(|table| table.name).collect();
    assert_eq!(described, built);
}

#[test]
fn every_column_has_a_name_of_its_own_a_text_and_a_word_list_where_closed() {
    for table in whotalks_tables::all() {
        assert!(table.doc.len() > 20, "{}", table.name);
        let mut names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        for column in &table.columns {
            assert!(
                column.doc.ends_with(['.', ')', '`']),
                "{}.{}: {}",
                table.name,
                column.name,
                column.doc
            );
            assert!(
                column.name.starts_with(|c: char| c.is_ascii_uppercase()),
                "{}",
                column.name
            );
        }
        names.sort_unstable();
        assert!(
            names.windows(2).all(|pair| pair[0] != pair[1]),
            "{}: {names:?}",
            table.name
        );
    }
    let flows = Flows::describe();
    let closed = flows
        .columns
        .iter()
        .find(|column| column.name == "CloseReason")
        .unwrap();
    assert!(closed.words.contains(&"server-reset"));
    assert_eq!(flows.stage, Stage::Observed);
}
