//! What a capture says of its interfaces and of itself.

use std::sync::Arc;

use crate::{LinkType, Text};

/// An interface as a capture describes it. Its texts were written by whoever made the capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterfaceDescription {
    /// How its packets are to be read.
    pub link_type: LinkType,
    /// Bytes kept of each packet, 0 for all.
    pub snapshot_length: u32,
    /// The unit of its times.
    pub unit: TimeUnit,
    /// Its number in its section, from 0; none in formats that do not number interfaces.
    pub number: Option<u32>,
    /// Its name.
    pub name: Option<Text>,
    /// What it is, in words.
    pub description: Option<Text>,
    /// Its hardware.
    pub hardware: Option<Text>,
    /// The operating system of the computer it belongs to.
    pub operating_system: Option<Text>,
    /// Which packets were captured.
    pub filter: Option<CaptureFilter>,
    /// What was remarked about it.
    pub comments: Vec<Text>,
    /// The section of the capture that describes it.
    pub section: Arc<Section>,
}

/// A part of a capture with what it says of itself; formats without sections have one that says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its number, from 1.
    pub number: u32,
    /// The hardware that captured.
    pub hardware: Option<Text>,
    /// The operating system that captured.
    pub operating_system: Option<Text>,
    /// The program that wrote it.
    pub application: Option<Text>,
    /// What was remarked about it.
    pub comments: Vec<Text>,
}

/// What a capture was limited to while it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaptureFilter {
    /// In the language of pcap.
    Text(Text),
    /// In another form, such as instructions of the Berkeley Packet Filter: its code and its bytes.
    Other(u8, Vec<u8>),
}

/// The unit of times in a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// As in classic captures.
    Microseconds,
    /// As fine as times are here.
    Nanoseconds,
}

impl InterfaceDescription {
    /// An interface of which nothing else is known, as of formats that describe none.
    #[must_use]
    pub fn plain(link_type: LinkType, unit: TimeUnit) -> Self {
        Self {
            link_type,
            snapshot_length: 0,
            unit,
            number: None,
            name: None,
            description: None,
            hardware: None,
            operating_system: None,
            filter: None,
            comments: Vec::new(),
            section: Arc::default(),
        }
    }
}

impl Default for Section {
    fn default() -> Self {
        Self {
            number: 1,
            hardware: None,
            operating_system: None,
            application: None,
            comments: Vec::new(),
        }
    }
}
