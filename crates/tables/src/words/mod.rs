//! The stored words of closed lists: the same in every language and in every version. A word is never given another
//! meaning; a new value gets a new word.

mod correlated;
mod counter;
mod packets;
mod platform;
mod position;
mod sources;

pub use correlated::UnknownKind;
pub(crate) use counter::CounterSection;
pub(crate) use packets::DnsDataKind;
pub(crate) use position::PositionKind;

use whotalks_record::Interner;

use crate::cell::{Kind, Scalar, Written};

/// A value of a closed list, stored as a word.
pub trait Word: Copy + 'static {
    /// All words, in the order of the list.
    const WORDS: &'static [&'static str];

    /// Its word.
    fn word(&self) -> &'static str;

    /// The value of a word; none where this version does not know it.
    fn from_word(word: &str) -> Option<Self>;
}

impl<T: Word> Scalar for T {
    type Kind = Written;
    const WORDS: &'static [&'static str] = T::WORDS;

    fn stored(&self) -> <Written as Kind>::Value<'_> {
        self.word()
    }

    fn restored(value: <Written as Kind>::Value<'_>, _texts: &mut Interner) -> Option<Self> {
        Self::from_word(value)
    }
}

/// Gives every value of an enum its word, in both directions.
macro_rules! words {
    ($type:ty { $( $variant:ident $( ( $($inner:tt)+ ) )? => $word:literal, )+ }) => {
        impl crate::words::Word for $type {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn word(&self) -> &'static str {
                match self {
                    $( Self::$variant $( ( $($inner)+ ) )? => $word, )+
                }
            }

            fn from_word(word: &str) -> Option<Self> {
                match word {
                    $( $word => Some(Self::$variant $( ( $($inner)+ ) )?), )+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use words;

#[cfg(test)]
mod tests {
    use whotalks_record::{ApplicationProtocol, Grade};

    use super::Word;

    #[test]
    fn grades_and_protocols_are_stored_as_the_records_call_them() {
        for grade in Grade::ALL {
            assert_eq!(Word::word(&grade), grade.word());
        }
        for word in ApplicationProtocol::WORDS {
            let protocol = ApplicationProtocol::from_word(word).unwrap();
            assert_eq!(protocol.word(), *word);
        }
    }
}
