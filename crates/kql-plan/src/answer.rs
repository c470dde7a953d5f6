//! What a query gives: columns as Kusto knows them, and batches of rows.

use datafusion::arrow::array::RecordBatch;
use whotalks_kql_values::Value;

use crate::chart::Chart;
use crate::physical::ColumnReader;
use crate::{Column, Profile};

/// What was not as the query asked, so that an answer is not taken for more than it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Notice {
    /// A table from elsewhere was taken as empty, since whotalks works offline.
    ExternalDataNotRead,
    /// `geo_info_from_ip_address` gave nothing, since no database of places is at hand.
    PlacesUnknown,
    /// `FileProfile` gave nothing, since only Microsoft's service knows it.
    FileProfileUnknown,
    /// `SeenBy` gave nothing, since only Microsoft's service knows it.
    SeenByUnknown,
}

/// The rows that a query gave, in the order it gave them.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows; each batch has the columns in order.
    pub batches: Vec<RecordBatch>,
    /// What was not as the query asked, in a fixed order.
    pub notices: Vec<Notice>,
    /// How the query asks for the rows to be drawn, where it does.
    pub chart: Option<Chart>,
    /// What was run to get them.
    pub profile: Profile,
}

impl Answer {
    /// Rows, and nothing to say about them.
    pub(crate) fn of(columns: Vec<Column>, batches: Vec<RecordBatch>) -> Self {
        Self {
            columns,
            batches,
            notices: Vec::new(),
            chart: None,
            profile: Profile::default(),
        }
    }

    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Hands each row to a function, cell by cell; texts are borrowed from the batches.
    pub fn for_each_row(&self, mut visit: impl FnMut(&[Value<'_>])) {
        for batch in &self.batches {
            let readers: Vec<_> = self
                .columns
                .iter()
                .zip(batch.columns())
                .map(|(column, array)| ColumnReader::new(array, column.kusto_type))
                .collect();
            for row in 0..batch.num_rows() {
                let cells: Vec<_> = readers.iter().map(|reader| reader.value(row)).collect();
                visit(&cells);
            }
        }
    }
}
