//! From a stream of bytes to a sink, by way of a framer.

use whotalks_record::{Reader, Sink, Source};

use crate::Format;
use crate::framer::{Framer, ToSink};
use crate::window::Window;

/// Reads `source` to its end, or to where nothing more can be read.
pub(crate) fn read(mut framer: Framer, source: Source<'_>, sink: &mut dyn Sink) {
    let mut sink = ToSink(sink);
    let mut window = Window::new(source.bytes);
    let mut needed = 1;
    while !framer.has_ended() && window.peek(needed).is_some() {
        let progress = framer.frame(window.bytes(), window.offset(), &mut sink);
        window.consume(progress.consumed);
        needed = progress.needed.max(1);
    }
    let failure = window.failure().map(ToString::to_string);
    framer.finish(window.bytes(), window.offset(), failure.as_deref(), &mut sink);
}

/// Reads snoop, RFC 1761.
#[derive(Debug, Clone, Copy, Default)]
pub struct SnoopReader;

impl Reader for SnoopReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        read(Framer::of(Format::Snoop, source.evidence), source, sink);
    }
}

/// Reads captures of Microsoft Network Monitor, versions 1 and 2, which have to be in memory as a whole.
#[derive(Debug, Clone, Copy, Default)]
pub struct NetMonReader;

impl Reader for NetMonReader {
    fn read(&self, source: Source<'_>, sink: &mut dyn Sink) {
        read(Framer::of(Format::NetMon, source.evidence), source, sink);
    }
}
