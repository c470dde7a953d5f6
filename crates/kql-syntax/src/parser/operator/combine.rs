//! Operators that choose among tables, bring them together or take them apart.

use super::super::Parser;
use super::super::list::list;
use super::super::parameter::{Known, Takes};
use crate::diagnostic::Expected;
use crate::tree::operator::{
    Facet, Find, FindColumn, FindProject, ForkBranch, Join, JoinCondition, Lookup, MacroExpand, Partition,
    PartitionBody, Search, Union,
};
use crate::tree::{Expression, ExpressionKind, Literal, Logical, LogicalOperator, Operator, OperatorKind, Pipeline};

/// What `union` takes.
const UNION: [Known; 1] = [("best_effort", Takes::Word)];

impl Parser<'_> {
    /// `join kind=… (…) on …`.
    pub(super) fn join(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], true);
        let right = self.expect_value();
        let condition = match self.on() {
            Some(on) => Some(JoinCondition::On(on)),
            None => self.eat("where").then(|| JoinCondition::Where(self.expect_value())),
        };
        OperatorKind::Join(Join {
            parameters,
            right,
            condition,
        })
    }

    /// `lookup kind=… (…) on …`.
    pub(super) fn lookup(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], true);
        let right = self.expect_value();
        let on = self.on().unwrap_or_else(|| {
            self.missing(Expected::Word("on"));
            Vec::new()
        });
        OperatorKind::Lookup(Lookup { parameters, right, on })
    }

    fn on(&mut self) -> Option<Vec<Expression>> {
        let how = list(Expected::Expression).needs_one().open();
        self.eat("on").then(|| self.list(how, Self::value))
    }

    /// `union kind=… T, U*`.
    pub(super) fn union(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&UNION, true);
        let tables = self.list(list(Expected::Expression).needs_one(), |parser| {
            if parser.at("(") {
                return Some(parser.parenthesized());
            }
            parser.entity()
        });
        OperatorKind::Union(Union { parameters, tables })
    }

    /// `find in (…) where … project …`.
    pub(super) fn find(&mut self) -> OperatorKind {
        self.bump();
        let scope = self.data_scope();
        let parameters = self.parameters(&[], false);
        let tables = self.in_tables();
        if parameters.0.is_empty() && tables.is_none() {
            self.eat("where");
        } else {
            self.expect("where");
        }
        let predicate = self.expect_value();
        let project = self.find_project();
        let project_away = if self.eat("__projectAway") {
            self.find_columns()
        } else {
            Vec::new()
        };
        OperatorKind::Find(Find {
            scope,
            parameters,
            tables: tables.unwrap_or_default(),
            predicate,
            project,
            project_away,
        })
    }

    /// `in (…)`.
    fn in_tables(&mut self) -> Option<Vec<Expression>> {
        if !self.eat("in") {
            return None;
        }
        if !self.expect("(") {
            return Some(Vec::new());
        }
        let tables = self.list_until(list(Expected::Expression).needs_one(), Self::find_table, |parser| {
            parser.at_list_end(0)
        });
        self.close(")");
        Some(tables)
    }

    /// A table of `find`, with `| as name` where that is written.
    fn find_table(&mut self) -> Option<Expression> {
        let table = self.entity()?;
        if !self.at("|") {
            return Some(table);
        }
        self.bump();
        let start = table.span.start;
        let from = self.start();
        let kind = if self.at("as") {
            self.as_operator()
        } else {
            self.missing(Expected::Word("as"));
            OperatorKind::Missing
        };
        let span = self.since(from);
        let pipeline = Pipeline {
            source: Some(table),
            operators: vec![Operator { kind, span }],
        };
        Some(Expression {
            kind: ExpressionKind::Pipeline(Box::new(pipeline)),
            span: self.since(start),
        })
    }

    fn find_project(&mut self) -> Option<FindProject> {
        if self.eat("project-smart") {
            return Some(FindProject::Smart);
        }
        self.eat("project").then(|| FindProject::Columns(self.find_columns()))
    }

    fn find_columns(&mut self) -> Vec<FindColumn> {
        self.list(list(Expected::Expression).needs_one().open(), Self::find_column)
    }

    fn find_column(&mut self) -> Option<FindColumn> {
        if self.eat("pack") {
            let all = self.expect("(") && self.expect("*");
            if all {
                self.close(")");
            }
            return Some(FindColumn::PackAll);
        }
        if self.eat("*") {
            return Some(FindColumn::All);
        }
        let name = self.name()?;
        let kind = self.eat(":").then(|| self.expect_extended_type());
        Some(FindColumn::Column { name, kind })
    }

    /// `search kind=… in (…) …`.
    pub(super) fn search(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], true);
        let scope = self.data_scope();
        let tables = self.in_tables().unwrap_or_default();
        let predicate = match self.value() {
            Some(value) => value,
            None => self.search_star().unwrap_or_else(|| self.missing_expression()),
        };
        OperatorKind::Search(Search {
            parameters,
            scope,
            tables,
            predicate,
        })
    }

    /// `*` or `* and …`.
    fn search_star(&mut self) -> Option<Expression> {
        let star = self.star()?;
        let start = star.span.start;
        if !self.eat("and") {
            return Some(star);
        }
        let operands = vec![star, self.expect_value()];
        let operator = LogicalOperator::And;
        Some(Expression {
            kind: ExpressionKind::Logical(Logical { operator, operands }),
            span: self.since(start),
        })
    }

    /// `fork name=(…) (…)`.
    pub(super) fn fork(&mut self) -> OperatorKind {
        self.bump();
        let mut branches = Vec::new();
        while let Some(branch) = self.fork_branch() {
            branches.push(branch);
        }
        if branches.is_empty() {
            self.missing(Expected::Word("("));
        }
        OperatorKind::Fork(branches)
    }

    fn fork_branch(&mut self) -> Option<ForkBranch> {
        let named = self.scan_name(0).is_some_and(|length| self.peek_at(length).is("="));
        let name = if named { self.name() } else { None };
        if name.is_some() {
            self.bump();
            self.missing_unless("(");
        }
        if !self.eat("(") {
            return name.map(|name| ForkBranch {
                name: Some(name),
                query: self.missing_expression(),
            });
        }
        let query = self.branch();
        self.close(")");
        Some(ForkBranch { name, query })
    }

    fn missing_unless(&mut self, sign: &'static str) {
        if !self.at(sign) {
            self.missing(Expected::Word(sign));
        }
    }

    /// Operators on the table of the operator outside, or a query of its own.
    fn branch(&mut self) -> Expression {
        let branch = self.subquery().or_else(|| self.query());
        branch.unwrap_or_else(|| self.missing_expression())
    }

    /// `facet by … with (…)`.
    pub(super) fn facet(&mut self) -> OperatorKind {
        self.bump();
        self.expect("by");
        let how = list(Expected::Name).needs_one().ended_by(&["with"]);
        let by = self.list(how, Self::simple_path);
        let with = self.eat("with").then(|| self.facet_with());
        OperatorKind::Facet(Facet { by, with })
    }

    fn facet_with(&mut self) -> Pipeline {
        let query = if self.eat("(") {
            let query = self.subquery();
            self.missing_operator_unless(query.is_some());
            self.close(")");
            query
        } else {
            let start = self.start();
            let kind = self.operator().or_else(|| self.source_operator());
            self.missing_operator_unless(kind.is_some());
            let span = self.since(start);
            return Pipeline {
                source: None,
                operators: kind.map(|kind| Operator { kind, span }).into_iter().collect(),
            };
        };
        match query.map(|query| query.kind) {
            Some(ExpressionKind::Pipeline(pipeline)) => *pipeline,
            _ => Pipeline::default(),
        }
    }

    fn missing_operator_unless(&mut self, found: bool) {
        if !found {
            self.missing(Expected::Operator);
        }
    }

    /// `partition by a (…)` or `partition by a {…}`.
    pub(super) fn partition(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], false);
        self.expect("by");
        let by = self.simple_path().unwrap_or_else(|| self.missing_member());
        let scope = self.eat("in").then(|| self.partition_scope());
        let body = self.partition_body();
        OperatorKind::Partition(Partition {
            parameters,
            by,
            scope,
            body,
        })
    }

    fn partition_scope(&mut self) -> Expression {
        if let Some(call) = self.call_expression() {
            return call;
        }
        let start = self.start();
        match self.dynamic() {
            Some(literal @ Literal::Dynamic(_)) => Expression {
                kind: ExpressionKind::Literal(literal),
                span: self.since(start),
            },
            _ => self.missing_expression(),
        }
    }

    fn partition_body(&mut self) -> PartitionBody {
        if self.eat("{") {
            let query = self.query().unwrap_or_else(|| self.missing_expression());
            self.close("}");
            return PartitionBody::Query(query);
        }
        if !self.expect("(") {
            return PartitionBody::Subquery(self.missing_expression());
        }
        let query = self.expect_subquery();
        self.close(")");
        PartitionBody::Subquery(query)
    }

    /// `macro-expand group as x (…)`.
    pub(super) fn macro_expand(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&UNION, true);
        let group = self
            .entity_group_reference()
            .unwrap_or_else(|| self.missing_expression());
        let scope = self.as_name();
        let mut statements = Vec::new();
        if self.expect("(") {
            statements = self.nested(|parser| Some(parser.statements())).unwrap_or_default();
            self.close(")");
        }
        OperatorKind::MacroExpand(MacroExpand {
            parameters,
            group,
            scope,
            statements,
        })
    }
}
