//! The way of a packet.

use crate::reassembly::Budget;
use whotalks_wire::dissect::{Dissected, Transport};
use whotalks_wire::transport::tcp;

use super::connection::{Connection, Incoming, Lanes, Moment};
use super::ended::EndedStreams;
use super::findings::Findings;
use super::key::{Addresses, Ends};
use super::pdus::{DatagramReader, DatagramState, PduReader};
use super::slab::Slab;
use super::stream::{StreamNumber, TcpFrame, TcpState, UdpFrame, UdpState};
use super::table::{Place, Table};

/// Streams of one protocol that are kept. At about 150 bytes each, and what the caller keeps, they stay below 6 GiB.
const MOST_STREAMS: u32 = 32 << 20;

/// Bytes held for the messages of all streams.
const MOST_REASSEMBLY_BYTES: usize = 256 << 20;

/// What is to be found out, and within which bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Streams of each protocol that are kept; packets of later ones are not counted.
    pub streams: u32,
    /// Whether to find out what each segment acknowledges and what is on its way.
    pub flight: bool,
    /// Bytes of messages that are not complete, and of what is known of the content of streams, over all streams.
    pub reassembly_bytes: usize,
}

impl Default for Settings {
    /// Without the flight.
    fn default() -> Self {
        Self {
            streams: MOST_STREAMS,
            flight: false,
            reassembly_bytes: MOST_REASSEMBLY_BYTES,
        }
    }
}

impl Settings {
    /// The part of these bounds that each of so many has that run side by side.
    #[must_use]
    pub fn shared_by(self, parts: usize) -> Self {
        let parts = parts.max(1);
        Self {
            streams: u32::try_from(self.streams as usize / parts).unwrap_or(self.streams),
            reassembly_bytes: self.reassembly_bytes / parts,
            ..self
        }
    }
}

/// A TCP header and what it carries.
#[derive(Debug, Clone, Copy)]
pub struct TcpSegment<'a> {
    /// The header.
    pub header: tcp::Header<'a>,
    /// Bytes of header and data on the wire.
    pub wire_bytes: u32,
    /// The data, as far as it was captured.
    pub payload: &'a [u8],
}

/// The TCP and UDP streams of a capture, and `T` of each.
///
/// Several of them can run side by side if all packets of a stream go to the same one. Their streams are put in order by
/// the first frame of each afterwards.
#[derive(Debug)]
pub struct Streams<T> {
    addresses: Addresses,
    tcp: Table<TcpState, T>,
    udp: Table<UdpState, T>,
    /// What is on its way in each TCP stream, by its number; nothing unless that is asked for.
    flights: Slab<Lanes>,
    settings: Settings,
    budget: Budget,
}

impl<T: Default> Streams<T> {
    /// No streams yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            addresses: Addresses::default(),
            tcp: Table::new(settings.streams),
            udp: Table::new(settings.streams),
            flights: Slab::default(),
            settings,
            budget: Budget::new(settings.reassembly_bytes),
        }
    }

    /// Takes in a TCP segment. `layer` is the number of TCP headers before it in the frame. Fragments of IP are to be put
    /// together before.
    ///
    /// None when there are too many streams.
    #[inline]
    pub fn tcp(&mut self, moment: Moment, layer: u8, ends: &Ends, segment: &TcpSegment<'_>) -> Option<TcpFrame<'_, T>> {
        let place = Place::of(&mut self.addresses, ends)?;
        let found = self.tcp.find(&place);
        let reused = found.filter(|number| self.is_reused(*number, &segment.header, &place));
        let number = match found {
            Some(number) if reused.is_none() => number,
            _ => self.begin_tcp(&place, reused, moment, layer)?,
        };
        let entry = self.tcp.get_mut(number)?;
        let incoming = Incoming {
            header: segment.header,
            data_bytes: segment.wire_bytes.checked_sub(segment.header.header_bytes()),
            from_low: place.from_low,
            moment,
            is_first: found.is_none() || reused.is_some(),
            reuses_ports: reused.is_some(),
        };
        let (since_first, since_previous) = entry.state.connection.arrive(moment.time, place.from_low);
        let lanes = if self.settings.flight {
            self.flights.get_mut(number)
        } else {
            None
        };
        let analysis = entry.state.connection.segment(&incoming, lanes);
        let way = entry.way(place.from_low);
        let opened_from_low = entry.state.connection.opened_from_low();
        Some(TcpFrame {
            number: StreamNumber(number),
            way,
            is_first: incoming.is_first,
            since_first,
            since_previous,
            reader: PduReader {
                to_server: opened_from_low.map(|from_low| entry.way(from_low)),
                stage: &mut entry.content_stage,
                content: &mut entry.state.content,
                budget: &mut self.budget,
                way,
                frame: moment.frame,
                findings: analysis.findings,
            },
            analysis: Some(analysis),
            data: &mut entry.data,
        })
    }

    fn is_reused(&mut self, number: u32, header: &tcp::Header<'_>, place: &Place) -> bool {
        header.flags().opens()
            && self
                .tcp
                .get_mut(number)
                .is_some_and(|entry| entry.state.connection.is_reused_by(header, place.from_low))
    }

    fn begin_tcp(&mut self, place: &Place, old: Option<u32>, moment: Moment, layer: u8) -> Option<u32> {
        let state = TcpState {
            connection: Connection::new(moment),
            content: None,
        };
        let number = self.tcp.begin(place, old, layer, state)?;
        if self.settings.flight {
            self.flights.push(Lanes::default());
        }
        Some(number)
    }

    /// Takes in a TCP header that an ICMP error quotes: it belongs to a stream, and may begin one, but says nothing.
    pub fn quoted_tcp(&mut self, moment: Moment, layer: u8, ends: &Ends) -> Option<TcpFrame<'_, T>> {
        let place = Place::of(&mut self.addresses, ends)?;
        let found = self.tcp.find(&place);
        let number = match found {
            Some(number) => number,
            None => self.begin_tcp(&place, None, moment, layer)?,
        };
        let entry = self.tcp.get_mut(number)?;
        let (since_first, since_previous) = entry.state.connection.arrive(moment.time, place.from_low);
        let way = entry.way(place.from_low);
        Some(TcpFrame {
            number: StreamNumber(number),
            way,
            is_first: found.is_none(),
            since_first,
            since_previous,
            reader: PduReader {
                to_server: None,
                stage: &mut entry.content_stage,
                content: &mut entry.state.content,
                budget: &mut self.budget,
                way,
                frame: moment.frame,
                findings: Findings::default(),
            },
            analysis: None,
            data: &mut entry.data,
        })
    }

    /// Takes in a UDP datagram, or a header that an ICMP error quotes.
    ///
    /// None when there are too many streams.
    #[inline]
    pub fn udp(&mut self, moment: Moment, layer: u8, ends: &Ends) -> Option<UdpFrame<'_, T>> {
        let place = Place::of(&mut self.addresses, ends)?;
        let found = self.udp.find(&place);
        let number = match found {
            Some(number) => number,
            None => self.begin_udp(&place, moment, layer)?,
        };
        let entry = self.udp.get_mut(number)?;
        let previous = std::mem::replace(&mut entry.state.last_time, moment.time);
        let way = entry.way(place.from_low);
        Some(UdpFrame {
            number: StreamNumber(number),
            way,
            is_first: found.is_none(),
            since_first: moment.time - entry.state.first_time,
            since_previous: moment.time - previous,
            reader: DatagramReader {
                state: &mut entry.state.datagrams,
                budget: &mut self.budget,
                way,
                frame: moment.frame,
                ports: [ends.ports.source, ends.ports.destination],
            },
            data: &mut entry.data,
        })
    }

    fn begin_udp(&mut self, place: &Place, moment: Moment, layer: u8) -> Option<u32> {
        let state = UdpState {
            first_time: moment.time,
            last_time: moment.time,
            first_frame: moment.frame,
            datagrams: DatagramState::default(),
        };
        self.udp.begin(place, None, layer, state)
    }
}

/// What a frame did to the stream of its innermost transport.
#[derive(Debug)]
pub enum Frame<'s, T> {
    /// It is TCP.
    Tcp(TcpFrame<'s, T>),
    /// It is UDP.
    Udp(UdpFrame<'s, T>),
}

impl<T: Default> Streams<T> {
    /// Takes in a frame by its innermost addresses. Outer UDP streams of tunnels do not count here; who needs them walks the
    /// layers and calls [`Streams::tcp`] and [`Streams::udp`] for each.
    ///
    /// None for fragments, for other protocols, and when there are too many streams.
    #[inline]
    pub fn frame(&mut self, moment: Moment, seen: &Dissected<'_>) -> Option<Frame<'_, T>> {
        let ip = seen
            .ip()
            .filter(|ip| ip.fragment.is_none_or(|fragment| fragment.is_atomic()))?;
        let ends = Ends {
            source: ip.source,
            destination: ip.destination,
            ports: seen.ports()?,
        };
        match seen.transport? {
            Transport::Tcp(header) => {
                let is_short = seen.stop.is_some() && seen.payload_wire_bytes == 0;
                let segment = TcpSegment {
                    header,
                    wire_bytes: if is_short {
                        0
                    } else {
                        header.header_bytes().saturating_add(seen.payload_wire_bytes)
                    },
                    payload: seen.payload,
                };
                self.tcp(moment, 0, &ends, &segment).map(Frame::Tcp)
            }
            Transport::Udp(_) => self.udp(moment, 0, &ends).map(Frame::Udp),
            Transport::Icmp(_) | Transport::PortsOnly(_) => None,
        }
    }
}

impl<T> Streams<T> {
    /// How many TCP streams there are.
    #[must_use]
    pub const fn tcp_count(&self) -> u32 {
        self.tcp.len()
    }

    /// How many UDP streams there are.
    #[must_use]
    pub const fn udp_count(&self) -> u32 {
        self.udp.len()
    }

    /// How often content was not read since there was no room to keep what it needs.
    #[must_use]
    pub const fn unread(&self) -> u64 {
        self.budget.refused()
    }

    /// No more packets come.
    #[must_use]
    pub fn close(self) -> EndedStreams<T> {
        drop(self.flights);
        EndedStreams::new(self.addresses, self.tcp, self.udp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::pdus::Conversation;
    use crate::streams::stream::Entry;

    #[test]
    fn five_million_streams_stay_below_a_gibibyte() {
        // Eight bytes per slot of the index, of which at least three eighths are in use.
        const INDEX_BYTES: usize = 8 * 8 / 3;
        let tcp = size_of::<Entry<TcpState, ()>>();
        println!(
            "{tcp} {} {} {}",
            size_of::<Entry<UdpState, ()>>(),
            size_of::<Connection>(),
            size_of::<Conversation>()
        );
        // Beside them there are the messages, and what the caller keeps of each stream.
        assert!(tcp + INDEX_BYTES <= 160, "{tcp}");
        assert!(size_of::<Conversation>() <= 72, "{}", size_of::<Conversation>());
    }
}
