use super::{print, tag};
use crate::{DateTime, Decimal, Guid, TimeSpan, Value};

/// A dynamic value in its compact bytes; nothing is decoded until it is asked for. Damaged bytes read as null.
#[derive(Clone, Copy, Debug)]
pub struct DynamicView<'a> {
    bytes: &'a [u8],
}

/// What a dynamic value is.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Long(i64),
    /// A floating-point number.
    Real(f64),
    /// A decimal fraction.
    Decimal(Decimal),
    /// Text.
    String(&'a str),
    /// An instant.
    DateTime(DateTime),
    /// A length of time.
    TimeSpan(TimeSpan),
    /// An identifier.
    Guid(Guid),
    /// Values in order.
    Array(Elements<'a>),
    /// Named values.
    Bag(Properties<'a>),
}

/// The elements of an array, in order.
#[derive(Clone, Debug)]
pub struct Elements<'a> {
    count: usize,
    rest: &'a [u8],
}

/// The named values of a bag, in order.
#[derive(Clone, Debug)]
pub struct Properties<'a> {
    count: usize,
    rest: &'a [u8],
}

impl<'a> DynamicView<'a> {
    /// Looks at the bytes of one value.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> Kind<'a> {
        self.read().unwrap_or(Kind::Null)
    }

    fn read(self) -> Option<Kind<'a>> {
        let (tag, content) = self.bytes.split_first()?;
        Some(match *tag {
            tag::FALSE => Kind::Bool(false),
            tag::TRUE => Kind::Bool(true),
            tag::LONG => Kind::Long(i64::from_le_bytes(fixed(content)?)),
            tag::REAL => Kind::Real(f64::from_le_bytes(fixed(content)?)),
            tag::DECIMAL => Kind::Decimal(Decimal::from_scaled(i128::from_le_bytes(fixed(content)?))?),
            tag::STRING => Kind::String(std::str::from_utf8(sized(content)?).ok()?),
            tag::DATETIME => Kind::DateTime(DateTime::from_ticks(i64::from_le_bytes(fixed(content)?))?),
            tag::TIMESPAN => Kind::TimeSpan(TimeSpan::from_ticks(i64::from_le_bytes(fixed(content)?))),
            tag::GUID => Kind::Guid(Guid(fixed(content)?)),
            tag::ARRAY => {
                let (count, rest) = counted(content)?;
                Kind::Array(Elements { count, rest })
            }
            tag::BAG => {
                let (count, rest) = counted(content)?;
                Kind::Bag(Properties { count, rest })
            }
            _ => return None,
        })
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(self) -> bool {
        matches!(self.kind(), Kind::Null)
    }

    /// The elements, where it is an array.
    #[must_use]
    pub fn elements(self) -> Option<Elements<'a>> {
        match self.kind() {
            Kind::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The named values, where it is a bag.
    #[must_use]
    pub fn properties(self) -> Option<Properties<'a>> {
        match self.kind() {
            Kind::Bag(properties) => Some(properties),
            _ => None,
        }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn text(self) -> Option<&'a str> {
        match self.kind() {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of that name, where it is a bag that has one.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Self> {
        self.properties()?
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The element at that place, from the end where it is negative (-1 is the last), where it is an array.
    #[must_use]
    pub fn at(self, index: i64) -> Option<Self> {
        let mut elements = self.elements()?;
        let count = i64::try_from(elements.len()).ok()?;
        let place = if index < 0 { index.checked_add(count)? } else { index };
        elements.nth(usize::try_from(place).ok()?)
    }

    /// As one cell: scalars as themselves, arrays and bags as dynamic.
    #[must_use]
    pub fn to_value(self) -> Value<'a> {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(value),
            Kind::Long(value) => Value::Long(value),
            Kind::Real(value) => Value::Real(value),
            Kind::Decimal(value) => Value::Decimal(value),
            Kind::String(value) => Value::String(value.into()),
            Kind::DateTime(value) => Value::DateTime(value),
            Kind::TimeSpan(value) => Value::TimeSpan(value),
            Kind::Guid(value) => Value::Guid(value),
            Kind::Array(_) | Kind::Bag(_) => Value::Dynamic(self.bytes.into()),
        }
    }

    /// JSON without blanks.
    #[must_use]
    pub fn to_json(self) -> String {
        print::json(self)
    }
}

impl Elements<'_> {
    /// How many there are left.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl Properties<'_> {
    /// How many there are left.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = DynamicView<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.count = self.count.checked_sub(1)?;
        let (bytes, rest) = split_value(self.rest)?;
        self.rest = rest;
        Some(DynamicView::new(bytes))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // A count that damaged bytes claim is no reason to set memory aside.
        (0, Some(self.count))
    }
}

impl<'a> Iterator for Properties<'a> {
    type Item = (&'a str, DynamicView<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.count = self.count.checked_sub(1)?;
        let name = sized(self.rest)?;
        let (bytes, rest) = split_value(self.rest.get(name.len() + 4..)?)?;
        self.rest = rest;
        Some((std::str::from_utf8(name).ok()?, DynamicView::new(bytes)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.count))
    }
}

/// The bytes of the first value, and what follows.
fn split_value(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (tag, content) = bytes.split_first()?;
    let length = match *tag {
        tag::NULL | tag::FALSE | tag::TRUE => 0,
        tag::LONG | tag::REAL | tag::DATETIME | tag::TIMESPAN => 8,
        tag::DECIMAL | tag::GUID => 16,
        tag::STRING => length(content)?.checked_add(4)?,
        tag::ARRAY | tag::BAG => length(content)?.checked_add(8)?,
        _ => return None,
    };
    bytes.split_at_checked(length.checked_add(1)?)
}

fn length(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(fixed(bytes)?)).ok()
}

fn fixed<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    bytes.get(..N)?.try_into().ok()
}

/// What follows four bytes of length.
fn sized(bytes: &[u8]) -> Option<&[u8]> {
    bytes.get(4..length(bytes)?.checked_add(4)?)
}

/// Count and content of an array or a bag.
fn counted(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let content = bytes.get(8..length(bytes)?.checked_add(8)?)?;
    // Each element has at least one byte.
    let count = length(bytes.get(4..)?)?;
    (count <= content.len()).then_some((count, content))
}
