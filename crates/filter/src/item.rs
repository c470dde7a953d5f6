//! One value while a filter is evaluated.

use std::borrow::Cow;
use std::cmp::Ordering;

use whotalks_fields::Value;

/// A value of a field, of a constant or of a calculation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item<'a> {
    /// A number without sign; true is 1, false 0.
    Unsigned(u64),
    /// A number with sign.
    Signed(i64),
    /// A floating-point number.
    Float(f64),
    /// The bytes of a text.
    Text(Cow<'a, [u8]>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// An IPv4 address, or a network of them.
    Ipv4 {
        /// The address.
        address: u32,
        /// Which bits count.
        mask: u32,
    },
    /// An IPv6 address, or a network of them.
    Ipv6 {
        /// The address.
        address: u128,
        /// Which bits count.
        mask: u128,
    },
    /// A point in time: nanoseconds since 1970.
    Instant(i64),
    /// A span of time in nanoseconds.
    Span(i64),
}

impl<'a> Item<'a> {
    /// The value of a field.
    #[inline]
    pub(crate) fn of(value: &'a Value<'_>) -> Self {
        match value {
            Value::Unsigned(number) => Self::Unsigned(*number),
            Value::Signed(number) => Self::Signed(*number),
            Value::Boolean(is_true) => Self::Unsigned(u64::from(*is_true)),
            Value::Float(number) => Self::Float(*number),
            Value::Text(text) => Self::Text(Cow::Borrowed(text.as_bytes())),
            Value::Bytes(bytes) | Value::Protocol(bytes) => Self::Bytes(Cow::Borrowed(bytes)),
            Value::Ipv4(address) => Self::ipv4(address.to_bits(), u32::MAX),
            Value::Ipv6(address) => Self::ipv6(address.to_bits(), u128::MAX),
            Value::Ethernet(address) => Self::Bytes(Cow::Borrowed(address)),
            Value::AbsoluteTime(time) => Self::Instant(time.nanoseconds()),
            Value::RelativeTime(span) => Self::Span(span.0),
            // A field without a value can only be asked for.
            Value::None => Self::Bytes(Cow::Borrowed(&[])),
        }
    }

    /// An IPv4 address of which the bits of the mask count.
    pub(crate) fn ipv4(address: u32, mask: u32) -> Self {
        Self::Ipv4 { address, mask }
    }

    /// An IPv6 address of which the bits of the mask count.
    pub(crate) fn ipv6(address: u128, mask: u128) -> Self {
        Self::Ipv6 { address, mask }
    }

    /// Hands over the bytes of the value, in network byte order; none for numbers and times.
    pub(crate) fn with_bytes<T>(&self, use_bytes: impl FnOnce(&[u8]) -> T) -> Option<T> {
        match self {
            Self::Text(bytes) | Self::Bytes(bytes) => Some(use_bytes(bytes)),
            Self::Ipv4 { address, .. } => Some(use_bytes(&address.to_be_bytes())),
            Self::Ipv6 { address, .. } => Some(use_bytes(&address.to_be_bytes())),
            _ => None,
        }
    }

    /// The value with bytes of its own.
    pub(crate) fn into_owned(self) -> Item<'static> {
        match self {
            Self::Unsigned(number) => Item::Unsigned(number),
            Self::Signed(number) => Item::Signed(number),
            Self::Float(number) => Item::Float(number),
            Self::Text(bytes) => Item::Text(Cow::Owned(bytes.into_owned())),
            Self::Bytes(bytes) => Item::Bytes(Cow::Owned(bytes.into_owned())),
            Self::Ipv4 { address, mask } => Item::Ipv4 { address, mask },
            Self::Ipv6 { address, mask } => Item::Ipv6 { address, mask },
            Self::Instant(time) => Item::Instant(time),
            Self::Span(span) => Item::Span(span),
        }
    }

    /// Whether it is anything but zero.
    pub(crate) fn is_not_zero(&self) -> bool {
        match self {
            Self::Unsigned(number) => *number != 0,
            Self::Signed(number) | Self::Instant(number) | Self::Span(number) => *number != 0,
            Self::Float(number) => *number != 0.0,
            Self::Text(bytes) | Self::Bytes(bytes) => bytes.iter().any(|byte| *byte != 0),
            Self::Ipv4 { address, .. } => *address != 0,
            Self::Ipv6 { address, .. } => *address != 0,
        }
    }

    /// How it compares with another; none where the two cannot be compared.
    ///
    /// As in Wireshark 4.0 the left side decides whether a number is read with or without sign, of two addresses only the
    /// bits that both state count, and the shorter of two byte strings is the lesser one, whatever it holds.
    #[expect(
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        reason = "the left side decides how the bits of a number are read"
    )]
    #[inline]
    pub(crate) fn order(&self, other: &Item<'_>) -> Option<Ordering> {
        let order = match (self, other) {
            (Self::Unsigned(left), Item::Unsigned(right)) => left.cmp(right),
            (Self::Unsigned(left), Item::Signed(right)) => left.cmp(&(*right as u64)),
            (Self::Signed(left), Item::Signed(right)) => left.cmp(right),
            (Self::Signed(left), Item::Unsigned(right)) => left.cmp(&(*right as i64)),
            (Self::Instant(left), Item::Instant(right)) | (Self::Span(left), Item::Span(right)) => left.cmp(right),
            (Self::Float(left), Item::Float(right)) => return left.partial_cmp(right),
            (Self::Text(left), Item::Text(right)) => left.cmp(right),
            (Self::Text(left) | Self::Bytes(left), Item::Text(right) | Item::Bytes(right)) => order_bytes(left, right),
            (
                Self::Ipv4 { address, mask },
                Item::Ipv4 {
                    address: right,
                    mask: other,
                },
            ) => {
                let mask = mask & other;
                (address & mask).cmp(&(right & mask))
            }
            (
                Self::Ipv6 { address, mask },
                Item::Ipv6 {
                    address: right,
                    mask: other,
                },
            ) => {
                let mask = mask & other;
                (address & mask).cmp(&(right & mask))
            }
            _ => return None,
        };
        Some(order)
    }
}

fn order_bytes(left: &[u8], right: &[u8]) -> Ordering {
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(bytes: &[u8]) -> Item<'_> {
        Item::Bytes(Cow::Borrowed(bytes))
    }

    #[test]
    fn the_shorter_byte_string_is_the_lesser_one() {
        assert_eq!(bytes(&[0x45]).order(&bytes(&[0x40, 0xff])), Some(Ordering::Less));
        assert_eq!(bytes(&[0x45]).order(&bytes(&[0x44])), Some(Ordering::Greater));
    }

    #[test]
    fn the_left_side_decides_about_the_sign() {
        assert_eq!(Item::Unsigned(22).order(&Item::Signed(-1)), Some(Ordering::Less));
        assert_eq!(Item::Signed(-78).order(&Item::Unsigned(0)), Some(Ordering::Less));
    }

    #[test]
    fn of_two_networks_the_shorter_prefix_counts() {
        let network = Item::ipv4(0x0a63_0001, 0xff00_0000);
        assert_eq!(Item::ipv4(0x0a00_0001, u32::MAX).order(&network), Some(Ordering::Equal));
        assert_eq!(
            Item::ipv4(0x0b00_0001, u32::MAX).order(&network),
            Some(Ordering::Greater)
        );
    }

    #[test]
    fn values_of_different_types_do_not_compare() {
        assert_eq!(Item::Unsigned(1).order(&bytes(&[1])), None);
        assert_eq!(Item::Instant(1).order(&Item::Span(1)), None);
    }
}
