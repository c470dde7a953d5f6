#![no_main]
//! A packet of any link type, each header of which is told of; the first two bytes choose the link type.

use whotalks_record::LinkType;
use whotalks_wire::dissect::{Layer, LayerSpan, Visitor, walk};

struct Inside<'a>(&'a [u8]);

impl<'a> Visitor<'a> for Inside<'a> {
    fn layer(&mut self, layer: &Layer<'a>, span: LayerSpan, rest: &'a [u8]) {
        assert!(self.0.get(span.offset..).is_some_and(|bytes| bytes.starts_with(rest)));
        let _ = (layer.name(), format!("{layer:?}"));
    }
}

libfuzzer_sys::fuzz_target!(|input: ([u8; 2], u32, &[u8])| {
    let (link_type, wire_bytes, frame) = input;
    walk(
        LinkType(u16::from_le_bytes(link_type)),
        frame,
        wire_bytes,
        &mut Inside(frame),
    );
});
