//! A compiled filter.

use whotalks_fields::{FieldSet, FrameFields, Level};

use crate::check;
use crate::program::Test;
use crate::{FilterError, evaluate, parser};

/// A filter that was read once and can be asked about any number of frames.
#[derive(Debug, Clone)]
pub struct Filter {
    text: String,
    test: Test,
    fields: FieldSet,
    level: Level,
}

impl Filter {
    /// Reads a filter. An empty text passes every frame.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, and where.
    pub fn compile(text: &str) -> Result<Self, FilterError> {
        let (test, fields) = match parser::parse(text)? {
            Some(test) => check::check(&test)?,
            None => (Test::Always, FieldSet::default()),
        };
        Ok(Self {
            text: text.to_owned(),
            test,
            level: fields.level(),
            fields,
        })
    }

    /// The text it was read from.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The fields and protocols that a frame must be asked for before [`Filter::matches`] can judge it.
    #[must_use]
    pub fn fields(&self) -> &FieldSet {
        &self.fields
    }

    /// What must be known to fill these fields: a filter on headers needs no reassembly.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// Whether a frame with these values passes.
    #[must_use]
    pub fn matches(&self, frame: &FrameFields<'_>) -> bool {
        evaluate::holds(&self.test, frame)
    }
}
