//! Messages about cases on disk.

use crate::messages::macros::messages;

messages! {
    /// Messages about cases on disk.
    CaseMessage {
        Made { batches: u64, commits: u64 } = "case-made",
        Format { format: u64 } = "case-format",
        Retired { count: u64 } = "case-retired",
        Table = "case-table",
        Files = "case-files",
        Rows = "case-rows",
        Bytes = "case-bytes",
        StageObserved = "case-stage-observed",
        StageDerived = "case-stage-derived",
        StageHunting = "case-stage-hunting",
        Concluded = "case-concluded",
        NotConcluded = "case-not-concluded",
        HuntingReady = "case-hunting-ready",
        HuntingNotReady = "case-hunting-not-ready",
        Needless { files: u64 } = "case-needless",
        Behind { tables: u64 } = "case-behind",
        Writer { program: String, process: String, since: String } = "case-writer",
        Whole { files: u64, rows: u64 } = "case-whole",
        Faulty { faults: u64, files: u64 } = "case-faulty",
        FaultChanged { path: String, committed: u64, found: u64 } = "case-fault-changed",
        FaultDamaged { reason: String } = "case-fault-damaged",
        FaultRows { path: String, committed: u64, found: u64 } = "case-fault-rows",
        FaultStray { path: String } = "case-fault-stray",
        FaultBehind { path: String } = "case-fault-behind",
        AdviceRebuild = "case-advice-rebuild",
        Compacted { before: u64, after: u64, old_size: String, new_size: String } = "case-compacted",
        NothingToCompact = "case-nothing-to-compact",
        Removed { files: u64, size: String } = "case-removed",
        Overtaken = "case-overtaken",
        TakenAway { count: u64, size: String } = "case-taken-away",
        NothingTakenAway = "case-nothing-taken-away",
        Undated { count: u64 } = "case-undated",
        Rebuilt { read: u64, pieces: u64 } = "case-rebuilt",
        Exported { files: u64, size: String } = "case-exported",
        NothingToExport = "case-nothing-to-export",
    }
}
