//! From a stream of bytes to a sink, by way of a framer.

use whotalks_record::{Sink, Source};

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
