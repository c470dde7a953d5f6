//! Writing pcapng (draft-ietf-opsawg-pcapng).

mod block;

use std::io::{self, Write};
use std::net::IpAddr;

use whotalks_record::{CaptureFilter, InterfaceDescription, InterfaceId, TimeUnit, Timestamp};

use block::Block;

/// A packet to be written.
#[derive(Debug, Clone, Copy)]
pub struct OutgoingPacket<'a> {
    /// The number that [`PcapngWriter::interface`] gave.
    pub interface: InterfaceId,
    /// When it was captured; the beginning of 1970 is written where that is not known.
    pub timestamp: Option<Timestamp>,
    /// The bytes that were kept.
    pub data: &'a [u8],
    /// How many bytes the packet had on the wire.
    pub original_length: u32,
    /// What is said about it.
    pub comments: &'a [&'a str],
}

/// The longest option, whose length has 16 bits; longer texts are cut.
const MOST_OPTION_BYTES: usize = u16::MAX as usize;
/// Bytes of names after which another block is begun.
const NAMES_BLOCK_BYTES: usize = 64 << 10;
/// The longest name of an address that is written; DNS names have 253 bytes at most.
const MOST_NAME_BYTES: usize = 1_024;

/// Writes one section, least significant byte first. Nothing is buffered: give it a [`io::BufWriter`].
#[derive(Debug)]
pub struct PcapngWriter<W> {
    output: W,
    units: Vec<TimeUnit>,
}

impl<W: Write> PcapngWriter<W> {
    /// Begins a section that says which program wrote it.
    ///
    /// # Errors
    /// Those of the output.
    pub fn new(mut output: W, application: &str) -> io::Result<Self> {
        let mut block = Block::new(block::SECTION);
        block.u32(block::BYTE_ORDER_MAGIC).u16(1).u16(0);
        // The length of the section is not known before its end.
        block.u32(u32::MAX).u32(u32::MAX);
        block.option(option::USER_APPLICATION, cut(application, MOST_OPTION_BYTES));
        block.end_options().write(&mut output)?;
        let units = Vec::new();
        Ok(Self { output, units })
    }

    /// Describes an interface and gives its number.
    ///
    /// # Errors
    /// Those of the output.
    pub fn interface(&mut self, interface: &InterfaceDescription) -> io::Result<InterfaceId> {
        let mut block = Block::new(block::INTERFACE);
        block.u16(interface.link_type.0).u16(0).u32(interface.snapshot_length);
        let texts = [
            (option::INTERFACE_NAME, &interface.name),
            (option::INTERFACE_DESCRIPTION, &interface.description),
            (option::INTERFACE_OPERATING_SYSTEM, &interface.operating_system),
            (option::INTERFACE_HARDWARE, &interface.hardware),
        ];
        let comments = interface.comments.iter().map(|comment| (option::COMMENT, comment));
        let texts = texts
            .into_iter()
            .filter_map(|(code, text)| Some((code, text.as_ref()?)));
        for (code, text) in texts.chain(comments) {
            block.option(code, cut(text, MOST_OPTION_BYTES));
        }
        if let Some(filter) = &interface.filter {
            block.option(option::INTERFACE_FILTER, &filter_option(filter));
        }
        if interface.unit == TimeUnit::Nanoseconds {
            block.option(option::RESOLUTION, &[9]);
        }
        block.end_options().write(&mut self.output)?;
        let id = InterfaceId(self.units.len().try_into().unwrap_or(u32::MAX));
        self.units.push(interface.unit);
        Ok(id)
    }

    /// Writes a packet.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] for an interface that was not described; those of the output.
    pub fn packet(&mut self, packet: &OutgoingPacket<'_>) -> io::Result<()> {
        let Some(unit) = self.units.get(packet.interface.0 as usize) else {
            let what = format!("interface {} was not described", packet.interface.0);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        };
        let nanoseconds = packet
            .timestamp
            .map_or(0, Timestamp::nanoseconds)
            .max(0)
            .cast_unsigned();
        let time = match unit {
            TimeUnit::Microseconds => nanoseconds / 1_000,
            TimeUnit::Nanoseconds => nanoseconds,
        };
        let captured_length = packet.data.len().try_into().unwrap_or(u32::MAX);
        let mut block = Block::new(block::ENHANCED_PACKET);
        // Each half has 32 bits.
        block.u32(packet.interface.0).u32((time >> 32) as u32).u32(time as u32);
        block
            .u32(captured_length)
            .u32(packet.original_length.max(captured_length))
            .padded(packet.data);
        for comment in packet.comments {
            block.option(option::COMMENT, cut(comment, MOST_OPTION_BYTES));
        }
        block.end_options().write(&mut self.output)
    }

    /// Writes names of addresses.
    ///
    /// # Errors
    /// Those of the output.
    pub fn names<'n>(&mut self, names: impl IntoIterator<Item = (IpAddr, &'n str)>) -> io::Result<()> {
        let mut block = Block::new(block::NAMES);
        for (address, name) in names {
            let name = cut(name, MOST_NAME_BYTES);
            match address {
                IpAddr::V4(address) => block.option(option::NAME_IPV4, &[&address.octets(), name, &[0]].concat()),
                IpAddr::V6(address) => block.option(option::NAME_IPV6, &[&address.octets(), name, &[0]].concat()),
            };
            if block.body_bytes() > NAMES_BLOCK_BYTES {
                std::mem::replace(&mut block, Block::new(block::NAMES))
                    .end_options()
                    .write(&mut self.output)?;
            }
        }
        if block.body_bytes() > 0 {
            block.end_options().write(&mut self.output)?;
        }
        Ok(())
    }

    /// Writes keys that open encrypted traffic, as another capture had them.
    ///
    /// # Errors
    /// Those of the output.
    pub fn secrets(&mut self, kind: u32, secrets: &[u8]) -> io::Result<()> {
        let mut block = Block::new(block::SECRETS);
        block
            .u32(kind)
            .u32(secrets.len().try_into().unwrap_or(u32::MAX))
            .padded(secrets);
        block.write(&mut self.output)
    }

    /// Hands the output over to the system and gives it back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> io::Result<W> {
        self.output.flush()?;
        Ok(self.output)
    }
}

/// Codes of options and records.
mod option {
    pub(super) const COMMENT: u16 = 1;
    pub(super) const USER_APPLICATION: u16 = 4;
    pub(super) const INTERFACE_NAME: u16 = 2;
    pub(super) const INTERFACE_DESCRIPTION: u16 = 3;
    pub(super) const INTERFACE_FILTER: u16 = 11;
    pub(super) const INTERFACE_OPERATING_SYSTEM: u16 = 12;
    pub(super) const INTERFACE_HARDWARE: u16 = 15;
    pub(super) const RESOLUTION: u16 = 9;
    pub(super) const NAME_IPV4: u16 = 1;
    pub(super) const NAME_IPV6: u16 = 2;
}

/// A byte that says in which form the filter is, and the filter.
fn filter_option(filter: &CaptureFilter) -> Vec<u8> {
    // One byte of the longest option is taken.
    let most = MOST_OPTION_BYTES - 1;
    match filter {
        CaptureFilter::Text(text) => [&[0], cut(text, most)].concat(),
        CaptureFilter::Other(form, bytes) => [&[*form], bytes.get(..most).unwrap_or(bytes)].concat(),
    }
}

/// The beginning of a text, up to a whole character.
fn cut(text: &str, most_bytes: usize) -> &[u8] {
    let end = text.floor_char_boundary(most_bytes);
    text.get(..end).unwrap_or(text).as_bytes()
}

#[cfg(test)]
mod tests;
