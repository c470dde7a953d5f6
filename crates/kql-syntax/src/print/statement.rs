//! Statements and pipelines as text.

use std::fmt::{self, Display, Formatter};

use super::{Joined, commas};
use crate::tree::{
    Function, FunctionBody, LetStatement, LetValue, Operator, OperatorParameter, OperatorParameters, ParameterValue,
    PatternMatch, PatternStatement, Pipeline, Property, RestrictStatement, Script, SetStatement, Statement,
    StatementKind,
};

impl Display for Script {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for directive in &self.directives {
            writeln!(f, "{directive}")?;
        }
        write!(f, "{}", Joined(&self.statements, ";\n"))
    }
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)
    }
}

impl Display for StatementKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Let(statement) => write!(f, "{statement}"),
            Self::Set(statement) => write!(f, "{statement}"),
            Self::QueryParameters(parameters) => write!(f, "declare query_parameters ({})", commas(parameters)),
            Self::Pattern(statement) => write!(f, "{statement}"),
            Self::Restrict(statement) => write!(f, "{statement}"),
            Self::Alias { name, value } => write!(f, "alias database {name} = {value}"),
            Self::Query(query) => write!(f, "{query}"),
        }
    }
}

impl Display for LetStatement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "let {} = ", self.name)?;
        match &self.value {
            LetValue::Expression(value) => write!(f, "{value}"),
            LetValue::Function(function) => write!(f, "{function}"),
        }
    }
}

impl Display for Function {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let view = if self.view { "view " } else { "" };
        write!(f, "{view}({}) {}", commas(&self.parameters), self.body)
    }
}

impl Display for FunctionBody {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("{ ")?;
        for statement in &self.statements {
            writeln!(f, "{statement};")?;
        }
        match &self.result {
            Some(result) => write!(f, "{result} }}"),
            None => f.write_str("}"),
        }
    }
}

impl Display for SetStatement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "set {}={value}", self.name),
            None => write!(f, "set {}", self.name),
        }
    }
}

impl Display for PatternStatement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "declare pattern {}", self.name)?;
        if self.matches.is_empty() {
            return Ok(());
        }
        write!(f, " = ({})", commas(&self.parameters))?;
        if let Some(path) = &self.path {
            write!(f, "[{path}]")?;
        }
        write!(f, " {{ {} }}", Joined(&self.matches, " "))
    }
}

impl Display for PatternMatch {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "({})", commas(&self.values))?;
        if let Some(path) = &self.path {
            write!(f, ".[{path}]")?;
        }
        write!(f, " = {};", self.body)
    }
}

impl Display for RestrictStatement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "restrict access to ({})", commas(&self.entities))?;
        properties(f, &self.properties)
    }
}

/// `with (…)`, where there is something in it.
pub(super) fn properties(f: &mut Formatter<'_>, properties: &[Property]) -> fmt::Result {
    if properties.is_empty() {
        return Ok(());
    }
    write!(f, " with ({})", commas(properties))
}

impl Display for Pipeline {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(source) = &self.source {
            write!(f, "{source}")?;
            if !self.operators.is_empty() {
                f.write_str("\n| ")?;
            }
        }
        write!(f, "{}", Joined(&self.operators, "\n| "))
    }
}

impl Display for Operator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)
    }
}

/// Every parameter with a blank behind it.
impl Display for OperatorParameters {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|parameter| write!(f, "{parameter} "))
    }
}

impl Display for OperatorParameter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.value)
    }
}

impl Display for ParameterValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(value) => write!(f, "{value}"),
            Self::Names(names) => write!(f, "{}", commas(names)),
        }
    }
}
