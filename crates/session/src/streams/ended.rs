//! Streams of which no more packets come.
//!
//! What only further packets would need is let go, which is half of what is kept of a stream; there may be millions.

use whotalks_record::Timestamp;

use super::handshake::Times;
use super::key::{Addresses, Ends, Family, Key};
use super::slab::Slab;
use super::stream::{Entry, First, StreamNumber, TcpState, TcpStream, UdpState, UdpStream};
use super::table::Table;

/// The TCP and UDP streams of a capture when all its packets were seen, and `T` of each.
#[derive(Debug)]
pub struct EndedStreams<T> {
    addresses: Addresses,
    tcp: Slab<Ended<Times, T>>,
    udp: Slab<Ended<(), T>>,
}

/// One stream; `H` is what is known of its handshake.
#[derive(Debug)]
struct Ended<H, T> {
    key: Key,
    first_frame: u32,
    first_time: Timestamp,
    last_time: Timestamp,
    handshake: H,
    first_layer: u8,
    family: Family,
    forth_from_low: bool,
    data: T,
}

impl<T> EndedStreams<T> {
    pub(super) fn new(mut addresses: Addresses, tcp: Table<TcpState, T>, udp: Table<UdpState, T>) -> Self {
        addresses.close();
        let of_tcp = |state: TcpState| {
            let connection = &state.connection;
            let times = (connection.first_time(), connection.last_time());
            (connection.first_frame(), times, connection.times())
        };
        let of_udp = |state: UdpState| (state.first_frame, (state.first_time, state.last_time), ());
        Self {
            addresses,
            tcp: all(tcp, of_tcp),
            udp: all(udp, of_udp),
        }
    }

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

    /// The TCP streams in order of their numbers.
    pub fn tcp_streams(&self) -> impl Iterator<Item = TcpStream<&T>> {
        let streams = (0..).zip(self.tcp.iter());
        streams.map(|(number, ended)| TcpStream {
            number: StreamNumber(number),
            ends: ended.ends(&self.addresses),
            first: ended.first(),
            first_time: ended.first_time,
            last_time: ended.last_time,
            completeness: ended.handshake.completeness,
            handshake: ended.handshake.handshake(),
            data: &ended.data,
        })
    }

    /// The UDP streams in order of their numbers.
    pub fn udp_streams(&self) -> impl Iterator<Item = UdpStream<&T>> {
        let streams = (0..).zip(self.udp.iter());
        streams.map(|(number, ended)| UdpStream {
            number: StreamNumber(number),
            ends: ended.ends(&self.addresses),
            first: ended.first(),
            first_time: ended.first_time,
            last_time: ended.last_time,
            data: &ended.data,
        })
    }
}

impl<H, T> Ended<H, T> {
    fn ends(&self, addresses: &Addresses) -> Ends {
        addresses.ends(self.key, self.family, self.forth_from_low)
    }

    const fn first(&self) -> First {
        First {
            frame: self.first_frame,
            layer: self.first_layer,
        }
    }
}

/// The frame, the times of the first and the last one, and the handshake.
type Kept<H> = (u32, (Timestamp, Timestamp), H);

/// All streams of a table, which is let go block by block.
fn all<S, H, T>(table: Table<S, T>, kept: impl Fn(S) -> Kept<H>) -> Slab<Ended<H, T>> {
    let mut streams = Slab::default();
    for entry in table.into_entries() {
        let Entry {
            key,
            first_layer,
            family,
            forth_from_low,
            state,
            data,
            ..
        } = entry;
        let (first_frame, (first_time, last_time), handshake) = kept(state);
        streams.push(Ended {
            key,
            first_frame,
            first_time,
            last_time,
            handshake,
            first_layer,
            family,
            forth_from_low,
            data,
        });
    }
    streams
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_ended_takes_half_the_room() {
        assert!(size_of::<Ended<Times, ()>>() <= 56, "{}", size_of::<Ended<Times, ()>>());
        assert!(size_of::<Ended<Times, ()>>() * 2 <= size_of::<Entry<TcpState, ()>>());
    }
}
