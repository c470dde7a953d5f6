//! A line of a template file.

use super::Template;

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// The field, by its place, that says how many there are; one where none does.
    pub(super) count: Option<usize>,
}

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Unsigned(u8),
    Signed(u8),
    Real,
    Boolean,
    Pointer,
    Guid,
    Sid,
    /// A SID behind the pointers of a `TOKEN_USER`, or a zero where there is none, as kernel events have it.
    UserSid,
    FileTime,
    Utf16,
    Ansi,
    /// A text in UTF-16LE of so many characters as the field at that place says, without an end.
    CountedUtf16(usize),
    /// The same in bytes.
    CountedAnsi(usize),
    /// A number in network order.
    Port,
    Bytes(Length),
}

/// Where the length of bytes comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Fixed(usize),
    /// The field at that place.
    Field(usize),
}

/// A line that is an event.
pub(super) struct Line {
    pub(super) id: u16,
    pub(super) version: u8,
    pub(super) template: Template,
}

impl Line {
    pub(super) fn read(line: &'static str) -> Option<Self> {
        let mut words = line.split(' ');
        let id = words.next()?.parse().ok()?;
        let version = words.next()?.parse().ok()?;
        let name = words.next()?;
        let mut fields = Vec::new();
        let mut is_open = false;
        for word in words {
            match field(word, &fields) {
                Some(field) => fields.push(field),
                None => is_open = true,
            }
            if is_open {
                break;
            }
        }
        Some(Self {
            id,
            version,
            template: Template { name, fields, is_open },
        })
    }
}

/// `name:type`, `name:type[count]`, `name:bin(length)` or `name:text(length)`; none for the question mark.
fn field(word: &'static str, before: &[Field]) -> Option<Field> {
    let (name, kind) = word.split_once(':')?;
    let place = |name: &str| before.iter().position(|field| field.name == name);
    if let Some(length) = kind.strip_prefix("bin(").and_then(|rest| rest.strip_suffix(')')) {
        let length = match length.parse() {
            Ok(bytes) => Length::Fixed(bytes),
            Err(_) => Length::Field(place(length)?),
        };
        let kind = Kind::Bytes(length);
        return Some(Field {
            name,
            kind,
            count: None,
        });
    }
    if let Some((kind, length)) = kind.strip_suffix(')').and_then(|kind| kind.split_once('(')) {
        let kind = match kind {
            "utf16" => Kind::CountedUtf16(place(length)?),
            "ansi" => Kind::CountedAnsi(place(length)?),
            _ => return None,
        };
        return Some(Field {
            name,
            kind,
            count: None,
        });
    }
    let (kind, count) = match kind.strip_suffix(']').and_then(|kind| kind.split_once('[')) {
        Some((kind, counter)) => (kind, Some(place(counter)?)),
        None => (kind, None),
    };
    let kind = simple(kind)?;
    Some(Field { name, kind, count })
}

fn simple(word: &str) -> Option<Kind> {
    Some(match word {
        "u8" => Kind::Unsigned(1),
        "u16" => Kind::Unsigned(2),
        "u32" => Kind::Unsigned(4),
        "u64" => Kind::Unsigned(8),
        "i8" => Kind::Signed(1),
        "i16" => Kind::Signed(2),
        "i32" => Kind::Signed(4),
        "i64" => Kind::Signed(8),
        "f64" => Kind::Real,
        "bool" => Kind::Boolean,
        "ptr" => Kind::Pointer,
        "guid" => Kind::Guid,
        "sid" => Kind::Sid,
        "usersid" => Kind::UserSid,
        "time" => Kind::FileTime,
        "utf16" => Kind::Utf16,
        "ansi" => Kind::Ansi,
        "port" => Kind::Port,
        _ => return None,
    })
}
