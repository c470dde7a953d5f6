#![no_main]
//! Two frames of a capture, the link type in the first byte: every field of both, as text.

use whotalks_fields::{Extractor, FieldId, Frame, all, info, text};
use whotalks_record::{LinkType, Timestamp};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((link, frames)) = bytes.split_first() else {
        return;
    };
    let mut extractor = Extractor::new((0..).map(FieldId).take(all().len()).collect());
    let (first, second) = frames.split_at(frames.len() / 2);
    for (number, data) in (1..).zip([first, second]) {
        let frame = Frame {
            number,
            time: Some(Timestamp::from_seconds(number.into(), 0)),
            link_type: LinkType((*link).into()),
            data,
            original_length: data.len() as u32,
            interface: None,
            comments: &[],
        };
        let fields = extractor.frame(&frame);
        fields
            .iter()
            .for_each(|(id, value)| drop(info(id).map(|field| text(field, value))));
    }
});
