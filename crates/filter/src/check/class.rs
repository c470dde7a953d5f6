//! Types that compare with one another.

use whotalks_fields::FieldKind;

use crate::syntax::Calculation;

/// Types whose values compare with one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Number,
    Float,
    Text,
    Bytes,
    Ipv4,
    Ipv6,
    Instant,
    Span,
    Nothing,
}

/// The class of a type.
pub(super) fn class(kind: FieldKind) -> Class {
    match kind {
        FieldKind::Unsigned | FieldKind::Signed | FieldKind::Boolean | FieldKind::FrameNumber => Class::Number,
        FieldKind::Float => Class::Float,
        FieldKind::Text => Class::Text,
        FieldKind::Bytes
        | FieldKind::Ethernet
        | FieldKind::Protocol
        | FieldKind::Guid
        | FieldKind::ObjectIdentifier => Class::Bytes,
        FieldKind::Ipv4 => Class::Ipv4,
        FieldKind::Ipv6 => Class::Ipv6,
        FieldKind::AbsoluteTime => Class::Instant,
        FieldKind::RelativeTime => Class::Span,
        FieldKind::None => Class::Nothing,
    }
}

/// Whether the two can be compared.
pub(super) fn are_comparable(left: FieldKind, right: FieldKind) -> bool {
    class(left) == class(right) && class(left) != Class::Nothing
}

/// Whether values of the type have bytes that can be searched.
pub(super) fn is_searchable(kind: FieldKind) -> bool {
    matches!(class(kind), Class::Text | Class::Bytes)
}

/// Whether parts can be taken of values of the type.
pub(super) fn is_sliceable(kind: FieldKind) -> bool {
    matches!(class(kind), Class::Text | Class::Bytes | Class::Ipv4 | Class::Ipv6)
}

/// Whether values of the type have a sign.
pub(super) fn is_signed(kind: FieldKind) -> bool {
    kind != FieldKind::Boolean && matches!(class(kind), Class::Number | Class::Float | Class::Span)
}

/// Whether values of the type can be calculated with so.
pub(super) fn calculates(kind: FieldKind, calculation: Calculation) -> bool {
    if kind == FieldKind::Boolean {
        return false;
    }
    match (class(kind), calculation) {
        (Class::Number, _) | (Class::Bytes | Class::Ipv4 | Class::Ipv6, Calculation::BitAnd) => true,
        (Class::Float, calculation) => calculation != Calculation::BitAnd,
        (Class::Span, Calculation::Plus | Calculation::Minus) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_types_of_one_class_compare() {
        assert!(are_comparable(FieldKind::Unsigned, FieldKind::FrameNumber));
        assert!(are_comparable(FieldKind::Ethernet, FieldKind::Bytes));
        assert!(!are_comparable(FieldKind::Unsigned, FieldKind::Ipv4));
        assert!(!are_comparable(FieldKind::Text, FieldKind::Bytes));
        assert!(!are_comparable(FieldKind::None, FieldKind::None));
    }

    #[test]
    fn a_span_is_added_but_not_multiplied_and_a_truth_value_neither() {
        assert!(calculates(FieldKind::RelativeTime, Calculation::Plus));
        assert!(!calculates(FieldKind::RelativeTime, Calculation::Times));
        assert!(!calculates(FieldKind::Boolean, Calculation::Plus));
        assert!(calculates(FieldKind::Ipv4, Calculation::BitAnd));
    }
}
