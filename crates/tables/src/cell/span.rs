//! Where a row comes from: five columns that every observed table begins with.

use whotalks_record as record;
use whotalks_record::Span;

use crate::declare::columns;
use crate::words::PositionKind;

columns!(Span as span {
    /// The number of the piece of evidence in this case; joins with `Evidence`.
    EvidenceId: record::EvidenceId [Reader] = span.evidence;
    /// In what the position counts: packets, event records, lines or list items.
    PositionKind: PositionKind [Reader] = PositionKind::of(span.position).0;
    /// The place in the evidence as people cite it; 0 for the evidence as a whole.
    Position: u64 [Reader] = PositionKind::of(span.position).1;
    /// Where its bytes begin, from the start of the (unpacked) evidence.
    Offset: u64 [Reader bytes] = span.offset;
    /// How many bytes; 0 where that is not known.
    Length: u32 [Reader bytes] = span.length;
} => Span {
    evidence: EvidenceId,
    position: PositionKind.at(Position),
    offset: Offset,
    length: Length,
});
