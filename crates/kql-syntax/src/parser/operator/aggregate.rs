//! Operators that group, order and limit rows.

use super::super::Parser;
use super::super::list::list;
use super::super::parameter::{Known, Takes};
use super::SHUFFLE;
use crate::diagnostic::Expected;
use crate::token::TokenKind;
use crate::tree::operator::{
    Count, MakeSeries, Reduce, SampleDistinct, Series, SeriesRange, SeriesSteps, Sort, Summarize, Take, Top,
    TopHitters, TopNestedLevel, Where,
};
use crate::tree::{Expression, Name, OperatorKind, OperatorParameters};

/// What `reduce` takes.
const REDUCE: [Known; 2] = [("threshold", Takes::Word), ("characters", Takes::Word)];

impl Parser<'_> {
    /// `where …`.
    pub(super) fn filter(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::Where(Where {
            parameters: self.parameters(&[], true),
            predicate: self.expect_named_value(),
        })
    }

    /// `count`, which a parenthesis makes a function.
    pub(super) fn count(&mut self) -> Option<OperatorKind> {
        if self.peek_at(1).is("(") {
            return None;
        }
        self.bump();
        let name = self.eat("as").then(|| self.plain_identifier());
        Some(OperatorKind::Count(Count { name }))
    }

    fn plain_identifier(&mut self) -> Name {
        if self.peek().kind != TokenKind::Identifier {
            return self.missing_name();
        }
        super::super::name::plain_name(self.bump())
    }

    /// `take …`, `sample …`.
    pub(super) fn take(&mut self) -> Take {
        self.bump();
        Take {
            parameters: self.parameters(&[], true),
            count: self.expect_named_value(),
        }
    }

    /// `sample-distinct … of …`.
    pub(super) fn sample_distinct(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], true);
        let count = self.expect_named_value();
        self.expect("of");
        let of = self.expect_named_value();
        OperatorKind::SampleDistinct(SampleDistinct { parameters, count, of })
    }

    /// `sort by …`.
    pub(super) fn sort(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], false);
        self.expect("by");
        let by = self.list(list(Expected::Expression).needs_one(), Self::ordered);
        OperatorKind::Sort(Sort { parameters, by })
    }

    /// `summarize … by …`.
    pub(super) fn summarize(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&SHUFFLE, true);
        let aggregations = self.list(list(Expected::Expression).ended_by(&["by"]), Self::named_value);
        let (by, bin) = if self.eat("by") {
            self.groups()
        } else {
            (Vec::new(), None)
        };
        OperatorKind::Summarize(Summarize {
            parameters,
            aggregations,
            by,
            bin,
        })
    }

    fn groups(&mut self) -> (Vec<Expression>, Option<Expression>) {
        let at_bin = |parser: &Self| parser.at("bin") && parser.peek_at(1).is("=");
        let how = list(Expected::Expression).needs_one();
        let by = self.list_until(how, Self::named_value, |parser| {
            parser.at_list_end(0) || (at_bin(parser) && parser.peek_at(2).kind.is_literal())
        });
        if !at_bin(self) {
            return (by, None);
        }
        self.bump();
        self.bump();
        (by, Some(self.expect_value()))
    }

    /// `top … by …`.
    pub(super) fn top(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], true);
        let count = self.expect_named_value();
        self.expect("by");
        let by = self.expect_ordered();
        OperatorKind::Top(Top { parameters, count, by })
    }

    /// `top-hitters … of … by …`.
    pub(super) fn top_hitters(&mut self) -> OperatorKind {
        self.bump();
        let count = self.expect_named_value();
        self.expect("of");
        let of = self.expect_named_value();
        let by = self.eat("by").then(|| self.expect_named_value());
        OperatorKind::TopHitters(TopHitters { count, of, by })
    }

    /// `top-nested … of … by …, top-nested …`.
    pub(super) fn top_nested(&mut self) -> OperatorKind {
        OperatorKind::TopNested(self.list(list(Expected::Word("top-nested")).needs_one(), Self::top_nested_level))
    }

    fn top_nested_level(&mut self) -> Option<TopNestedLevel> {
        if !self.eat("top-nested") {
            return None;
        }
        // A column named `of` is no count: the word is what the language wants here.
        let count = if self.at("of") && !self.peek_at(1).is("=") {
            None
        } else {
            self.named_value()
        };
        self.expect("of");
        let of = self.expect_named_value();
        let others = self.eat("with").then(|| self.others());
        self.expect("by");
        let by = self.expect_ordered();
        Some(TopNestedLevel { count, of, others, by })
    }

    fn others(&mut self) -> Expression {
        self.expect("others");
        self.expect("=");
        self.literal().unwrap_or_else(|| self.expect_value())
    }

    /// `make-series … on … from … to … step … by …`.
    pub(super) fn make_series(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], true);
        let how = list(Expected::Expression).needs_one().ended_by(&["on", "from", "in"]);
        let series = self.list(how, Self::series);
        self.expect("on");
        let on = self.expect_named_value();
        let range = self.series_range();
        let by = self
            .by_list(list(Expected::Expression).needs_one().open())
            .unwrap_or_default();
        OperatorKind::MakeSeries(MakeSeries {
            parameters,
            series,
            on,
            range,
            by,
        })
    }

    fn series(&mut self) -> Option<Series> {
        let aggregation = self.named_value()?;
        let default = self.eat("default").then(|| {
            self.expect("=");
            self.expect_named_value()
        });
        Some(Series { aggregation, default })
    }

    fn series_range(&mut self) -> SeriesRange {
        if !self.at_any(&["from", "to", "step"]) {
            return self.series_in_range();
        }
        let from = self.eat("from").then(|| self.expect_value());
        let to = self.eat("to").then(|| self.expect_value());
        self.expect("step");
        let step = self.expect_value();
        SeriesRange::Steps(Box::new(SeriesSteps { from, to, step }))
    }

    fn series_in_range(&mut self) -> SeriesRange {
        let mut borders = Vec::new();
        if self.expect("in") && self.expect("range") && self.expect("(") {
            borders = self.list(list(Expected::Expression), Self::named_value);
            self.close(")");
        }
        SeriesRange::InRange(borders)
    }

    /// `reduce by … with …`.
    pub(super) fn reduce(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&REDUCE, false);
        self.expect("by");
        let by = self.expect_named_value();
        let with = if self.eat("with") {
            self.parameter_list(&REDUCE, true)
        } else {
            OperatorParameters::default()
        };
        OperatorKind::Reduce(Reduce { parameters, by, with })
    }
}
