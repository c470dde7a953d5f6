//! Resource records (RFC 1035 4.1.3).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use whotalks_bytes::Cursor;

use super::{CLASS_MASK, KNOWN_CLASSES, Name};
use crate::Stop;

/// The type of a question or record (IANA "Resource Record (RR) TYPEs").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordType(pub u16);

impl RecordType {
    /// An IPv4 address.
    pub const A: Self = Self(1);
    /// A name server.
    pub const NS: Self = Self(2);
    /// The canonical name of an alias.
    pub const CNAME: Self = Self(5);
    /// A pointer, for reverse look-ups and services.
    pub const PTR: Self = Self(12);
    /// An IPv6 address, RFC 3596.
    pub const AAAA: Self = Self(28);
    /// An alias for a whole subtree, RFC 6672.
    pub const DNAME: Self = Self(39);
    /// Extensions of the message itself, RFC 6891.
    pub const OPT: Self = Self(41);
    /// Service binding, RFC 9460.
    pub const SVCB: Self = Self(64);
    /// Service binding for HTTPS, RFC 9460.
    pub const HTTPS: Self = Self(65);
}

/// The part of a message in which a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// The answer to the question.
    Answer,
    /// Who would know.
    Authority,
    /// What may help.
    Additional,
}

/// A record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// Where it stands.
    pub section: Section,
    /// Whom it is about.
    pub name: Name<'a>,
    /// What it says.
    pub record_type: RecordType,
    /// The class, 1 for the Internet, without the bit that multicast DNS uses; for OPT a size.
    pub class: u16,
    /// How long it may be kept, in seconds; for OPT flags.
    pub time_to_live_seconds: u32,
    /// The content.
    pub data: Data<'a>,
}

/// The content of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Data<'a> {
    /// A and AAAA.
    Address(IpAddr),
    /// CNAME and DNAME.
    CanonicalName(Name<'a>),
    /// PTR.
    Pointer(Name<'a>),
    /// NS.
    NameServer(Name<'a>),
    /// SVCB and HTTPS: the endpoint to use instead, `.` for the owner itself; priority 0 makes it an alias.
    Service {
        /// 0 alias, else lower is preferred.
        priority: u16,
        /// The name of the endpoint.
        target: Name<'a>,
    },
    /// Anything else, and data that does not fit its type.
    Other(&'a [u8]),
}

impl Record<'_> {
    /// A record of a class in use. OPT keeps a size in the place of the class.
    pub(super) fn is_plausible(&self) -> bool {
        self.record_type == RecordType::OPT || KNOWN_CLASSES.contains(&self.class)
    }
}

/// The records of a message.
#[derive(Debug, Clone)]
pub struct Records<'a> {
    message: &'a [u8],
    cursor: Cursor<'a>,
    left: [u16; 3],
    broken: Option<Stop>,
}

impl<'a> Records<'a> {
    pub(super) const fn new(message: &'a [u8], cursor: Cursor<'a>, left: [u16; 3], broken: Option<Stop>) -> Self {
        Self {
            message,
            cursor,
            left,
            broken,
        }
    }

    /// True when no byte of the message is left.
    pub(super) const fn is_at_end(&self) -> bool {
        self.cursor.is_empty()
    }

    fn next_section(&mut self) -> Option<Section> {
        let sections = [Section::Answer, Section::Authority, Section::Additional];
        let (left, section) = self.left.iter_mut().zip(sections).find(|(left, _)| **left > 0)?;
        *left -= 1;
        Some(section)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, Stop>;

    fn next(&mut self) -> Option<Self::Item> {
        let section = self.next_section()?;
        let record = match self.broken.take() {
            Some(stop) => Err(stop),
            None => read(self.message, &mut self.cursor, section),
        };
        if record.is_err() {
            self.left = [0; 3];
        }
        Some(record)
    }
}

fn read<'a>(message: &'a [u8], cursor: &mut Cursor<'a>, section: Section) -> Result<Record<'a>, Stop> {
    let name = Name::parse(message, cursor)?;
    let record_type = RecordType(cursor.u16_be("dns.type")?);
    let class = cursor.u16_be("dns.class")?;
    let time_to_live_seconds = cursor.u32_be("dns.time_to_live")?;
    let length = cursor.u16_be("dns.data_length")?;
    let data = cursor.part("dns.data", length.into())?;
    let class = if record_type == RecordType::OPT {
        class
    } else {
        class & CLASS_MASK
    };
    let data = read_data(message, record_type, data).unwrap_or(Data::Other(data.rest()));
    Ok(Record {
        section,
        name,
        record_type,
        class,
        time_to_live_seconds,
        data,
    })
}

/// The content by type; none where it does not fit, so that an odd record does not hide the ones after it.
fn read_data<'a>(message: &'a [u8], record_type: RecordType, mut data: Cursor<'a>) -> Option<Data<'a>> {
    let cursor = &mut data;
    let content = match record_type {
        RecordType::A => Data::Address(Ipv4Addr::from_octets(*cursor.array("dns.a").ok()?).into()),
        RecordType::AAAA => Data::Address(Ipv6Addr::from_octets(*cursor.array("dns.aaaa").ok()?).into()),
        RecordType::CNAME | RecordType::DNAME => Data::CanonicalName(Name::parse(message, cursor).ok()?),
        RecordType::PTR => Data::Pointer(Name::parse(message, cursor).ok()?),
        RecordType::NS => Data::NameServer(Name::parse(message, cursor).ok()?),
        RecordType::SVCB | RecordType::HTTPS => Data::Service {
            priority: cursor.u16_be("dns.service_priority").ok()?,
            target: Name::parse(message, cursor).ok()?,
        },
        _ => return None,
    };
    Some(content)
}
