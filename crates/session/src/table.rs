//! A map from keys to conversations that knows which of them has been silent longest.
//!
//! Conversations lie in a slab and are linked into one list per [`Class`], oldest first. All members of a class have the
//! same idle limit, so the head of its list is the next one to expire.

use std::collections::HashMap;

use foldhash::quality::RandomState;

use crate::key::Key;

/// Conversations that share an idle limit, in the order in which they give way when the table is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    TcpEnded,
    TcpOpening,
    Other,
    Udp,
    TcpEstablished,
}

impl Class {
    pub(crate) const ALL: [Self; 5] = [
        Self::TcpEnded,
        Self::TcpOpening,
        Self::Other,
        Self::Udp,
        Self::TcpEstablished,
    ];
}

/// The place of a conversation in the slab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SlotId(u32);

impl SlotId {
    const NONE: Self = Self(u32::MAX);
}

struct Slot<T> {
    key: Key,
    class: Class,
    older: SlotId,
    newer: SlotId,
    value: T,
}

#[derive(Clone, Copy)]
struct List {
    oldest: SlotId,
    newest: SlotId,
}

pub(crate) struct Table<T> {
    by_key: HashMap<Key, SlotId, RandomState>,
    slots: Vec<Option<Slot<T>>>,
    free: Vec<SlotId>,
    lists: [List; Class::ALL.len()],
}

impl<T> Table<T> {
    pub(crate) fn new() -> Self {
        let empty = List {
            oldest: SlotId::NONE,
            newest: SlotId::NONE,
        };
        Self {
            by_key: HashMap::default(),
            slots: Vec::new(),
            free: Vec::new(),
            lists: [empty; Class::ALL.len()],
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.by_key.len()
    }

    #[inline]
    pub(crate) fn find(&self, key: &Key) -> Option<SlotId> {
        self.by_key.get(key).copied()
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, id: SlotId) -> Option<&mut T> {
        self.slot_mut(id).map(|slot| &mut slot.value)
    }

    /// The conversation of a class that has been silent longest.
    #[inline]
    pub(crate) fn oldest(&self, class: Class) -> Option<(SlotId, &T)> {
        let id = self.lists.get(class as usize)?.oldest;
        let slot = self.slots.get(id.0 as usize)?.as_ref()?;
        Some((id, &slot.value))
    }

    /// Adds a conversation whose key is not in the table.
    pub(crate) fn insert(&mut self, key: Key, class: Class, value: T) -> SlotId {
        let slot = Slot {
            key,
            class,
            older: SlotId::NONE,
            newer: SlotId::NONE,
            value,
        };
        let id = self.place(slot);
        self.by_key.insert(key, id);
        self.link(id, class);
        id
    }

    /// Makes a conversation the most recent one of `class`.
    #[inline]
    pub(crate) fn touch(&mut self, id: SlotId, class: Class) {
        let newest_already = self.lists.get(class as usize).is_some_and(|list| list.newest == id);
        if newest_already && self.slot_mut(id).is_some_and(|slot| slot.class == class) {
            return;
        }
        self.unlink(id);
        self.link(id, class);
    }

    pub(crate) fn remove(&mut self, id: SlotId) -> Option<T> {
        self.unlink(id);
        let slot = self.slots.get_mut(id.0 as usize)?.take()?;
        self.by_key.remove(&slot.key);
        self.free.push(id);
        Some(slot.value)
    }

    /// Takes everything out, in no particular order.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = T> + use<T> {
        let drained = std::mem::replace(self, Self::new());
        drained.slots.into_iter().flatten().map(|slot| slot.value)
    }

    #[inline]
    fn slot_mut(&mut self, id: SlotId) -> Option<&mut Slot<T>> {
        self.slots.get_mut(id.0 as usize)?.as_mut()
    }

    fn place(&mut self, slot: Slot<T>) -> SlotId {
        if let Some(id) = self.free.pop()
            && let Some(place) = self.slots.get_mut(id.0 as usize)
        {
            *place = Some(slot);
            return id;
        }
        let id = SlotId(self.slots.len().try_into().unwrap_or(u32::MAX));
        self.slots.push(Some(slot));
        id
    }

    #[inline]
    fn link(&mut self, id: SlotId, class: Class) {
        let Some(list) = self.lists.get_mut(class as usize) else {
            return;
        };
        let newest = std::mem::replace(&mut list.newest, id);
        if newest == SlotId::NONE {
            list.oldest = id;
        }
        if let Some(before) = self.slot_mut(newest) {
            before.newer = id;
        }
        if let Some(slot) = self.slot_mut(id) {
            (slot.class, slot.older, slot.newer) = (class, newest, SlotId::NONE);
        }
    }

    #[inline]
    fn unlink(&mut self, id: SlotId) {
        let Some(slot) = self.slot_mut(id) else { return };
        let (class, older, newer) = (slot.class, slot.older, slot.newer);
        if let Some(before) = self.slot_mut(older) {
            before.newer = newer;
        }
        if let Some(after) = self.slot_mut(newer) {
            after.older = older;
        }
        let Some(list) = self.lists.get_mut(class as usize) else {
            return;
        };
        if list.oldest == id {
            list.oldest = newer;
        }
        if list.newest == id {
            list.newest = older;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use whotalks_record::{IpProtocol, VlanTags};
    use whotalks_wire::dissect::Ip;
    use whotalks_wire::transport::Ports;

    fn key(number: u16) -> Key {
        let address = "192.0.2.1".parse().unwrap();
        let ip = Ip {
            source: address,
            destination: address,
            protocol: IpProtocol::UDP,
            hop_limit: 0,
            wire_bytes: 0,
            fragment: None,
        };
        Key::of(
            &ip,
            Ports {
                source: number,
                destination: number,
            },
            VlanTags::default(),
        )
        .0
    }

    proptest! {
        /// Against a plain vector that is searched from end to end.
        #[test]
        fn it_behaves_like_a_list_ordered_by_last_use(steps in prop::collection::vec((0u16..12, 0usize..5, 0u8..4), 0..200)) {
            let mut table = Table::new();
            let mut model: Vec<(u16, Class)> = Vec::new();
            for (number, class, action) in steps {
                let class = Class::ALL[class];
                let known = model.iter().position(|(other, _)| *other == number);
                match (action, table.find(&key(number)), known) {
                    (0, Some(id), Some(at)) => {
                        prop_assert_eq!(table.remove(id), Some(number));
                        model.remove(at);
                    }
                    (_, Some(id), Some(at)) => {
                        table.touch(id, class);
                        model.remove(at);
                        model.push((number, class));
                    }
                    (_, None, None) => {
                        table.insert(key(number), class, number);
                        model.push((number, class));
                    }
                    (_, found, known) => prop_assert!(false, "{found:?} against {known:?}"),
                }
                for class in Class::ALL {
                    let oldest = model.iter().find(|(_, other)| *other == class).map(|(number, _)| *number);
                    prop_assert_eq!(table.oldest(class).map(|(_, number)| *number), oldest);
                }
                prop_assert_eq!(table.len(), model.len());
            }
            let mut drained: Vec<_> = table.drain().collect();
            drained.sort_unstable();
            let mut left: Vec<_> = model.into_iter().map(|(number, _)| number).collect();
            left.sort_unstable();
            prop_assert_eq!(drained, left);
        }
    }
}
