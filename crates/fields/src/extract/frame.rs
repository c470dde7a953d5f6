//! What the fields of a frame are read from.

use whotalks_record::{LinkType, Timestamp};

/// A frame and what its capture says about it.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Its number in the capture, from 1.
    pub number: u32,
    /// When it was captured, where that is stated.
    pub time: Option<Timestamp>,
    /// How to read it.
    pub link_type: LinkType,
    /// The bytes that were kept.
    pub data: &'a [u8],
    /// How many bytes it had on the wire.
    pub original_length: u32,
    /// Where it was captured; only formats that describe interfaces say it.
    pub interface: Option<Interface<'a>>,
    /// Its comments.
    pub comments: &'a [&'a str],
}

/// An interface as a capture describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interface<'a> {
    /// Its number, from 0.
    pub number: u32,
    /// Its name.
    pub name: Option<&'a str>,
    /// Its description.
    pub description: Option<&'a str>,
    /// The number of its section of the file, from 1.
    pub section: u32,
}
