//! What each operator is given.

mod aggregate;
mod combine;
mod output;
mod parse;
mod values;

pub use aggregate::{
    Columns, Count, MakeSeries, Reduce, SampleDistinct, Series, SeriesRange, SeriesSteps, Sort, Summarize, Take, Top,
    TopHitters, TopNestedLevel,
};
pub use combine::{
    Facet, Find, FindColumn, FindProject, ForkBranch, Join, JoinCondition, Lookup, MacroExpand, Partition,
    PartitionBody, Search, Union, Where,
};
pub use output::{As, Evaluate, EvaluateSchema, Range, Render};
pub use parse::{Parse, ParseKv, ParsePart};
pub use values::{Expanded, MvApply, MvExpand, Scan, ScanAssignment, ScanOutput, ScanStep};
