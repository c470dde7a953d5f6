//! Operators, by what they are given.

mod aggregate;
mod combine;
mod output;
mod parse;
mod values;

use super::Parser;
use super::list::list;
use crate::diagnostic::Expected;
use crate::tree::operator::Columns;
use crate::tree::{Direction, Expression, Nulls, OperatorKind, Ordered};

use super::parameter::{Known, Takes};

/// Operators that only the vendor's engine knows.
const REFUSED: [&str; 10] = [
    "__executeAndCache",
    "__partitionby",
    "graph-mark-components",
    "graph-match",
    "graph-shortest-paths",
    "graph-to-table",
    "graph-where-edges",
    "graph-where-nodes",
    "inline_external_table",
    "make-graph",
];

/// Hints of operators that spread rows over machines.
const SHUFFLE: [Known; 3] = [
    ("hint.shufflekey", Takes::Name),
    ("hint.strategy", Takes::Word),
    ("hint.num_partitions", Takes::Word),
];

impl Parser<'_> {
    /// The operator that begins here.
    pub(super) fn operator(&mut self) -> Option<OperatorKind> {
        let token = self.peek();
        if !token.is_keyword() {
            return None;
        }
        if REFUSED.contains(&token.text) {
            return Some(self.refused_operator());
        }
        self.column_operator(token.text)
            .or_else(|| self.row_operator(token.text))
            .or_else(|| self.table_operator(token.text))
    }

    /// An operator that a query begins with and no other operator precedes.
    pub(super) fn source_operator(&mut self) -> Option<OperatorKind> {
        let token = self.peek();
        match token.text {
            "macro-expand" if token.is_keyword() => Some(self.macro_expand()),
            "print" if token.is_keyword() => Some(self.print()),
            _ => self.operator(),
        }
    }

    fn refused_operator(&mut self) -> OperatorKind {
        let name = self.bump().text.to_owned();
        self.skip();
        while self.eat(",") {
            self.skip();
        }
        OperatorKind::Refused(name)
    }

    /// Operators on columns.
    fn column_operator(&mut self, name: &str) -> Option<OperatorKind> {
        let named = list(Expected::Expression);
        Some(match name {
            "extend" => OperatorKind::Extend(self.columns(named.needs_one(), Self::named_value)),
            "project" => OperatorKind::Project(self.columns(named, Self::named_value)),
            "project-rename" => OperatorKind::ProjectRename(self.columns(named, Self::named_value)),
            "project-away" => OperatorKind::ProjectAway(self.columns(named, Self::name_or_wildcard)),
            "project-keep" => OperatorKind::ProjectKeep(self.columns(named, Self::name_or_wildcard)),
            "project-reorder" => OperatorKind::ProjectReorder(self.columns(named, Self::reordered)),
            "project-by-names" => OperatorKind::ProjectByNames(self.columns(named, Self::value)),
            "serialize" => OperatorKind::Serialize(self.serialize()),
            "distinct" => OperatorKind::Distinct(self.distinct()),
            "getschema" => self.get_schema(),
            "mv-expand" | "mvexpand" => self.mv_expand(),
            "mv-apply" | "mvapply" => self.mv_apply(),
            "parse" => self.parse(false),
            "parse-where" => self.parse(true),
            "parse-kv" => self.parse_kv(),
            _ => return None,
        })
    }

    /// Operators on rows.
    fn row_operator(&mut self, name: &str) -> Option<OperatorKind> {
        Some(match name {
            "where" | "filter" => self.filter(),
            "count" => return self.count(),
            "make-series" => self.make_series(),
            "reduce" => self.reduce(),
            "sample" => OperatorKind::Sample(self.take()),
            "sample-distinct" => self.sample_distinct(),
            "scan" => self.scan(),
            "sort" | "order" => self.sort(),
            "summarize" => self.summarize(),
            "take" | "limit" => OperatorKind::Take(self.take()),
            "top" => self.top(),
            "top-hitters" => self.top_hitters(),
            "top-nested" => self.top_nested(),
            _ => return None,
        })
    }

    /// Operators on whole tables.
    fn table_operator(&mut self, name: &str) -> Option<OperatorKind> {
        Some(match name {
            "as" => self.as_operator(),
            "assert-schema" => self.assert_schema(),
            "consume" => self.consume(),
            "evaluate" => self.evaluate(),
            "facet" => self.facet(),
            "find" => self.find(),
            "fork" => self.fork(),
            "invoke" => self.invoke(),
            "join" => self.join(),
            "lookup" => self.lookup(),
            "partition" => self.partition(),
            "range" => return self.range(),
            "render" => self.render(),
            "search" => self.search(),
            "union" => self.union(),
            _ => return None,
        })
    }

    /// The name of an operator and a list.
    fn columns<T>(&mut self, how: super::list::List, element: fn(&mut Self) -> Option<T>) -> Vec<T> {
        self.bump();
        self.list(how, element)
    }

    fn serialize(&mut self) -> Columns {
        self.bump();
        let parameters = self.parameters(&[], true);
        let columns = self.list(list(Expected::Expression), Self::named_value);
        Columns { parameters, columns }
    }

    fn distinct(&mut self) -> Columns {
        self.bump();
        let parameters = self.parameters(&SHUFFLE, true);
        let how = list(Expected::Expression).needs_one();
        let columns = self.list(how, |parser| parser.star().or_else(|| parser.named_value()));
        Columns { parameters, columns }
    }

    fn reordered(&mut self) -> Option<Ordered> {
        let expression = self.name_or_wildcard()?;
        Some(Ordered {
            expression,
            direction: self.direction(),
            nulls: None,
        })
    }

    /// An expression, its direction and where its nulls go.
    fn ordered(&mut self) -> Option<Ordered> {
        let expression = self.named_value()?;
        Some(Ordered {
            expression,
            direction: self.direction(),
            nulls: self.nulls(),
        })
    }

    /// The same, which must stand here.
    fn expect_ordered(&mut self) -> Ordered {
        self.ordered().unwrap_or_else(|| Ordered {
            expression: self.missing_expression(),
            direction: None,
            nulls: None,
        })
    }

    fn direction(&mut self) -> Option<Direction> {
        let directions = [
            ("asc", Direction::Ascending),
            ("desc", Direction::Descending),
            ("granny-asc", Direction::NumbersAscending),
            ("granny-desc", Direction::NumbersDescending),
        ];
        directions
            .iter()
            .find(|(word, _)| self.eat(word))
            .map(|(_, direction)| *direction)
    }

    fn nulls(&mut self) -> Option<Nulls> {
        if !self.eat("nulls") {
            return None;
        }
        let word = self.expect_one_of(&["first", "last"]);
        Some(if word.text == "first" {
            Nulls::First
        } else {
            Nulls::Last
        })
    }

    /// `by` and an expression in a list; nothing where there is no `by`.
    fn by_list(&mut self, how: super::list::List) -> Option<Vec<Expression>> {
        self.eat("by").then(|| self.list(how, Self::named_value))
    }
}
