//! Cases on disk.

use serde_json::{Value, json};
use whotalks_case::IngestReport;
use whotalks_case::upkeep::{Compaction, Fault, Info, Retired, Verification};

use super::value::list;

pub(super) fn info(info: &Info) -> Value {
    json!({
        "format": info.format,
        "commits": info.commits,
        "batches": info.batches,
        "retired_batches": info.retired,
        "tables": list(&info.tables, |table| json!({
            "stage": table.stage,
            "table": table.table,
            "files": table.files,
            "rows": table.rows,
            "size_bytes": table.bytes,
        })),
        "needless_files": info.needless_files,
        "concluded": info.is_concluded,
        "ready_for_hunting": info.is_ready_for_hunting,
        "tables_behind": info.behind,
        "writers": list(&info.writers, |writer| json!({
            "program": writer.program,
            "process": writer.process,
            "since": writer.since,
        })),
    })
}

pub(super) fn verification(found: &Verification) -> Value {
    json!({
        "files": found.files,
        "rows": found.rows,
        "faults": list(&found.faults, |fault| json!({
            "kind": kind(fault),
            "mended_by_writing": fault.is_mended_by_writing(),
            "message": fault.to_string(),
        })),
    })
}

const fn kind(fault: &Fault) -> &'static str {
    match fault {
        Fault::Part(_) => "unreadable",
        Fault::Rows { .. } => "row_count",
        Fault::Stray { .. } => "stray",
        Fault::Behind { .. } => "behind",
    }
}

pub(super) fn compaction(done: &Compaction) -> Value {
    json!({
        "files_before": done.files_before,
        "files_after": done.files_after,
        "before_bytes": done.bytes_before,
        "after_bytes": done.bytes_after,
        "files_removed": done.files_removed,
        "removed_bytes": done.bytes_removed,
        "overtaken": done.overtaken,
    })
}

pub(super) fn retention(retired: &Retired) -> Value {
    json!({
        "evidence": list(&retired.evidence, |(evidence, path)| json!({
            "evidence": evidence.to_string(),
            "path": path,
        })),
        "size_bytes": retired.bytes,
        "undated": retired.undated,
        "overtaken": retired.overtaken,
    })
}

pub(super) fn rebuilt(report: &IngestReport) -> Value {
    json!({ "pieces": report.pieces, "read": report.read })
}

pub(super) fn export(written: &[(String, u64)]) -> Value {
    json!({
        "files": list(written, |(path, bytes)| json!({ "path": path, "size_bytes": bytes })),
    })
}
