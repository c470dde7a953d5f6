#![no_main]
//! One event: the templates of providers, events that describe themselves, and what both say.

use whotalks_etl::{Event, EventSink, SelfDescription, Statements, read_events};
use whotalks_record::{EvidenceId, Issue};

const HEADER: [u8; 0x48] = whotalks_fuzz::trace_buffer();

#[derive(Default)]
struct Decoder(Statements);

impl EventSink for Decoder {
    fn event(&mut self, event: &Event<'_>) {
        self.0.of(event);
        self.0.request_of(event);
        if let Some(template) = self.0.templates().of(event) {
            let whole = event.payload.len();
            let mut fields = template.fields(event);
            fields.by_ref().for_each(drop);
            assert!(fields.rest().len() <= whole, "more is left than there was");
        }
        if let Some(description) = SelfDescription::of(event) {
            let _ = description.values(event, &mut |_, _| {});
        }
    }

    fn issue(&mut self, _: Issue) {}
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let trace = [&HEADER[..], bytes].concat();
    read_events(&mut &*trace, EvidenceId(1), &mut Decoder::default());
});
