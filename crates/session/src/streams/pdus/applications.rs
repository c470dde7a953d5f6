//! Which applications a frame shows.

use whotalks_record::ApplicationProtocol;

/// Applications told of one frame. A frame with more repeats itself.
const MOST_APPLICATIONS: usize = 8;

/// The application protocols that Wireshark shows in one frame, in order: those of the messages that end in it, each with the
/// tunnels around it, and TLS and SOCKS already where a message only begins. A protocol follows itself but once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applications {
    list: [ApplicationProtocol; MOST_APPLICATIONS],
    count: usize,
}

impl Applications {
    /// The protocols.
    pub fn iter(&self) -> impl Iterator<Item = ApplicationProtocol> {
        self.list.iter().copied().take(self.count)
    }

    /// Whether there are none: the frame shows TCP, and data that nobody knows if it has any.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds a message within its tunnels.
    pub(super) fn add(&mut self, outer: &[ApplicationProtocol], protocol: ApplicationProtocol) {
        let layers = outer.iter().copied().chain([protocol]);
        let known: Self = layers.filter(|layer| *layer != ApplicationProtocol::Unknown).collect();
        if !self.ends_with(&known) {
            known.iter().for_each(|layer| self.push(layer));
        }
    }

    fn ends_with(&self, layers: &Self) -> bool {
        let shown = self.list.get(..self.count).unwrap_or_default();
        let wanted = layers.list.get(..layers.count).unwrap_or_default();
        !wanted.is_empty() && shown.ends_with(wanted)
    }

    fn push(&mut self, protocol: ApplicationProtocol) {
        if let Some(place) = self.list.get_mut(self.count) {
            *place = protocol;
            self.count += 1;
        }
    }
}

impl FromIterator<ApplicationProtocol> for Applications {
    fn from_iter<I: IntoIterator<Item = ApplicationProtocol>>(protocols: I) -> Self {
        let mut list = Self::default();
        protocols.into_iter().for_each(|protocol| list.push(protocol));
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_one_protocol_show_it_once() {
        let mut shown = Applications::default();
        assert!(shown.is_empty());
        shown.add(&[ApplicationProtocol::Socks5], ApplicationProtocol::Tls);
        shown.add(&[ApplicationProtocol::Socks5], ApplicationProtocol::Tls);
        shown.add(&[ApplicationProtocol::Socks5], ApplicationProtocol::Unknown);
        let expected = [
            ApplicationProtocol::Socks5,
            ApplicationProtocol::Tls,
            ApplicationProtocol::Socks5,
        ];
        assert_eq!(shown, expected.into_iter().collect());
    }
}
