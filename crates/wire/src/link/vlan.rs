//! IEEE 802.1Q and 802.1ad tags.
//!
//! ```text
//! | priority 3 bit | drop eligible 1 bit | VLAN id 12 bit | EtherType 2 |
//! ```

use whotalks_bytes::Cursor;

use super::EtherType;
use crate::Stop;

mod field {
    use whotalks_bytes::fixed::U16;
    pub(super) const CONTROL: U16<0> = U16;
    pub(super) const ETHER_TYPE: U16<2> = U16;
}

const DROP_ELIGIBLE: u16 = 0x1000;
/// The part of the tag control information that is the VLAN's number.
const ID_MASK: u16 = 0x0fff;

/// A tag, after the EtherType that announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a>(&'a [u8; 4]);

impl<'a> Tag<'a> {
    /// Reads the tag.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(cursor: &mut Cursor<'a>) -> Result<Self, Stop> {
        Ok(Self(cursor.array("vlan.tag")?))
    }

    /// The whole tag control information.
    #[must_use]
    pub const fn control(&self) -> u16 {
        field::CONTROL.be(self.0)
    }

    /// The priority, 0 to 7.
    #[must_use]
    pub const fn priority(&self) -> u8 {
        // Three bits are left.
        (field::CONTROL.be(self.0) >> 13) as u8
    }

    /// Whether the frame may be dropped first; in old networks, whether its addresses are in canonical format.
    #[must_use]
    pub const fn drop_eligible(&self) -> bool {
        field::CONTROL.be(self.0) & DROP_ELIGIBLE != 0
    }

    /// The number of the VLAN, 0 for a tag that carries a priority only.
    #[must_use]
    pub const fn id(&self) -> u16 {
        field::CONTROL.be(self.0) & ID_MASK
    }

    /// What follows.
    #[must_use]
    pub const fn ether_type(&self) -> EtherType {
        EtherType(field::ETHER_TYPE.be(self.0))
    }
}

/// The tags of a frame, outermost first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vlans {
    ids: [u16; Self::MOST],
    count: u8,
}

impl Vlans {
    /// How many tags are kept. Two are standard (802.1ad) and three are seen in provider networks.
    pub const MOST: usize = 4;

    /// The VLAN numbers, outermost first.
    #[must_use]
    pub fn ids(&self) -> &[u16] {
        self.ids.get(..self.count.into()).unwrap_or_default()
    }

    /// Adds an inner tag; false when there is no room.
    pub(crate) fn push(&mut self, id: u16) -> bool {
        let Some(slot) = self.ids.get_mut(usize::from(self.count)) else {
            return false;
        };
        *slot = id;
        self.count = self.count.saturating_add(1);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_free_of_priority_and_drop_bit() {
        let mut cursor = Cursor::new(&[0xf0, 0x0a, 0x08, 0x00]);
        let tag = Tag::parse(&mut cursor).unwrap();
        assert_eq!((tag.id(), tag.ether_type()), (10, EtherType::IPV4));
    }

    #[test]
    fn four_tags_are_kept_in_order_and_a_fifth_is_refused() {
        let mut vlans = Vlans::default();
        assert!([100, 200, 300, 400].into_iter().all(|id| vlans.push(id)));
        assert!(!vlans.push(500));
        assert_eq!(vlans.ids(), [100, 200, 300, 400]);
    }
}
