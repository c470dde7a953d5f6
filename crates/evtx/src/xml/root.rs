//! What stands around the elements: a declaration and a root, which tell whether an export is whole.

/// The roots that exports have: `wevtutil /e:root:Events` and the event viewer write the first, `ConvertTo-Xml` the second.
const ROOTS: [(&[u8], &[u8]); 2] = [(b"<Events", b"</Events>"), (b"<Objects", b"</Objects>")];

/// How far what stands around the elements has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Root {
    /// Nothing is open: no root has begun, or each has ended.
    #[default]
    Closed,
    /// A declaration stands there, and neither a root nor an element behind it.
    Declared,
    /// The root with this end tag has begun.
    Open(&'static [u8]),
}

impl Root {
    /// Takes in the tag that `text` begins with.
    pub(super) fn tag(&mut self, text: &[u8]) {
        if text.starts_with(b"<?xml") {
            *self = Self::Declared;
        }
        for (start, end) in ROOTS {
            if text.starts_with(end) {
                *self = Self::Closed;
            } else if is_start(text, start) {
                *self = Self::Open(end);
            }
        }
    }

    /// Takes in that an element begins: events may follow a declaration without a root.
    pub(super) fn element(&mut self) {
        if *self == Self::Declared {
            *self = Self::Closed;
        }
    }

    /// How many bytes are missing at least, where the text ends here; `None` where nothing is open.
    pub(super) fn missing(self) -> Option<u64> {
        match self {
            Self::Closed => None,
            Self::Declared => Some(1),
            Self::Open(end) => Some(end.len() as u64),
        }
    }
}

/// Whether `text` begins with this start tag and not with a longer name.
pub(super) fn is_start(text: &[u8], start: &[u8]) -> bool {
    text.strip_prefix(start)
        .and_then(<[u8]>::first)
        .is_some_and(|next| *next == b'>' || next.is_ascii_whitespace())
}
