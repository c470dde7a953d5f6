use crate::accepts::Accepts;

/// What a function takes at one place.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in the documentation and in errors.
    pub name: &'static str,
    /// The types it takes.
    pub accepts: Accepts,
    /// What it means.
    pub meaning: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether its value must be known before any row is seen.
    pub constant: bool,
    /// The least number of times it is given, where it may be given several times.
    pub repeated: Option<usize>,
}

impl Parameter {
    /// One that must be given.
    #[must_use]
    pub const fn new(name: &'static str, accepts: Accepts, meaning: &'static str) -> Self {
        Self {
            name,
            accepts,
            meaning,
            optional: false,
            constant: false,
            repeated: None,
        }
    }

    /// One that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, accepts: Accepts, meaning: &'static str) -> Self {
        Self {
            optional: true,
            ..Self::new(name, accepts, meaning)
        }
    }

    /// One that is given at least so many times.
    #[must_use]
    pub const fn repeated(name: &'static str, accepts: Accepts, least: usize, meaning: &'static str) -> Self {
        Self {
            repeated: Some(least),
            ..Self::new(name, accepts, meaning)
        }
    }

    /// The same, whose value must be known before any row is seen.
    #[must_use]
    pub const fn constant(self) -> Self {
        Self { constant: true, ..self }
    }
}
