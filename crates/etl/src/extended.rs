//! Extended data: what the tracing system itself adds to an event.
//!
//! Each item has 8 bytes of header — its length with padding, its type, whether another follows, the length of its data — as both
//! published readers agree. Source of the types: `evntcons.h`, `EVENT_HEADER_EXT_TYPE_*`.

use whotalks_bytes::Cursor;

use crate::Guid;

/// Bytes of the header of an item.
const ITEM_HEADER_BYTES: usize = 8;

/// Set in the third field of an item that another one follows.
const ANOTHER_FOLLOWS: u16 = 1;

/// The extended data of one event. Its items were checked when the event was read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extended<'a> {
    bytes: &'a [u8],
}

/// One item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// What it is.
    pub kind: ExtendedItem,
    /// What it says.
    pub data: &'a [u8],
}

/// The types of items that are understood here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExtendedItem {
    /// A second activity that the event belongs to.
    RelatedActivity,
    /// The account of the process.
    AccountSid,
    /// The terminal session.
    TerminalSession,
    /// The description that a TraceLogging event carries of itself.
    TraceLoggingSchema,
    /// The name and group of a TraceLogging provider.
    ProviderTraits,
    /// A number of the process that is never given twice in one boot.
    ProcessStartKey,
    /// Another one.
    Other(u16),
}

impl From<u16> for ExtendedItem {
    fn from(number: u16) -> Self {
        match number {
            1 => Self::RelatedActivity,
            2 => Self::AccountSid,
            3 => Self::TerminalSession,
            11 => Self::TraceLoggingSchema,
            12 => Self::ProviderTraits,
            13 => Self::ProcessStartKey,
            other => Self::Other(other),
        }
    }
}

impl<'a> Extended<'a> {
    /// The items at the beginning of `bytes` and what lies behind them; none where they do not fit.
    pub(crate) fn split(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let mut rest = bytes;
        loop {
            let (_, follows, behind) = item(rest)?;
            rest = behind;
            if !follows {
                break;
            }
        }
        let (items, payload) = bytes.split_at_checked(bytes.len() - rest.len())?;
        Some((Self { bytes: items }, payload))
    }

    /// The items in order.
    pub fn items(self) -> impl Iterator<Item = Item<'a>> {
        let mut rest = self.bytes;
        std::iter::from_fn(move || {
            let (item, _, behind) = item(rest)?;
            rest = behind;
            Some(item)
        })
    }

    /// What the first item of that type says.
    #[must_use]
    pub fn data(self, kind: ExtendedItem) -> Option<&'a [u8]> {
        self.items().find_map(|item| (item.kind == kind).then_some(item.data))
    }

    /// The number of the process that is never given twice in one boot.
    #[must_use]
    pub fn process_start_key(self) -> Option<u64> {
        let bytes = self.data(ExtendedItem::ProcessStartKey)?.first_chunk::<8>()?;
        Some(u64::from_le_bytes(*bytes))
    }

    /// The second activity that the event belongs to.
    #[must_use]
    pub fn related_activity(self) -> Option<Guid> {
        let bytes = self.data(ExtendedItem::RelatedActivity)?.first_chunk::<16>()?;
        Some(Guid(*bytes))
    }
}

/// The item at the beginning of `bytes`, whether another follows, and what lies behind it.
fn item(bytes: &[u8]) -> Option<(Item<'_>, bool, &[u8])> {
    let mut cursor = Cursor::new(bytes);
    let length = usize::from(cursor.u16_le("extended.size").ok()?);
    let kind = cursor.u16_le("extended.type").ok()?.into();
    let linkage = cursor.u16_le("extended.linkage").ok()?;
    let data_length = usize::from(cursor.u16_le("extended.data_size").ok()?);
    let data = cursor.slice("extended.data", data_length).ok()?;
    let behind = bytes.get(length..)?;
    let fits = length >= ITEM_HEADER_BYTES + data_length;
    fits.then_some((Item { kind, data }, linkage & ANOTHER_FOLLOWS != 0, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes_of(kind: u8, follows: u8, data: &[u8]) -> Vec<u8> {
        let length = (ITEM_HEADER_BYTES + data.len()).next_multiple_of(8);
        let mut bytes = vec![length as u8, 0, kind, 0, follows, 0, data.len() as u8, 0];
        bytes.extend_from_slice(data);
        bytes.resize(length, 0);
        bytes
    }

    #[test]
    fn items_are_told_apart_and_the_payload_begins_behind_them() {
        let bytes = [
            bytes_of(13, 1, &7_u64.to_le_bytes()),
            bytes_of(3, 0, &[1, 0, 0, 0]),
            vec![9, 9],
        ]
        .concat();
        let (extended, payload) = Extended::split(&bytes).unwrap();
        assert_eq!(payload, [9, 9]);
        assert_eq!(extended.process_start_key(), Some(7));
        assert_eq!(extended.data(ExtendedItem::TerminalSession), Some(&[1, 0, 0, 0][..]));
        assert_eq!(extended.items().count(), 2);
    }

    #[test]
    fn an_item_that_does_not_fit_is_none() {
        let whole = bytes_of(13, 0, &7_u64.to_le_bytes());
        for length in 0..whole.len() {
            assert!(Extended::split(&whole[..length]).is_none());
        }
        assert!(
            Extended::split(&[4, 0, 13, 0, 0, 0, 0, 0]).is_none(),
            "shorter than its own header"
        );
    }
}
