//! Where a statement comes from.

use std::fmt;
use std::str::FromStr;

/// The number of one piece of evidence in a case, from 1, in the order of the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EvidenceId(pub u32);

/// The place inside a piece of evidence, in the unit by which people cite that kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    /// The number of a packet in a capture, from 1, as Wireshark counts frames.
    Packet(u64),
    /// The record number an event log gave an event; for exported events their own `EventRecordID`.
    Record(u64),
    /// A line of a text, from 1.
    Line(u64),
    /// The number of an item in a list, from 1 (a filter in an XML dump).
    Item(u64),
    /// The evidence as a whole.
    Whole,
}

/// A place in evidence that proves a statement: which piece, where, and how to find its bytes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which piece of evidence.
    pub evidence: EvidenceId,
    /// The place in the unit people cite.
    pub position: Position,
    /// Offset in bytes from the start of the (decompressed, decoded as it lies) evidence.
    pub offset: u64,
    /// Length in bytes; 0 where it is not known.
    pub length: u32,
}

impl Span {
    /// The evidence as a whole.
    pub const fn whole(evidence: EvidenceId) -> Self {
        Self {
            evidence,
            position: Position::Whole,
            offset: 0,
            length: 0,
        }
    }
}

impl fmt::Display for EvidenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "E{}", self.0)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Packet(number) => write!(f, "#{number}"),
            Self::Record(number) => write!(f, "@{number}"),
            Self::Line(number) => write!(f, ":{number}"),
            Self::Item(number) => write!(f, "/{number}"),
            Self::Whole => Ok(()),
        }
    }
}

impl fmt::Display for Span {
    /// The reference that `whotalks explain` takes: `E1#801` (packet), `E2@77391` (event record), `E3:14` (line),
    /// `E4/12` (item), `E5` (the whole piece).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.evidence, self.position)
    }
}

/// Why a text is no reference to evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAReference;

impl fmt::Display for NotAReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a reference: expected E<number> followed by #packet, @record, :line or /item")
    }
}

impl std::error::Error for NotAReference {}

fn parse_position(text: &str) -> Result<Position, NotAReference> {
    let mut characters = text.chars();
    let Some(kind) = characters.next() else {
        return Ok(Position::Whole);
    };
    let number = characters.as_str().parse().map_err(|_| NotAReference)?;
    match kind {
        '#' => Ok(Position::Packet(number)),
        '@' => Ok(Position::Record(number)),
        ':' => Ok(Position::Line(number)),
        '/' => Ok(Position::Item(number)),
        _ => Err(NotAReference),
    }
}

impl FromStr for Span {
    type Err = NotAReference;

    /// Reads what [`Span`]'s `Display` writes; the byte range is not in the text and stays 0.
    fn from_str(text: &str) -> Result<Self, NotAReference> {
        let rest = text.strip_prefix(['E', 'e']).ok_or(NotAReference)?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (evidence, position) = rest.split_at_checked(digits).ok_or(NotAReference)?;
        let evidence = EvidenceId(evidence.parse().map_err(|_| NotAReference)?);
        Ok(Self {
            evidence,
            position: parse_position(position)?,
            offset: 0,
            length: 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_as_it_was_written() {
        for text in ["E1#801", "E2@77391", "E3:14", "E4/12", "E5"] {
            assert_eq!(text.parse::<Span>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_no_references() {
        for text in ["", "E", "1#2", "E1#", "E1#x", "E1%2", "Eé1", "E99999999999#1"] {
            assert_eq!(text.parse::<Span>(), Err(NotAReference), "{text}");
        }
    }
}
