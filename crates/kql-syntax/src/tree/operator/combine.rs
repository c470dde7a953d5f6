//! Operators that choose rows, and that bring several tables together or apart.

use crate::tree::{Expression, Name, OperatorParameters, Pipeline, Statement, TypeName};

/// `where a == 1`.
#[derive(Debug, Clone, PartialEq)]
pub struct Where {
    /// Hints.
    pub parameters: OperatorParameters,
    /// What must be true.
    pub predicate: Expression,
}

/// `facet by a, b with (…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// One table of counts for each.
    pub by: Vec<Expression>,
    /// What gives one more table.
    pub with: Option<Pipeline>,
}

/// `find in (T) where … project …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Find {
    /// The value of `datascope=`.
    pub scope: Option<Name>,
    /// `withsource=…`.
    pub parameters: OperatorParameters,
    /// Where to look; everywhere without `in`.
    pub tables: Vec<Expression>,
    /// What must be true.
    pub predicate: Expression,
    /// Which columns come out.
    pub project: Option<FindProject>,
    /// Which columns do not.
    pub project_away: Vec<FindColumn>,
}

/// Which columns `find` gives.
#[derive(Debug, Clone, PartialEq)]
pub enum FindProject {
    /// `project-smart`: those that the predicate names, and the rest in one.
    Smart,
    /// `project …`.
    Columns(Vec<FindColumn>),
}

/// A column of `find`.
#[derive(Debug, Clone, PartialEq)]
pub enum FindColumn {
    /// `pack(*)`.
    PackAll,
    /// `*`.
    All,
    /// A column, and the type it must have.
    Column {
        /// Its name.
        name: Name,
        /// Its type.
        kind: Option<TypeName>,
    },
}

/// One branch of `fork`.
#[derive(Debug, Clone, PartialEq)]
pub struct ForkBranch {
    /// The name of its result.
    pub name: Option<Name>,
    /// What is done to the table.
    pub query: Expression,
}

/// `join kind=inner (T) on a`.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// `kind=…` and hints.
    pub parameters: OperatorParameters,
    /// The right table.
    pub right: Expression,
    /// What must be true of two rows; none for a cross join.
    pub condition: Option<JoinCondition>,
}

/// What must be true of two rows.
#[derive(Debug, Clone, PartialEq)]
pub enum JoinCondition {
    /// `on a, $left.b == $right.c`.
    On(Vec<Expression>),
    /// `where …`.
    Where(Expression),
}

/// `lookup kind=leftouter (T) on a`.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    /// `kind=…`.
    pub parameters: OperatorParameters,
    /// The right table.
    pub right: Expression,
    /// What must be equal in two rows.
    pub on: Vec<Expression>,
}

/// `macro-expand group as x (…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct MacroExpand {
    /// `isfuzzy=…`.
    pub parameters: OperatorParameters,
    /// The entities.
    pub group: Expression,
    /// The name of each in turn.
    pub scope: Option<Name>,
    /// What is done with each.
    pub statements: Vec<Statement>,
}

/// `partition by a (…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Partition {
    /// Hints.
    pub parameters: OperatorParameters,
    /// What parts the table.
    pub by: Expression,
    /// `in f(…)`: where the values come from.
    pub scope: Option<Expression>,
    /// What is done to each part.
    pub body: PartitionBody,
}

/// What is done to each part of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum PartitionBody {
    /// `(…)`: operators on the part.
    Subquery(Expression),
    /// `{…}`: a query that names its table.
    Query(Expression),
}

/// `search kind=case_sensitive in (T) "x"`.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// `kind=…`.
    pub parameters: OperatorParameters,
    /// The value of `datascope=`.
    pub scope: Option<Name>,
    /// Where to look; everywhere without `in`.
    pub tables: Vec<Expression>,
    /// What is looked for.
    pub predicate: Expression,
}

/// `union withsource=x T, U*`.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// `kind=…`, `withsource=…`, `isfuzzy=…` and hints.
    pub parameters: OperatorParameters,
    /// The tables.
    pub tables: Vec<Expression>,
}
