//! The types of the records that lie in one column.

use std::net::IpAddr;

use whotalks_kql_values::KustoType;
use whotalks_record::{
    EvidenceId, FilterId, FilterOrigin, FlowId, InterfaceId, Interner, IpProtocol, Nanoseconds, Pid, TcpFlags, Text,
    Timestamp,
};

use super::{Address, Flag, Instant, Kind, Long, Number, Real, Scalar, Unsigned, Written};
use crate::{Column, Unit};

/// Says how a type is stored and restored by two closures.
macro_rules! scalar {
    ($type:ty as $kind:ty, |$value:ident| $stored:expr, |$back:ident, $texts:ident| $restored:expr) => {
        impl Scalar for $type {
            type Kind = $kind;

            fn stored(&self) -> <$kind as Kind>::Value<'_> {
                let $value = self;
                $stored
            }

            fn restored($back: <$kind as Kind>::Value<'_>, $texts: &mut Interner) -> Option<Self> {
                $restored
            }
        }
    };
    ($type:ty as $kind:ty, |$value:ident| $stored:expr, |$back:ident| $restored:expr) => {
        scalar!($type as $kind, |$value| $stored, |$back, _texts| $restored);
    };
}

scalar!(bool as Flag, |value| *value, |back| Some(back));
scalar!(u8 as Number, |value| i32::from(*value), |back| back.try_into().ok());
scalar!(u16 as Number, |value| i32::from(*value), |back| back.try_into().ok());
scalar!(u32 as Long, |value| i64::from(*value), |back| back.try_into().ok());
scalar!(i32 as Number, |value| *value, |back| Some(back));
scalar!(i64 as Long, |value| *value, |back| Some(back));
scalar!(u64 as Unsigned, |value| *value, |back| Some(back));
scalar!(f64 as Real, |value| *value, |back| Some(back));
scalar!(Text as Written, |value| value, |back, texts| Some(texts.share(back)));
scalar!(IpAddr as Address, |value| *value, |back| Some(back));
scalar!(Timestamp as Instant, |value| value.nanoseconds(), |back| Some(
    Timestamp::from_nanoseconds(back)
));
scalar!(EvidenceId as Long, |value| i64::from(value.0), |back| back
    .try_into()
    .ok()
    .map(EvidenceId));
scalar!(InterfaceId as Long, |value| i64::from(value.0), |back| back
    .try_into()
    .ok()
    .map(InterfaceId));
scalar!(Pid as Long, |value| i64::from(value.0), |back| back
    .try_into()
    .ok()
    .map(Pid));
scalar!(FlowId as Unsigned, |value| value.0, |back| Some(FlowId(back)));
scalar!(FilterId as Unsigned, |value| value.0, |back| Some(FilterId(back)));
scalar!(TcpFlags as Number, |value| i32::from(value.0), |back| back
    .try_into()
    .ok()
    .map(TcpFlags));
scalar!(IpProtocol as Number, |value| i32::from(value.0), |back| back
    .try_into()
    .ok()
    .map(IpProtocol));
scalar!(FilterOrigin as Written, |value| &value.0, |back, texts| Some(
    FilterOrigin(texts.share(back))
));

impl Scalar for Nanoseconds {
    type Kind = Long;

    fn refine(column: Column) -> Column {
        column.counting(Unit::Nanoseconds)
    }

    fn stored(&self) -> i64 {
        self.0
    }

    fn restored(value: i64, _texts: &mut Interner) -> Option<Self> {
        Some(Self(value))
    }
}

/// A `dynamic` value, as JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json(pub Text);

impl Scalar for Json {
    type Kind = Written;

    fn refine(column: Column) -> Column {
        Column {
            kusto: KustoType::Dynamic,
            ..column
        }
    }

    fn stored(&self) -> &str {
        &self.0
    }

    fn restored(value: &str, texts: &mut Interner) -> Option<Self> {
        Some(Self(texts.share(value)))
    }
}
