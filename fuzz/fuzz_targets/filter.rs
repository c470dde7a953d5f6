#![no_main]
//! A display filter: any text is a filter or an error that says where.

use whotalks_fields::FrameFields;
use whotalks_filter::Filter;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(filter) = Filter::compile(text) else { return };
    std::hint::black_box(filter.matches(&FrameFields::default()));
});
