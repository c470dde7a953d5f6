//! How a hunting table is declared.

use arrow_schema::{DataType, TimeUnit};
use whotalks_kql_values::KustoType;
use whotalks_record::Timestamp;

use crate::{Column, Stage, Table, TableDescription};

/// A table that hunting queries see and that evidence fills.
pub trait TimeSorted: Table {
    /// When a row happened: files of the table are sorted by it. None for what has no time.
    fn time(row: &Self::Row) -> Option<Timestamp>;
}

/// Takes the rows of a hunting table, in any order.
pub trait Take<T: TimeSorted> {
    /// Takes one row.
    fn take(&mut self, row: &T::Row);
}

/// Declares a hunting table and its rows: every column may be unknown, and a row begins with all of them unknown.
macro_rules! hunting_table {
    (@time $table:ident $row:ident) => {
        impl crate::hunting::TimeSorted for $table {
            fn time(row: &$row) -> Option<whotalks_record::Timestamp> {
                row.timestamp
            }
        }
    };
    (@time $table:ident $row:ident without a time) => {
        impl crate::hunting::TimeSorted for $table {
            fn time(_row: &$row) -> Option<whotalks_record::Timestamp> {
                None
            }
        }
    };
    (
        $(#[doc = $doc:literal])+
        pub struct $table:ident $(without a $time:ident)?;
        $(#[doc = $row_doc:literal])+
        pub struct $row:ident {
            $( $(#[doc = $column_doc:literal])+
            pub $field:ident as $name:ident: $type:ty [$origin:ident $($mark:ident)*], )+
        }
    ) => {
        $(#[doc = $row_doc])+
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $row {
            $( $(#[doc = $column_doc])+ pub $field: Option<$type>, )+
        }

        table! {
            $(#[doc = $doc])+
            pub struct $table(Hunting);
            $row as row {
                $( $(#[doc = $column_doc])+ $name: Option<$type> [$origin $($mark)*] = row.$field; )+
            } => $row { $( $field: $name, )+ }
        }

        hunting_table!(@time $table $row $(without a $time)?);
    };
}

/// Declares a hunting table that no evidence fills: it has columns and never a row.
macro_rules! empty_table {
    (
        $(#[doc = $doc:literal])+
        $table:literal;
        $( $(#[doc = $column_doc:literal])+
        $name:ident: $type:ident [$origin:ident $($mark:ident)*], )+
    ) => {
        /// All that is said about it.
        pub(super) fn describe() -> crate::TableDescription {
            let columns = vec![
                $(
                    crate::Column::declared(
                        stringify!($name),
                        concat!($($column_doc, "\n"),+),
                        crate::Origin::$origin,
                    )
                    .of_type(whotalks_kql_values::KustoType::$type)
                    $(.$mark())*,
                )+
            ];
            crate::hunting::declare::description($table, concat!($($doc, "\n"),+), columns)
        }
    };
}

pub(crate) use {empty_table, hunting_table};

pub(super) fn description(name: &'static str, doc: &str, columns: Vec<Column>) -> TableDescription {
    let lines: Vec<&str> = doc.lines().map(str::trim).collect();
    TableDescription {
        name,
        stage: Stage::Hunting,
        doc: lines.join(" "),
        columns,
    }
}

impl Column {
    /// A column of a type of Kusto that may be unknown.
    pub(super) fn of_type(self, kusto: KustoType) -> Self {
        Self {
            data_type: stored_as(kusto),
            kusto,
            nullable: true,
            ..self
        }
    }
}

/// How values of a type of Kusto lie in hunting tables.
fn stored_as(kusto: KustoType) -> DataType {
    match kusto {
        KustoType::Bool => DataType::Boolean,
        KustoType::Int => DataType::Int32,
        KustoType::Long | KustoType::TimeSpan => DataType::Int64,
        KustoType::Real => DataType::Float64,
        KustoType::DateTime => DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())),
        KustoType::String | KustoType::Dynamic | KustoType::Decimal | KustoType::Guid => DataType::Utf8,
    }
}
