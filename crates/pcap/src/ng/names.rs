//! Name Resolution Blocks: records of type 2, length 2, an address and names that end in a zero byte.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use whotalks_bytes::Cursor;
use whotalks_record::{AddressName, Record, Span};

use super::options::Options;
use super::texts::text;
use super::{Block, Blocks};
use crate::framer::FrameSink;

/// The types of a record; 0, the end, is what [`Options`] stops at, since records have the form of options.
const IPV4: u16 = 1;
const IPV6: u16 = 2;

impl Blocks {
    pub(super) fn names<'a>(&self, block: Block<'a>, sink: &mut impl FrameSink<'a>) {
        let span = Span {
            position: self.next_packet(),
            ..self.span(block.offset, block.body.len())
        };
        for record in Options::new(block.cursor(), self.order) {
            let Some((address, names)) = address(record.code, record.value) else {
                continue;
            };
            for name in names.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
                sink.record(Record::AddressName(AddressName {
                    span,
                    address,
                    name: text(name),
                }));
            }
        }
    }
}

fn address(kind: u16, value: &[u8]) -> Option<(IpAddr, &[u8])> {
    let mut cursor = Cursor::new(value);
    let address = match kind {
        IPV4 => Ipv4Addr::from_octets(*cursor.array("pcapng.name_address").ok()?).into(),
        IPV6 => Ipv6Addr::from_octets(*cursor.array("pcapng.name_address").ok()?).into(),
        _ => return None,
    };
    Some((address, cursor.rest()))
}
