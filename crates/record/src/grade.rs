//! How sure a statement is.

/// The grade of an attribution, from weakest to strongest, so that `max` picks the better one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Not known; always comes with a reason.
    #[default]
    Unknown,
    /// The best of several, or a statistical guess; never shown without the word.
    Inferred,
    /// A unique join with a closed window: a process lifetime, a DNS answer within its time to live.
    Derived,
    /// One source states it for this very flow.
    Observed,
}

impl Grade {
    /// All grades, weakest first.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Inferred, Self::Derived, Self::Observed];

    /// The word stored in tables and used as the message key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Inferred => "inferred",
            Self::Derived => "derived",
            Self::Observed => "observed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stronger_grade_is_the_greater_one() {
        assert!(Grade::ALL.is_sorted());
        assert_eq!(Grade::Inferred.max(Grade::Observed), Grade::Observed);
    }
}
