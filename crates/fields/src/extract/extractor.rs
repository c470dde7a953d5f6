//! The way of a frame.

use whotalks_record::Timestamp;

use super::Out;
use super::content::Content;
use super::frame::Frame;
use crate::protocols::frame as frame_fields;
use crate::{FieldSet, FrameFields, Level};

/// Fills the wanted fields of frame after frame of one capture, in the order of their numbers.
#[derive(Debug)]
pub struct Extractor {
    wanted: FieldSet,
    level: Level,
    clock: Clock,
    content: Content,
}

/// The times that the times of a frame are measured from.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    pub(crate) first: Option<Timestamp>,
    pub(crate) previous: Option<Timestamp>,
    pub(crate) displayed: Option<Timestamp>,
}

impl Extractor {
    /// An extractor for these fields.
    #[must_use]
    pub fn new(wanted: FieldSet) -> Self {
        Self {
            level: wanted.level(),
            content: Content::new(&wanted),
            clock: Clock::default(),
            wanted,
        }
    }

    /// What must be known to fill the wanted fields.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The wanted fields of the next frame.
    pub fn frame<'a>(&mut self, frame: &Frame<'a>) -> FrameFields<'a> {
        let mut fields = FrameFields::default();
        let mut out = Out::new(&self.wanted, &mut fields);
        // As in Wireshark a frame without a time is one of 1970 for those after it.
        let time = frame.time.unwrap_or(Timestamp::from_nanoseconds(0));
        self.clock.first = self.clock.first.or(Some(time));
        frame_fields::extract(frame, &self.clock, &mut out);
        self.clock.previous = Some(time);
        self.content.frame(frame, &mut out);
        frame_fields::protocols(&mut out);
        fields
    }

    /// Says that the frame of that time was shown; `frame.time_delta_displayed` of the next one counts from it.
    pub const fn displayed(&mut self, time: Option<Timestamp>) {
        if time.is_some() {
            self.clock.displayed = time;
        }
    }
}
