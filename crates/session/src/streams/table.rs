//! The streams of one protocol.

use foldhash::fast::RandomState;

use super::index::Index;
use super::key::{Addresses, Ends, Family, Key};
use super::pdus::Stage;
use super::slab::Slab;
use super::stream::Entry;

/// Entries by number and by key.
#[derive(Debug)]
pub(crate) struct Table<S, T> {
    entries: Slab<Entry<S, T>>,
    v4: Index,
    v6: Index,
    hasher: RandomState,
    most: u32,
    /// The number of the entry of the packet before, which is often that of the next one.
    latest: u32,
}

/// The place of a packet in the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(super) key: Key,
    pub(super) family: Family,
    pub(super) from_low: bool,
}

impl Place {
    /// The place of a packet; none for one between two versions of IP, and when there are too many addresses.
    #[inline]
    pub(super) fn of(addresses: &mut Addresses, ends: &Ends) -> Option<Self> {
        let (key, family, from_low) = addresses.key(ends)?;
        Some(Self { key, family, from_low })
    }
}

impl<S, T: Default> Table<S, T> {
    pub(super) fn new(most: u32) -> Self {
        Self {
            entries: Slab::default(),
            v4: Index::default(),
            v6: Index::default(),
            hasher: RandomState::default(),
            most,
            latest: u32::MAX,
        }
    }

    /// The number of the entry at that place.
    #[inline]
    pub(super) fn find(&mut self, place: &Place) -> Option<u32> {
        let latest = self.entries.get(self.latest);
        if latest.is_some_and(|entry| entry.key == place.key && entry.family == place.family) {
            return Some(self.latest);
        }
        let index = match place.family {
            Family::V4 => &self.v4,
            Family::V6 => &self.v6,
        };
        let is_it = |number: u32| self.entries.get(number).is_some_and(|entry| entry.key == place.key);
        self.latest = index.find(place.key.hash(&self.hasher), is_it)?;
        Some(self.latest)
    }

    /// Begins a stream, which takes the place of `old`. None when there are too many.
    pub(super) fn begin(&mut self, place: &Place, old: Option<u32>, first_layer: u8, state: S) -> Option<u32> {
        if self.entries.len() >= self.most {
            return None;
        }
        let number = self.entries.push(Entry {
            key: place.key,
            first_layer,
            content_stage: Stage::default(),
            family: place.family,
            forth_from_low: place.from_low,
            state,
            data: T::default(),
        });
        let index = match place.family {
            Family::V4 => &mut self.v4,
            Family::V6 => &mut self.v6,
        };
        let hash = place.key.hash(&self.hasher);
        match old {
            Some(old) => index.replace(hash, old, number),
            None => index.insert(hash, number),
        }
        self.latest = number;
        Some(number)
    }
}

impl<S, T> Table<S, T> {
    #[inline]
    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut Entry<S, T>> {
        self.entries.get_mut(number)
    }

    pub(super) const fn len(&self) -> u32 {
        self.entries.len()
    }

    /// The entries in order of their numbers. They are not looked for by their keys any more.
    pub(super) fn into_entries(self) -> impl Iterator<Item = Entry<S, T>> {
        self.entries.into_entries()
    }
}
