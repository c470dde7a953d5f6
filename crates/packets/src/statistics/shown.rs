//! Which applications are shown for a packet.

use whotalks_record::ApplicationProtocol;
use whotalks_session::streams::pdus::Pdu;

use super::protocol_names::layers_of;

/// Protocols that are shown of one packet; a packet that shows more is cut short here.
const MOST_SHOWN: usize = 6;

/// The applications of one packet, each once, in the order in which their messages end. It is small, and numbers are
/// compared and not names, since there is one for every packet.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    protocols: [ApplicationProtocol; MOST_SHOWN],
    count: u8,
    form: Form,
}

/// The form of a message where one protocol has several that Wireshark shows as different protocols.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The usual one.
    #[default]
    Usual,
    /// A fast-path message of RDP, without a TPKT header (MS-RDPBCGR 2.2.9.1.2).
    FastPath,
}

/// The first byte of a TPKT header: its version.
const TPKT_VERSION: u8 = 3;

impl Shown {
    /// Notes what form a message has.
    #[inline]
    pub(super) fn note_form(&mut self, pdu: &Pdu<'_>) {
        if pdu.protocol == ApplicationProtocol::Rdp && pdu.head.first() != Some(&TPKT_VERSION) {
            self.form = Form::FastPath;
        }
    }

    /// Shows a protocol; [`ApplicationProtocol::Unknown`] stands for data that nobody knows.
    #[inline]
    pub(super) fn add(&mut self, protocol: ApplicationProtocol) {
        // What HTTP was upgraded to has taken its place and is not a tunnel through it.
        if protocol == ApplicationProtocol::WebSocket
            && let [.., place @ ApplicationProtocol::Http1] =
                self.protocols.get_mut(..usize::from(self.count)).unwrap_or_default()
        {
            *place = protocol;
            return;
        }
        if self.protocols().contains(&protocol) {
            return;
        }
        if let Some(place) = self.protocols.get_mut(usize::from(self.count)) {
            *place = protocol;
            self.count += 1;
        }
    }

    #[inline]
    fn protocols(&self) -> &[ApplicationProtocol] {
        self.protocols.get(..usize::from(self.count)).unwrap_or_default()
    }

    /// The names, each once, from the outside in.
    fn names(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for protocol in self.protocols() {
            for name in layers_of(*protocol, self.form) {
                if !names.contains(name) {
                    names.push(*name);
                }
            }
        }
        names
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
        self.sets.push(*shown);
        self.sets.len() - 1
    }

    pub(super) fn names(&self, number: usize) -> Vec<&'static str> {
        self.sets.get(number).map(Shown::names).unwrap_or_default()
    }
}
