//! Expressions as text.

use std::fmt::{self, Display, Formatter};

use super::{Joined, commas};
use crate::tree::{
    Arithmetic, ArithmeticOperator, Between, Call, Comparison, ComparisonOperator, DataTable, Expression,
    ExpressionKind, ExternalData, Logical, LogicalOperator, Membership, MembershipOperator, Names, Path, Property,
    Step, StepKind, SubQuery, TextOperator, TextTest, Wildcard,
};

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)
    }
}

impl Display for ExpressionKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => Ok(()),
            Self::Literal(literal) => write!(f, "{literal}"),
            Self::Name(name) => write!(f, "{name}"),
            Self::Wildcard(wildcard) => write!(f, "{wildcard}"),
            Self::Star => f.write_str("*"),
            Self::At => f.write_str("@"),
            Self::Parenthesized(inside) => write!(f, "({inside})"),
            Self::Bracketed(inside) => write!(f, "[{inside}]"),
            Self::Path(path) => write!(f, "{path}"),
            Self::Call(call) => write!(f, "{call}"),
            Self::Sign(sign) => write!(f, "{}{}", if sign.minus { "-" } else { "+" }, sign.operand),
            Self::Arithmetic(chain) => write!(f, "{chain}"),
            Self::Comparison(comparison) => write!(f, "{comparison}"),
            Self::Logical(logical) => write!(f, "{logical}"),
            Self::Membership(membership) => write!(f, "{membership}"),
            Self::Between(between) => write!(f, "{between}"),
            Self::Named(named) => write!(f, "{} = {}", named.names, named.value),
            _ => self.table(f),
        }
    }
}

impl ExpressionKind {
    /// What stands for tables, or for queries.
    fn table(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::ToScalar(query) => write!(f, "toscalar{query}"),
            Self::ToTable(query) => write!(f, "totable{query}"),
            Self::Materialize(query) => write!(f, "materialize({query})"),
            Self::DataTable(table) => write!(f, "{table}"),
            Self::ExternalData(table) => write!(f, "{table}"),
            Self::EntityGroup(members) => write!(f, "entity_group [{}]", commas(members)),
            Self::DataScope(scoped) => write!(f, "{} datascope={}", scoped.operand, scoped.scope),
            Self::Pipeline(pipeline) => write!(f, "{pipeline}"),
            Self::Refused(name) => f.write_str(name),
            _ => Ok(()),
        }
    }
}

impl Display for Wildcard {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.bracketed {
            write!(f, "[{}]", self.pattern)
        } else {
            f.write_str(&self.pattern)
        }
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.base, Joined(&self.steps, ""))
    }
}

impl Display for Step {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            StepKind::Index(index) => write!(f, "[{index}]"),
            StepKind::Member(member) => write!(f, ".{member}"),
        }
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.name, commas(&self.arguments))
    }
}

impl Display for Arithmetic {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        self.rest
            .iter()
            .try_for_each(|(operator, operand)| write!(f, " {operator} {operand}"))
    }
}

impl Display for ArithmeticOperator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
        })
    }
}

impl Display for Comparison {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.left, self.operator, self.right)
    }
}

impl Display for ComparisonOperator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::EqualCaseless => "=~",
            Self::NotEqualCaseless => "!~",
            Self::Search => ":",
            Self::MatchesRegex => "matches regex",
            Self::Text(operator) => return write!(f, "{operator}"),
        })
    }
}

impl Display for TextOperator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (word, not, sensitive) = match self.test {
            TextTest::Has => ("has", "!", "_cs"),
            TextTest::HasPrefix => ("hasprefix", "!", "_cs"),
            TextTest::HasSuffix => ("hassuffix", "!", "_cs"),
            TextTest::Contains => ("contains", "!", "_cs"),
            TextTest::StartsWith => ("startswith", "!", "_cs"),
            TextTest::EndsWith => ("endswith", "!", "_cs"),
            TextTest::Like => ("like", "not", "cs"),
        };
        let not = if self.negated { not } else { "" };
        let sensitive = if self.case_sensitive { sensitive } else { "" };
        write!(f, "{not}{word}{sensitive}")
    }
}

impl Display for Logical {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let word = match self.operator {
            LogicalOperator::And => " and ",
            LogicalOperator::Or => " or ",
        };
        write!(f, "{}", Joined(&self.operands, word))
    }
}

impl Display for Membership {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.operand, self.operator, commas(&self.items))
    }
}

impl Display for MembershipOperator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::In => "in",
            Self::NotIn => "!in",
            Self::InCaseless => "in~",
            Self::NotInCaseless => "!in~",
            Self::HasAny => "has_any",
            Self::HasAll => "has_all",
        })
    }
}

impl Display for Between {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let word = if self.negated { "!between" } else { "between" };
        write!(f, "{} {word} ({} .. {})", self.operand, self.low, self.high)
    }
}

impl Display for Names {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(name) => write!(f, "{name}"),
            Self::Several(names) => write!(f, "({})", commas(names)),
        }
    }
}

impl Display for SubQuery {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Some(kind) => write!(f, " kind={kind} ({})", self.query),
            None => write!(f, "({})", self.query),
        }
    }
}

impl Display for DataTable {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "datatable {}{} [{}]",
            self.parameters,
            self.schema,
            commas(&self.values)
        )
    }
}

impl Display for ExternalData {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let locations = commas(&self.locations);
        write!(f, "externaldata {}{} [{locations}]", self.parameters, self.schema)?;
        super::statement::properties(f, &self.properties)
    }
}

impl Display for Property {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.value)
    }
}
