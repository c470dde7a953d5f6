//! DNS messages (RFC 1035), as a view that copies nothing.
//!
//! ```text
//! | id 2 | flags 2 | questions 2 | answers 2 | authorities 2 | additionals 2 | entries ... |
//! question | name | type 2 | class 2 |          record | name | type 2 | class 2 | time to live 4 | length 2 | data |
//! ```
//!
//! Multicast DNS (RFC 6762) and LLMNR (RFC 4795) have the same form. NetBIOS name service (RFC 1002) has it too, and is
//! refused by the probes: its names are no domain names.

pub mod https;
mod name;
mod record;

pub use name::Name;
pub use record::{Data, Record, RecordType, Section};

use whotalks_bytes::Cursor;
use whotalks_record::ApplicationProtocol;

use super::{Direction, Probe, Unfinished};
use crate::Stop;

mod field {
    use whotalks_bytes::fixed::U16;
    pub(super) const ID: U16<0> = U16;
    pub(super) const FLAGS: U16<2> = U16;
    pub(super) const QUESTIONS: U16<4> = U16;
    pub(super) const ANSWERS: U16<6> = U16;
    pub(super) const AUTHORITIES: U16<8> = U16;
    pub(super) const ADDITIONALS: U16<10> = U16;
}

/// Bytes of the header.
pub const HEADER_BYTES: usize = 12;

const RESPONSE: u16 = 0x8000;
const OPCODE_MASK: u16 = 0x7800;
const OPCODE_SHIFT: u32 = 11;
const TRUNCATED: u16 = 0x0200;
const RESPONSE_CODE_MASK: u16 = 0x000f;
/// The highest opcode in use, DSO (RFC 8490).
const HIGHEST_OPCODE: u8 = 6;
/// The bit that multicast DNS takes from the class: "unicast answer wished", "flush the cache" (RFC 6762 5.4, 10.2).
const CLASS_MASK: u16 = 0x7fff;
/// Internet, Chaos, Hesiod, none and any.
const KNOWN_CLASSES: [u16; 5] = [1, 3, 4, 254, 255];
/// More questions than this are no DNS; multicast DNS asks some twenty at once.
const MOST_QUESTIONS: u16 = 64;

/// A DNS message whose header is there; everything after it is read when asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    bytes: &'a [u8],
    header: &'a [u8; HEADER_BYTES],
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question<'a> {
    /// The name asked for.
    pub name: Name<'a>,
    /// The type asked for.
    pub record_type: RecordType,
    /// The class, 1 for the Internet, without the bit that multicast DNS uses.
    pub class: u16,
}

impl<'a> Message<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Stop::Short`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Stop> {
        Ok(Self {
            bytes,
            header: Cursor::new(bytes).array("dns.header")?,
        })
    }

    /// The number that pairs question and answer.
    #[must_use]
    pub const fn id(&self) -> u16 {
        field::ID.be(self.header)
    }

    /// True for an answer.
    #[must_use]
    pub const fn is_response(&self) -> bool {
        field::FLAGS.be(self.header) & RESPONSE != 0
    }

    /// The kind of question: 0 query, 4 notify, 5 update (IANA "DNS OpCodes").
    #[must_use]
    pub const fn opcode(&self) -> u8 {
        ((field::FLAGS.be(self.header) & OPCODE_MASK) >> OPCODE_SHIFT) as u8
    }

    /// The outcome: 0 no error, 3 no such name (IANA "DNS RCODEs"), without the bits that EDNS adds.
    #[must_use]
    pub const fn response_code(&self) -> u16 {
        field::FLAGS.be(self.header) & RESPONSE_CODE_MASK
    }

    /// True when the server left out answers because they did not fit.
    #[must_use]
    pub const fn is_truncated(&self) -> bool {
        field::FLAGS.be(self.header) & TRUNCATED != 0
    }

    /// How many questions the header announces.
    #[must_use]
    pub const fn question_count(&self) -> u16 {
        field::QUESTIONS.be(self.header)
    }

    /// How many records the header announces: answers, authorities, additionals.
    #[must_use]
    pub const fn record_counts(&self) -> [u16; 3] {
        [
            field::ANSWERS.be(self.header),
            field::AUTHORITIES.be(self.header),
            field::ADDITIONALS.be(self.header),
        ]
    }

    /// The questions in order; after an error there are no more.
    #[must_use]
    pub fn questions(&self) -> Questions<'a> {
        Questions {
            message: self.bytes,
            cursor: self.after_header(),
            left: self.question_count(),
        }
    }

    /// The records of all three sections in order; after an error there are no more.
    #[must_use]
    pub fn records(&self) -> record::Records<'a> {
        let mut questions = self.questions();
        let broken = questions.by_ref().find_map(Result::err);
        questions.into_records(self, broken)
    }

    fn after_header(&self) -> Cursor<'a> {
        Cursor::at(self.bytes.get(HEADER_BYTES..).unwrap_or_default(), HEADER_BYTES as u64)
    }
}

/// The questions of a message.
#[derive(Debug, Clone)]
pub struct Questions<'a> {
    message: &'a [u8],
    cursor: Cursor<'a>,
    left: u16,
}

impl<'a> Questions<'a> {
    /// The type that the next question asks for, whose name is added to `name` as [`Name::write_canonical`] adds it. None where
    /// there is no further question that can be read. To count questions is thus to read their names once.
    #[inline]
    pub fn next_canonical(&mut self, name: &mut Vec<u8>) -> Option<RecordType> {
        self.left = self.left.checked_sub(1)?;
        let read = Name::copy_canonical(self.message, &mut self.cursor, name).and_then(|()| {
            let record_type = RecordType(self.cursor.u16_be("dns.type")?);
            self.cursor.u16_be("dns.class")?;
            Ok(record_type)
        });
        if read.is_err() {
            self.left = 0;
        }
        read.ok()
    }

    /// The records behind the questions, which are all read; `broken` is what was wrong with one.
    const fn into_records(self, message: &Message<'a>, broken: Option<Stop>) -> record::Records<'a> {
        record::Records::new(self.message, self.cursor, message.record_counts(), broken)
    }
}

impl<'a> Iterator for Questions<'a> {
    type Item = Result<Question<'a>, Stop>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let question = read_question(self.message, &mut self.cursor);
        if question.is_err() {
            self.left = 0;
        }
        Some(question)
    }
}

fn read_question<'a>(message: &'a [u8], cursor: &mut Cursor<'a>) -> Result<Question<'a>, Stop> {
    Ok(Question {
        name: Name::parse(message, cursor)?,
        record_type: RecordType(cursor.u16_be("dns.type")?),
        class: cursor.u16_be("dns.class")? & CLASS_MASK,
    })
}

/// Cuts the first message off a stream, where two bytes of length stand before each (RFC 1035 4.2.2). Gives the message and
/// how many bytes it takes with its length.
///
/// # Errors
/// [`Unfinished::NeedMore`].
pub fn framed(prefix: &[u8]) -> Result<(Message<'_>, usize), Unfinished> {
    let mut cursor = Cursor::new(prefix);
    let bytes = cursor.slice_u16_be("dns.message")?;
    Ok((Message::parse(bytes)?, bytes.len() + 2))
}

/// The port of multicast DNS (RFC 6762 3).
pub const MULTICAST_PORT: u16 = 5353;
/// The port of link-local multicast name resolution (RFC 4795 2).
pub const LINK_LOCAL_PORT: u16 = 5355;

/// Which of the protocols with the form of DNS a message between these ports belongs to. Only the port tells them apart.
#[must_use]
pub const fn flavour(ports: [u16; 2]) -> ApplicationProtocol {
    match ports {
        [MULTICAST_PORT, _] | [_, MULTICAST_PORT] => ApplicationProtocol::Mdns,
        [LINK_LOCAL_PORT, _] | [_, LINK_LOCAL_PORT] => ApplicationProtocol::Llmnr,
        _ => ApplicationProtocol::Dns,
    }
}

/// Whether a datagram is a DNS message: certain when every entry can be read to the last byte, unsure when the header and
/// the first question or record can.
#[must_use]
pub fn probe_datagram(datagram: &[u8], _: Direction) -> Probe {
    let Some((message, questions)) = begun(datagram) else {
        return Probe::NotMine;
    };
    if is_sound(&message, questions) {
        Probe::Certain
    } else {
        Probe::Unsure
    }
}

/// Whether [`probe_datagram`] does not refuse a datagram. Most of what it reads is not needed to tell.
pub(super) fn may_be_datagram(datagram: &[u8]) -> bool {
    begun(datagram).is_some()
}

/// The message, and its questions after the first, when the header and the first question or record can be those of DNS.
fn begun(datagram: &[u8]) -> Option<(Message<'_>, Questions<'_>)> {
    let message = Message::parse(datagram).ok()?;
    if !plausible_header(&message) {
        return None;
    }
    let mut questions = message.questions();
    let begins_well = match questions.next() {
        Some(question) => question.is_ok_and(|question| plausible_question(&question)),
        None => begins_with_record(&message),
    };
    begins_well.then_some((message, questions))
}

/// Whether a stream begins with a DNS message behind its length.
#[must_use]
pub fn probe_stream(prefix: &[u8], direction: Direction) -> Probe {
    let mut cursor = Cursor::new(prefix);
    let Ok(length) = cursor.u16_be("dns.length") else {
        return Probe::Unsure;
    };
    let available = cursor.rest();
    if usize::from(length) < HEADER_BYTES {
        return Probe::NotMine;
    }
    match available.get(..length.into()) {
        Some(message) => probe_datagram(message, direction),
        None => probe_head(available),
    }
}

/// What the beginning of a message allows to say.
fn probe_head(head: &[u8]) -> Probe {
    match Message::parse(head) {
        Ok(message) if !plausible_header(&message) => Probe::NotMine,
        Ok(message) => match message.questions().next() {
            Some(Ok(question)) if !plausible_question(&question) => Probe::NotMine,
            Some(Err(Stop::Malformed { .. } | Stop::TooDeep { .. })) => Probe::NotMine,
            _ => Probe::Unsure,
        },
        Err(_) => Probe::Unsure,
    }
}

/// Whether a message without questions begins with a record under a domain name.
fn begins_with_record(message: &Message<'_>) -> bool {
    let first = message.records().next();
    first.is_some_and(|record| record.is_ok_and(|record| !record.name.is_netbios()))
}

fn plausible_header(message: &Message<'_>) -> bool {
    let [answers, authorities, additionals] = message.record_counts();
    let nothing = message.question_count() == 0 && answers == 0 && authorities == 0 && additionals == 0;
    message.opcode() <= HIGHEST_OPCODE && message.question_count() <= MOST_QUESTIONS && !nothing
}

fn plausible_question(question: &Question<'_>) -> bool {
    KNOWN_CLASSES.contains(&question.class) && !question.name.is_netbios()
}

/// Every announced entry after those that were read can be read, all records are of a known class, and nothing is left over.
fn is_sound(message: &Message<'_>, mut questions: Questions<'_>) -> bool {
    let asks_well = questions.all(|question| question.is_ok_and(|question| plausible_question(&question)));
    let mut records = questions.into_records(message, None);
    asks_well
        && records
            .by_ref()
            .all(|record| record.is_ok_and(|record| record.is_plausible()))
        && records.is_at_end()
}

#[cfg(test)]
mod tests;
