//! Table `Evidence`.

use whotalks_record::{Text, Timestamp};

use crate::cell::Json;
use crate::declare::{columns, table};
use crate::hunting::declare::hunting_table;

hunting_table! {
    /// The manifest: every piece of evidence that was met, what became of it and what could not be read.
    pub struct Evidence;
    /// One piece of evidence.
    pub struct EvidencePieceRow {
        /// The first moment that the piece speaks of; null where it speaks of none.
        pub timestamp as Timestamp: Timestamp [Correlation],
        /// The last moment that the piece speaks of.
        pub last_time as LastTime: Timestamp [Correlation],
        /// Its number in the case, from 1.
        pub evidence_id as EvidenceId: i64 [Reader],
        /// Its reference, such as `E1`.
        pub reference as Reference: Text [Reader],
        /// Its path as given, with `!` before a member of an archive.
        pub path as Path: Text [Evidence lookup],
        /// The archive that it lies in.
        pub container_id as ContainerId: i64 [Reader],
        /// What it is, told by its content.
        pub format as Format: Text [Reader],
        /// What became of it: `read`, `read-in-part`, `duplicate`, `not-understood`, `failed` or `container`.
        pub status as Status: Text [Reader],
        /// The piece with the same bytes that was read instead of it.
        pub duplicate_of as DuplicateOf: i64 [Reader],
        /// How many bytes of it were seen, unpacked.
        pub bytes as Bytes: i64 [Evidence bytes],
        /// The SHA-256 of its bytes.
        pub sha256 as SHA256: Text [Evidence lookup],
        /// When it was last modified, where known.
        pub modified as Modified: Timestamp [Evidence],
        /// How many packets were read from it.
        pub packets as Packets: i64 [Reader packets],
        /// How many records were read from it.
        pub records as Records: i64 [Reader],
        /// What could not be read, and where, as an array of objects.
        pub issues as Issues: Json [Reader],
        /// The reference to the evidence that states it, as `whotalks explain` takes it (`E1#801`).
        pub span as Span: Text [Reader],
    }
}
