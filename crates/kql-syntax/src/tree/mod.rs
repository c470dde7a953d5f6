//! The tree that a text is read as: plain data, every node with its place.
//!
//! A chain that a person writes without brackets (`a and b and c`, `a + b - c`, `a.b.c`, `T | x | y`) is one node with a list, so
//! that the depth of a tree is that of the brackets in the text, which is bounded.

mod expression;
mod literal;
mod name;
pub mod operator;
mod query;
mod schema;
mod statement;

pub use expression::{
    Arithmetic, ArithmeticOperator, Between, Call, Comparison, ComparisonOperator, DataScope, DataTable, Expression,
    ExpressionKind, ExternalData, Logical, LogicalOperator, Membership, MembershipOperator, Named, Names, Path, Sign,
    Step, StepKind, SubQuery, TextOperator, TextTest, Wildcard,
};
pub use literal::{Json, Literal, StringLiteral, TypeOf, TypeOfColumn, Written};
pub use name::{Name, NameStyle};
pub use query::{
    Direction, Nulls, Operator, OperatorKind, OperatorParameter, OperatorParameters, Ordered, ParameterValue, Pipeline,
    Property,
};
pub use schema::{DeclaredType, ParameterDeclaration, RowSchema, ScalarType, TypeName};
pub use statement::{
    Function, FunctionBody, LetStatement, LetValue, PatternMatch, PatternStatement, RestrictStatement, Script,
    SetStatement, Statement, StatementKind,
};
