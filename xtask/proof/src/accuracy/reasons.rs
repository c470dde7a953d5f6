//! The reasons of the product, in the words of the truth.

use whotalks_correlate::UnknownReason;
use whotalks_testkit::answerable::Reason;

/// What the truth calls a reason; none for one that no scenario gives cause for.
pub(super) fn in_words_of_the_truth(reason: &UnknownReason) -> Option<Reason> {
    match reason {
        UnknownReason::SourceNotCollected(_) => Some(Reason::SourceNotCollected),
        UnknownReason::SourceBeganLater { .. } => Some(Reason::SourceBeganLater),
        UnknownReason::RingOverwritten { .. } => Some(Reason::RingOverwritten),
        UnknownReason::EventsLost { .. } => Some(Reason::EventsLost),
        UnknownReason::Ambiguous(_) => Some(Reason::Ambiguous),
        UnknownReason::EncryptedName(_) => Some(Reason::EncryptedName),
        UnknownReason::ProcessEndedBeforeItsNameWasRead(_) => Some(Reason::ProcessEndedBeforeItsNameWasRead),
        UnknownReason::BehindProxy(_) => Some(Reason::BehindProxyWithoutLog),
        UnknownReason::OneDirectionOnly => Some(Reason::OneDirectionOnly),
        UnknownReason::HostNotObserved => Some(Reason::HostNotObserved),
        UnknownReason::FilterIdsRenumbered => Some(Reason::FilterIdsRenumbered),
        UnknownReason::NoFilterRecorded => Some(Reason::NoFilterRecorded),
        UnknownReason::ClocksNotAligned => Some(Reason::ClockNotAligned),
        UnknownReason::SourceEndedEarlier { .. }
        | UnknownReason::SnappedTooShort
        | UnknownReason::NotInSource(_)
        | UnknownReason::NotAudited { .. } => None,
    }
}
