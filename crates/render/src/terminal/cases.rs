//! Cases on disk: what they are made of, and what was done to keep them in order.

use whotalks_case::upkeep::{Compaction, Fault, Info, Retired, TableInfo, Verification};
use whotalks_case::{IngestReport, StoreError};

use super::Face;
use super::ink::Role;
use super::page::Page;
use super::table::{Cell, Column, Cut, lines};
use crate::messages::CaseMessage;

/// Blanks before details.
const INDENT: usize = 2;

/// Faults and pieces of evidence that a screenful shows.
const MOST_SHOWN: usize = 20;

pub(super) fn info(face: &Face, path: &str, info: &Info) -> String {
    let mut page = face.page();
    page.line(0, &face.ink.paint(Role::Heading, path));
    for (role, message) in of_info(info) {
        page.line(INDENT, &face.ink.paint(role, &face.words.text(&message)));
    }
    if !info.tables.is_empty() {
        page.gap();
        tables(face, &mut page, &info.tables);
    }
    page.finish()
}

fn of_info(info: &Info) -> Vec<(Role, CaseMessage)> {
    let mut said = vec![
        (
            Role::Plain,
            CaseMessage::Made {
                batches: info.batches,
                commits: info.commits,
            },
        ),
        (
            Role::Plain,
            CaseMessage::Format {
                format: info.format.into(),
            },
        ),
    ];
    if info.retired > 0 {
        said.push((Role::Caution, CaseMessage::Retired { count: info.retired }));
    }
    said.push(match info.is_concluded {
        true => (Role::Plain, CaseMessage::Concluded),
        false => (Role::Muted, CaseMessage::NotConcluded),
    });
    said.push(match info.is_ready_for_hunting {
        true => (Role::Plain, CaseMessage::HuntingReady),
        false => (Role::Muted, CaseMessage::HuntingNotReady),
    });
    if info.needless_files > 0 {
        let files = info.needless_files;
        said.push((Role::Muted, CaseMessage::Needless { files }));
    }
    if info.behind > 0 {
        said.push((Role::Caution, CaseMessage::Behind { tables: info.behind }));
    }
    said.extend(info.writers.iter().map(|writer| {
        let (program, process) = (writer.program.clone(), writer.process.to_string());
        let since = writer.since.clone();
        (
            Role::Caution,
            CaseMessage::Writer {
                program,
                process,
                since,
            },
        )
    }));
    said
}

fn tables(face: &Face, page: &mut Page, tables: &[TableInfo]) {
    let columns = [
        Column::fixed(),
        Column::flexible(Cut::Middle, 20),
        Column::number(),
        Column::number(),
        Column::number(),
    ];
    let heading = [
        String::new(),
        face.words.text(&CaseMessage::Table),
        face.words.text(&CaseMessage::Files),
        face.words.text(&CaseMessage::Rows),
        face.words.text(&CaseMessage::Bytes),
    ];
    let mut rows = vec![
        heading
            .iter()
            .map(|text| Cell::new(Role::Muted, text))
            .collect::<Vec<_>>(),
    ];
    rows.extend(tables.iter().map(|table| {
        vec![
            Cell::new(Role::Muted, &face.words.text(&stage(table.stage))),
            Cell::new(Role::Plain, &table.table),
            Cell::new(Role::Plain, &table.files.to_string()),
            Cell::new(Role::Plain, &table.rows.to_string()),
            Cell::new(Role::Plain, &face.words.size(table.bytes)),
        ]
    }));
    for line in lines(face.ink, &columns, &rows, (!face.wide).then_some(face.width)) {
        page.verbatim(&line);
    }
}

fn stage(folder: &str) -> CaseMessage {
    match folder {
        "derived" => CaseMessage::StageDerived,
        "hunting" => CaseMessage::StageHunting,
        _ => CaseMessage::StageObserved,
    }
}

pub(super) fn verification(face: &Face, found: &Verification) -> String {
    let mut page = face.page();
    let (files, rows, faults) = (found.files, found.rows, found.faults.len() as u64);
    if faults == 0 {
        say(face, &mut page, Role::Plain, &CaseMessage::Whole { files, rows });
        return page.finish();
    }
    say(face, &mut page, Role::Alarm, &CaseMessage::Faulty { faults, files });
    for fault in found.faults.iter().take(face.shown(found.faults.len(), MOST_SHOWN)) {
        let text = face.words.text(&of_fault(fault));
        page.line(INDENT, &face.ink.paint(Role::Caution, &text));
    }
    if !found.faults.iter().all(Fault::is_mended_by_writing) {
        say(face, &mut page, Role::Plain, &CaseMessage::AdviceRebuild);
    }
    page.finish()
}

fn of_fault(fault: &Fault) -> CaseMessage {
    match fault {
        Fault::Part(StoreError::ChangedPart { path, committed, found }) => CaseMessage::FaultChanged {
            path: path.display().to_string(),
            committed: *committed,
            found: *found,
        },
        Fault::Part(error) => CaseMessage::FaultDamaged {
            reason: error.to_string(),
        },
        Fault::Rows { path, committed, found } => CaseMessage::FaultRows {
            path: path.display().to_string(),
            committed: *committed,
            found: *found,
        },
        Fault::Stray { path } => CaseMessage::FaultStray {
            path: path.display().to_string(),
        },
        Fault::Behind { path } => CaseMessage::FaultBehind {
            path: path.display().to_string(),
        },
    }
}

pub(super) fn compaction(face: &Face, done: &Compaction) -> String {
    let mut page = face.page();
    let size = |bytes| face.words.size(bytes);
    let message = match (done.overtaken, done.files_before) {
        (true, _) => CaseMessage::Overtaken,
        (false, 0) => CaseMessage::NothingToCompact,
        (false, before) => CaseMessage::Compacted {
            before,
            after: done.files_after,
            old_size: size(done.bytes_before),
            new_size: size(done.bytes_after),
        },
    };
    say(face, &mut page, Role::Plain, &message);
    if done.files_removed > 0 {
        let (files, size) = (done.files_removed, size(done.bytes_removed));
        say(face, &mut page, Role::Plain, &CaseMessage::Removed { files, size });
    }
    page.finish()
}

pub(super) fn retention(face: &Face, retired: &Retired) -> String {
    let mut page = face.page();
    let message = match (retired.overtaken, retired.evidence.len()) {
        (true, _) => CaseMessage::Overtaken,
        (false, 0) => CaseMessage::NothingTakenAway,
        (false, count) => CaseMessage::TakenAway {
            count: count as u64,
            size: face.words.size(retired.bytes),
        },
    };
    say(face, &mut page, Role::Plain, &message);
    let shown = face.shown(retired.evidence.len(), MOST_SHOWN);
    for (evidence, path) in retired.evidence.iter().filter(|_| !retired.overtaken).take(shown) {
        page.line(INDENT, &face.ink.paint(Role::Muted, &format!("{evidence} {path}")));
    }
    if retired.undated > 0 {
        let count = retired.undated;
        say(face, &mut page, Role::Muted, &CaseMessage::Undated { count });
    }
    page.finish()
}

pub(super) fn rebuilt(face: &Face, report: &IngestReport) -> String {
    let mut page = face.page();
    let (read, pieces) = (report.read as u64, report.pieces as u64);
    say(face, &mut page, Role::Plain, &CaseMessage::Rebuilt { read, pieces });
    page.finish()
}

/// Files that were written, with their sizes in bytes.
pub(super) fn export(face: &Face, written: &[(String, u64)]) -> String {
    let mut page = face.page();
    let bytes = written.iter().fold(0_u64, |all, (_, bytes)| all.saturating_add(*bytes));
    let message = match written.len() {
        0 => CaseMessage::NothingToExport,
        files => CaseMessage::Exported {
            files: files as u64,
            size: face.words.size(bytes),
        },
    };
    say(face, &mut page, Role::Plain, &message);
    for (path, bytes) in written {
        let text = format!("{path} ({})", face.words.size(*bytes));
        page.line(INDENT, &face.ink.paint(Role::Muted, &text));
    }
    page.finish()
}

fn say(face: &Face, page: &mut Page, role: Role, message: &CaseMessage) {
    page.line(0, &face.ink.paint(role, &face.words.text(message)));
}
