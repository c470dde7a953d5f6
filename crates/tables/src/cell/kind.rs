//! The ways of lying in one column.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Float64Builder, Int32Builder, Int64Builder, StringBuilder, TimestampNanosecondBuilder,
    UInt64Builder,
};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int32Array, Int64Array, StringArray, TimestampNanosecondArray,
    UInt64Array,
};
use arrow_schema::{DataType, TimeUnit};
use whotalks_kql_values::KustoType;

use super::dotted::Dotted;
use super::packed::{Packed, Packing};

/// The zone of every instant.
const UTC: &str = "UTC";

/// A way of lying in one column.
pub(crate) trait Kind {
    /// The value as it goes in and out.
    type Value<'a>;
    /// Arrow's builder.
    type Builder: Default + Send;
    /// Arrow's array.
    type Array: Array + 'static;
    /// Whether people look for single values of this kind.
    const LOOKUP: bool = false;
    /// The type of a column of this kind in queries.
    const KUSTO: KustoType;

    fn data_type() -> DataType;
    fn append(builder: &mut Self::Builder, value: Self::Value<'_>);
    fn append_nulls(builder: &mut Self::Builder, count: usize);
    fn text_bytes(_builder: &Self::Builder) -> usize {
        0
    }
    fn finish(builder: &mut Self::Builder) -> ArrayRef;
    /// The value of `row`, which is within the array and not null; none where it is no value of this kind.
    fn value(array: &Self::Array, row: usize) -> Option<Self::Value<'_>>;
    fn pack(value: Self::Value<'_>, packing: &mut Packing<'_>);
    fn unpack<'a>(packed: &mut Packed<'a>) -> Option<Self::Value<'a>>;
}

/// A small number; 32 bits and signed, as Kusto's `int`.
pub(crate) struct Number;
/// A number; 64 bits and signed, as Kusto's `long`.
pub(crate) struct Long;
/// A number that may need all 64 bits.
pub(crate) struct Unsigned;
/// A number with a fraction.
pub(crate) struct Real;
/// True or false.
pub(crate) struct Flag;
/// A text.
pub(crate) struct Written;
/// An IP address, as text.
pub(crate) struct Address;
/// Nanoseconds since 1970-01-01 UTC.
pub(crate) struct Instant;

macro_rules! fixed_width {
    ($kind:ty, $kusto:ident, $value:ty, $builder:ty, $array:ty, $data_type:expr, $finish:expr, $pack:expr, $unpack:expr) => {
        impl Kind for $kind {
            type Value<'a> = $value;
            type Builder = $builder;
            type Array = $array;
            const KUSTO: KustoType = KustoType::$kusto;

            fn data_type() -> DataType {
                $data_type
            }

            fn append(builder: &mut Self::Builder, value: $value) {
                builder.append_value(value);
            }

            fn append_nulls(builder: &mut Self::Builder, count: usize) {
                builder.append_nulls(count);
            }

            fn finish(builder: &mut Self::Builder) -> ArrayRef {
                let finish: fn($array) -> $array = $finish;
                Arc::new(finish(builder.finish()))
            }

            fn value(array: &Self::Array, row: usize) -> Option<$value> {
                Some(array.value(row))
            }

            fn pack(value: $value, packing: &mut Packing<'_>) {
                let pack: fn($value, &mut Packing<'_>) = $pack;
                pack(value, packing);
            }

            fn unpack<'a>(packed: &mut Packed<'a>) -> Option<$value> {
                let unpack: fn(&mut Packed<'a>) -> Option<$value> = $unpack;
                unpack(packed)
            }
        }
    };
}

fixed_width!(
    Number,
    Int,
    i32,
    Int32Builder,
    Int32Array,
    DataType::Int32,
    |array| array,
    |value, packing| packing.signed(i64::from(value)),
    |packed| packed.signed()?.try_into().ok()
);
fixed_width!(
    Long,
    Long,
    i64,
    Int64Builder,
    Int64Array,
    DataType::Int64,
    |array| array,
    |value, packing| packing.signed(value),
    |packed| packed.signed()
);
fixed_width!(
    Unsigned,
    Long,
    u64,
    UInt64Builder,
    UInt64Array,
    DataType::UInt64,
    |array| array,
    |value, packing| packing.unsigned(value),
    |packed| packed.unsigned()
);
fixed_width!(
    Real,
    Real,
    f64,
    Float64Builder,
    Float64Array,
    DataType::Float64,
    |array| array,
    |value, packing| packing.array(value.to_le_bytes()),
    |packed| packed.array().map(f64::from_le_bytes)
);
fixed_width!(
    Flag,
    Bool,
    bool,
    BooleanBuilder,
    BooleanArray,
    DataType::Boolean,
    |array| array,
    |value, packing| packing.array([u8::from(value)]),
    |packed| packed.array().map(|[byte]| byte != 0)
);
fixed_width!(
    Instant,
    DateTime,
    i64,
    TimestampNanosecondBuilder,
    TimestampNanosecondArray,
    DataType::Timestamp(TimeUnit::Nanosecond, Some(UTC.into())),
    |array| array.with_timezone(UTC),
    |value, packing| packing.array(value.to_le_bytes()),
    |packed| packed.array().map(i64::from_le_bytes)
);

impl Kind for Written {
    type Value<'a> = &'a str;
    type Builder = StringBuilder;
    type Array = StringArray;
    const KUSTO: KustoType = KustoType::String;

    fn data_type() -> DataType {
        DataType::Utf8
    }

    fn append(builder: &mut StringBuilder, value: &str) {
        builder.append_value(value);
    }

    fn append_nulls(builder: &mut StringBuilder, count: usize) {
        builder.append_nulls(count);
    }

    fn text_bytes(builder: &StringBuilder) -> usize {
        builder.values_slice().len()
    }

    fn finish(builder: &mut StringBuilder) -> ArrayRef {
        Arc::new(builder.finish())
    }

    fn value(array: &StringArray, row: usize) -> Option<&str> {
        Some(array.value(row))
    }

    fn pack(value: &str, packing: &mut Packing<'_>) {
        packing.bytes(value.as_bytes());
    }

    fn unpack<'a>(packed: &mut Packed<'a>) -> Option<&'a str> {
        std::str::from_utf8(packed.bytes()?).ok()
    }
}

impl Kind for Address {
    type Value<'a> = IpAddr;
    type Builder = StringBuilder;
    type Array = StringArray;
    const LOOKUP: bool = true;
    const KUSTO: KustoType = KustoType::String;

    fn data_type() -> DataType {
        DataType::Utf8
    }

    fn append(builder: &mut StringBuilder, value: IpAddr) {
        match value {
            IpAddr::V4(address) => builder.append_value(Dotted::of(address).text()),
            IpAddr::V6(_) => {
                // Writing into the builder saves a string per address; a StringBuilder never fails.
                let _ = write!(builder, "{value}");
                builder.append_value("");
            }
        }
    }

    fn append_nulls(builder: &mut StringBuilder, count: usize) {
        builder.append_nulls(count);
    }

    fn finish(builder: &mut StringBuilder) -> ArrayRef {
        Arc::new(builder.finish())
    }

    fn value(array: &StringArray, row: usize) -> Option<IpAddr> {
        array.value(row).parse().ok()
    }

    fn pack(value: IpAddr, packing: &mut Packing<'_>) {
        match value {
            IpAddr::V4(address) => packing.bytes(&address.octets()),
            IpAddr::V6(address) => packing.bytes(&address.octets()),
        }
    }

    fn unpack(packed: &mut Packed<'_>) -> Option<IpAddr> {
        let octets = packed.bytes()?;
        let four = || <[u8; 4]>::try_from(octets).ok().map(Ipv4Addr::from);
        let six = || <[u8; 16]>::try_from(octets).ok().map(Ipv6Addr::from);
        four().map(IpAddr::V4).or_else(|| six().map(IpAddr::V6))
    }
}
