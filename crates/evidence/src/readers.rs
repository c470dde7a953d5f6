//! From a format to its reader.

use whotalks_evtx::{EventJsonReader, EventXmlReader, EvtxReader};
use whotalks_pcap::{PcapReader, PcapngReader};
use whotalks_record::{Reader as _, Sink, Source};
use whotalks_text::TextReader;

use crate::format::Format;

/// Runs the reader of `format` over `source`; does nothing for a format without one.
pub(crate) fn read_with(format: Format, source: Source<'_>, sink: &mut dyn Sink) {
    match format {
        Format::Pcap => PcapReader.read(source, sink),
        Format::PcapNg => PcapngReader.read(source, sink),
        Format::Evtx => EvtxReader.read(source, sink),
        Format::EventXml => EventXmlReader.read(source, sink),
        Format::EventJson => EventJsonReader.read(source, sink),
        Format::Netstat | Format::Tasklist | Format::Ss => TextReader.read(source, sink),
        _ => {}
    }
}
