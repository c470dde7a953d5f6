use std::collections::HashMap;

use super::tag;
use crate::{DateTime, Decimal, Guid, TimeSpan, Value};

/// Writes the compact bytes of dynamic values.
#[derive(Clone, Copy, Debug)]
pub struct DynamicBuilder;

impl DynamicBuilder {
    /// No value.
    #[must_use]
    pub fn null() -> Vec<u8> {
        vec![tag::NULL]
    }

    /// True or false.
    #[must_use]
    pub fn bool(value: bool) -> Vec<u8> {
        vec![if value { tag::TRUE } else { tag::FALSE }]
    }

    /// A whole number.
    #[must_use]
    pub fn long(value: i64) -> Vec<u8> {
        tagged(tag::LONG, &value.to_le_bytes())
    }

    /// A floating-point number.
    #[must_use]
    pub fn real(value: f64) -> Vec<u8> {
        tagged(tag::REAL, &value.to_le_bytes())
    }

    /// A decimal fraction.
    #[must_use]
    pub fn decimal(value: Decimal) -> Vec<u8> {
        tagged(tag::DECIMAL, &value.scaled().to_le_bytes())
    }

    /// Text; null over 4 GiB.
    #[must_use]
    pub fn string(value: &str) -> Vec<u8> {
        let Ok(length) = u32::try_from(value.len()) else {
            return Self::null();
        };
        let mut bytes = tagged(tag::STRING, &length.to_le_bytes());
        bytes.extend_from_slice(value.as_bytes());
        bytes
    }

    /// An instant.
    #[must_use]
    pub fn datetime(value: DateTime) -> Vec<u8> {
        tagged(tag::DATETIME, &value.ticks().to_le_bytes())
    }

    /// A length of time.
    #[must_use]
    pub fn timespan(value: TimeSpan) -> Vec<u8> {
        tagged(tag::TIMESPAN, &value.ticks().to_le_bytes())
    }

    /// An identifier.
    #[must_use]
    pub fn guid(value: Guid) -> Vec<u8> {
        tagged(tag::GUID, &value.0)
    }

    /// Values in order, each as its bytes; null over 4 GiB.
    pub fn array<B: AsRef<[u8]>>(elements: impl IntoIterator<Item = B>) -> Vec<u8> {
        let mut bytes = vec![tag::ARRAY, 0, 0, 0, 0, 0, 0, 0, 0];
        let mut count = 0_u32;
        for element in elements {
            bytes.extend_from_slice(element.as_ref());
            count = count.saturating_add(1);
        }
        closed(bytes, count)
    }

    /// Named values; of two with one name the later value counts, at the place of the first.
    pub fn bag<'n, B: AsRef<[u8]>>(properties: impl IntoIterator<Item = (&'n str, B)>) -> Vec<u8> {
        let mut bag = Bag::default();
        for (name, value) in properties {
            bag.set(name, value.as_ref());
        }
        bag.finish()
    }

    /// One value as an element of an array or a bag.
    #[must_use]
    pub fn value(value: &Value<'_>) -> Vec<u8> {
        match value {
            Value::Null => Self::null(),
            Value::Bool(value) => Self::bool(*value),
            Value::Int(value) => Self::long(i64::from(*value)),
            Value::Long(value) => Self::long(*value),
            Value::Real(value) => Self::real(*value),
            Value::Decimal(value) => Self::decimal(*value),
            Value::String(value) => Self::string(value),
            Value::DateTime(value) => Self::datetime(*value),
            Value::TimeSpan(value) => Self::timespan(*value),
            Value::Guid(value) => Self::guid(*value),
            Value::Dynamic(bytes) => bytes.to_vec(),
        }
    }
}

/// A bag in the making; names keep the order in which they first came.
#[derive(Clone, Debug, Default)]
pub struct Bag {
    entries: Vec<(String, Vec<u8>)>,
    places: HashMap<String, usize>,
}

impl Bag {
    /// Sets a value, over one that has the name already.
    pub fn set(&mut self, name: &str, value: &[u8]) {
        match self.places.get(name).and_then(|place| self.entries.get_mut(*place)) {
            Some((_, old)) => value.clone_into(old),
            None => self.add(name, value),
        }
    }

    /// Sets a value, unless the name has one already.
    pub fn set_first(&mut self, name: &str, value: &[u8]) {
        if !self.places.contains_key(name) {
            self.add(name, value);
        }
    }

    fn add(&mut self, name: &str, value: &[u8]) {
        self.places.insert(name.to_owned(), self.entries.len());
        self.entries.push((name.to_owned(), value.to_owned()));
    }

    /// The bytes of the bag; null over 4 GiB.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let mut bytes = vec![tag::BAG, 0, 0, 0, 0, 0, 0, 0, 0];
        let mut count = 0_u32;
        for (name, value) in &self.entries {
            let Ok(length) = u32::try_from(name.len()) else {
                return DynamicBuilder::null();
            };
            bytes.extend_from_slice(&length.to_le_bytes());
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(value);
            count = count.saturating_add(1);
        }
        closed(bytes, count)
    }
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(content.len() + 1);
    bytes.push(tag);
    bytes.extend_from_slice(content);
    bytes
}

/// Writes length and count into the head of an array or a bag.
fn closed(mut bytes: Vec<u8>, count: u32) -> Vec<u8> {
    let length = bytes.len().saturating_sub(9);
    let Ok(length) = u32::try_from(length) else {
        return DynamicBuilder::null();
    };
    let head = length.to_le_bytes().into_iter().chain(count.to_le_bytes());
    for (byte, value) in bytes.iter_mut().skip(1).zip(head) {
        *byte = value;
    }
    bytes
}
