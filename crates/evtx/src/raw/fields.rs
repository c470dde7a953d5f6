//! The fields of an event: read one by one, or left where they lie until they are asked for.

use std::borrow::Cow;
use std::fmt::Debug;

use super::Value;

/// One named value of an event.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    /// The `Name` of a `Data` element, or the element's own name.
    pub(crate) name: Cow<'a, str>,
    /// Its value.
    pub(crate) value: Value<'a>,
}

/// Fields that a container gives when asked: decoders need only half of an event's.
pub(crate) trait FieldSource: Debug {
    /// The first field of this name.
    fn find(&self, name: &str) -> Option<Value<'_>>;

    /// Calls `visit` with each field in the order of the event.
    fn visit(&self, visit: &mut dyn FnMut(&str, &Value<'_>));
}
