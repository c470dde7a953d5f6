//! Derived tables are replaced as a whole.

use whotalks_tables::{ConversationRow, Conversations};

use crate::sample::{Sample, records};
use crate::support::Dice;

fn rows(seed: u64, count: u64) -> Vec<ConversationRow> {
    let mut dice = Dice(seed);
    (0..count).map(|_| dice.make()).collect()
}

fn write(sample: &Sample, rows: &[ConversationRow]) {
    let mut table = sample.writer().derived::<Conversations>();
    rows.iter().for_each(|row| table.append(row).unwrap());
    table.commit().unwrap();
}

fn read(sample: &Sample) -> Option<(u64, Vec<ConversationRow>)> {
    let derived = sample.store().reader().unwrap().derived::<Conversations>()?;
    Some((derived.commit, derived.rows.collect::<Result<_, _>>().unwrap()))
}

#[test]
fn the_last_one_written_is_the_one_read() {
    let sample = Sample::new();
    assert!(read(&sample).is_none());
    write(&sample, &rows(1, 20));
    assert_eq!(read(&sample), Some((0, rows(1, 20))));
    sample.commit("e1", &records(1));
    write(&sample, &rows(2, 3));
    let last = sample.store().reader().unwrap().last_commit();
    assert!(last > 0);
    assert_eq!(read(&sample), Some((last, rows(2, 3))));
}

#[test]
fn one_that_knows_less_does_not_replace_one_that_knows_more() {
    let sample = Sample::new();
    let mut early = sample.writer().derived::<Conversations>();
    rows(1, 2).iter().for_each(|row| early.append(row).unwrap());
    sample.commit("e1", &records(1));
    write(&sample, &rows(2, 3));
    early.commit().unwrap();
    assert_eq!(read(&sample).unwrap().1, rows(2, 3));
}

#[test]
fn a_table_that_is_out_of_date_shows_it() {
    let sample = Sample::new();
    sample.commit("e1", &records(1));
    write(&sample, &rows(1, 2));
    sample.commit("e2", &records(2));
    let (commit, _) = read(&sample).unwrap();
    assert!(commit < sample.store().reader().unwrap().last_commit());
}

#[test]
fn one_that_is_not_committed_leaves_the_old_one() {
    let sample = Sample::new();
    write(&sample, &rows(1, 2));
    let mut table = sample.writer().derived::<Conversations>();
    rows(2, 5).iter().for_each(|row| table.append(row).unwrap());
    drop(table);
    assert_eq!(read(&sample).unwrap().1, rows(1, 2));
}

#[test]
fn one_without_rows_replaces_one_with_rows() {
    let sample = Sample::new();
    write(&sample, &rows(1, 2));
    write(&sample, &[]);
    assert_eq!(read(&sample).unwrap().1, []);
}
