//! Which applications are shown for a packet.

use whotalks_session::streams::pdus::Pdu;

use super::protocol_names::layers_of;

/// Protocols that are shown of one packet; a packet that shows more is cut short here.
const MOST_SHOWN: usize = 8;

/// The applications of one packet, each once, in the order in which their messages end.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    names: [&'static str; MOST_SHOWN],
    count: usize,
}

impl Shown {
    /// Shows what a message consists of.
    #[inline]
    pub(super) fn message(&mut self, pdu: &Pdu<'_>) {
        if pdu.is_hidden {
            return;
        }
        for tunnel in pdu.outer {
            layers_of(*tunnel, &[]).iter().for_each(|name| self.add(name));
        }
        layers_of(pdu.protocol, pdu.head).iter().for_each(|name| self.add(name));
    }

    #[inline]
    pub(super) fn add(&mut self, name: &'static str) {
        if self.names().contains(&name) {
            return;
        }
        if let Some(place) = self.names.get_mut(self.count) {
            *place = name;
            self.count += 1;
        }
    }

    #[inline]
    pub(super) fn names(&self) -> &[&'static str] {
        self.names.get(..self.count).unwrap_or_default()
    }
}

/// The different sets of applications that were shown, by number; 0 is none.
#[derive(Debug)]
pub(super) struct ShownSets {
    sets: Vec<Shown>,
    /// The number that was asked for last, which is mostly the next one as well.
    latest: usize,
}

impl Default for ShownSets {
    fn default() -> Self {
        Self {
            sets: vec![Shown::default()],
            latest: 0,
        }
    }
}

impl ShownSets {
    /// Sets that are told apart; beyond them, a hostile capture is at work.
    const MOST: usize = 512;

    #[inline]
    pub(super) fn number(&mut self, shown: &Shown) -> usize {
        if shown.count == 0 {
            return 0;
        }
        if self.sets.get(self.latest).is_none_or(|set| set != shown) {
            self.latest = self.find(shown);
        }
        self.latest
    }

    fn find(&mut self, shown: &Shown) -> usize {
        if let Some(place) = self.sets.iter().position(|set| set == shown) {
            return place;
        }
        if self.sets.len() >= Self::MOST {
            return 0;
        }
        self.sets.push(shown.clone());
        self.sets.len() - 1
    }

    pub(super) fn names(&self, number: usize) -> &[&'static str] {
        self.sets.get(number).map_or(&[], Shown::names)
    }
}
