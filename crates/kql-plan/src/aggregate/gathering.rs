//! Which aggregations of our own there are: what each is called with beside values of rows says all there is to say of it, so that a
//! plan can name one to an engine elsewhere.

use serde::{Deserialize, Serialize};

use super::bits::Operation;
use super::extreme::Extreme;
use super::rows::Gather;
use super::sketch::{Of, Sketched};
use super::{bits, collect, covariance, deviation, extreme, percentile, schema, sketch};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Gathering {
    /// Whole numbers bit by bit.
    Bits(Operation),
    /// Values in their order.
    List { most: usize, with_nulls: bool },
    /// Values once each.
    Set { most: usize },
    /// The members of all bags.
    Bag { most: usize },
    /// How two numbers go together, of a sample or of all there is.
    Covariance { sample: bool },
    /// How far numbers are apart: as a deviation (the root) or as a variance.
    Deviation { sample: bool, root: bool },
    /// The least or the greatest value.
    Extreme(Extreme),
    /// Values at ranks, in millionths of a percent.
    Percentiles { as_array: bool, ranks_millionths: Vec<i64> },
    /// The least schema that all have.
    Schema,
    /// A summary of values, or one of summaries.
    Summary { sketch: Sketched, of: Of },
}

impl Gathering {
    /// One that has gathered nothing yet.
    pub(super) fn begin(&self) -> Box<dyn Gather> {
        match self {
            Self::Bits(operation) => bits::begin(*operation),
            Self::List { most, with_nulls } => collect::begin_list(*most, *with_nulls),
            Self::Set { most } => collect::begin_set(*most),
            Self::Bag { most } => collect::begin_bag(*most),
            Self::Covariance { sample } => covariance::begin(*sample),
            Self::Deviation { sample, root } => deviation::begin(*sample, *root),
            Self::Extreme(extreme) => extreme::begin(*extreme),
            Self::Percentiles {
                as_array,
                ranks_millionths,
            } => percentile::begin(*as_array, ranks_millionths),
            Self::Schema => schema::begin(),
            Self::Summary { sketch, of } => sketch::begin(*sketch, *of),
        }
    }

    /// What plans call it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Bits(operation) => operation.name(),
            Self::List { with_nulls: false, .. } => "make_list",
            Self::List { with_nulls: true, .. } => "make_list_with_nulls",
            Self::Set { .. } => "make_set",
            Self::Bag { .. } => "make_bag",
            Self::Covariance { sample: true } => "covariance",
            Self::Covariance { sample: false } => "covariancep",
            Self::Deviation { sample, root } => deviation::name(*sample, *root),
            Self::Extreme(extreme) => extreme.name(),
            Self::Percentiles { .. } => "percentile",
            Self::Schema => "buildschema",
            Self::Summary { sketch, of } => sketch.name(*of),
        }
    }
}
