//! Operators over arrays and over sequences of rows.

use super::super::Parser;
use super::super::list::list;
use crate::diagnostic::Expected;
use crate::tree::operator::{Expanded, MvApply, MvExpand, Scan, ScanAssignment, ScanOutput, ScanStep};
use crate::tree::{Expression, OperatorKind, Ordered, ParameterDeclaration};

/// The words that end a list in the head of `scan`.
const SCAN_ENDS: [&str; 5] = ["partition", "order", "by", "declare", "with"];

impl Parser<'_> {
    /// `mv-expand …`.
    pub(super) fn mv_expand(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], true);
        let how = list(Expected::Expression).needs_one().ended_by(&["limit"]);
        let columns = self.list(how, Self::expanded);
        let limit = self.row_limit();
        OperatorKind::MvExpand(MvExpand {
            parameters,
            columns,
            limit,
        })
    }

    fn row_limit(&mut self) -> Option<Expression> {
        self.eat("limit").then(|| self.expect_value())
    }

    fn expanded(&mut self) -> Option<Expanded> {
        let array = if self.at("to") && self.peek_at(1).is("typeof") {
            self.missing_expression()
        } else {
            self.named_value()?
        };
        let kind = self.behind_to();
        Some(Expanded { array, kind })
    }

    /// `mv-apply … on (…)`.
    pub(super) fn mv_apply(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], true);
        let how = list(Expected::Expression).needs_one();
        let columns = self.list_until(how, Self::expanded, Self::at_mv_apply_end);
        let limit = self.row_limit();
        let id = self.eat("id").then(|| self.expect_value());
        self.expect("on");
        let query = self.mv_apply_query();
        OperatorKind::MvApply(MvApply {
            parameters,
            columns,
            limit,
            id,
            query,
        })
    }

    /// `limit`, `id` and `on` end the list, unless what follows shows that they are names.
    fn at_mv_apply_end(&self) -> bool {
        let next = self.peek_at(1);
        let name = next.is(",") || next.is("to") || next.is("=");
        self.at_list_end(0) || (self.at_any(&["limit", "id", "on"]) && !name)
    }

    fn mv_apply_query(&mut self) -> Expression {
        if !self.expect("(") {
            return self.missing_expression();
        }
        let query = self.expect_subquery();
        self.close(")");
        query
    }

    /// `scan … with (…)`.
    pub(super) fn scan(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&[], false);
        let order = self.scan_order();
        let partition = self.scan_partition();
        let declarations = self.scan_declarations();
        self.expect("with");
        let mut steps = Vec::new();
        if self.expect("(") {
            while let Some(step) = self.scan_step() {
                steps.push(step);
            }
            self.close(")");
        }
        OperatorKind::Scan(Scan {
            parameters,
            order,
            partition,
            declarations,
            steps,
        })
    }

    fn scan_order(&mut self) -> Vec<Ordered> {
        if !self.eat("order") {
            return Vec::new();
        }
        self.expect("by");
        self.list(
            list(Expected::Expression).needs_one().ended_by(&SCAN_ENDS),
            Self::ordered,
        )
    }

    fn scan_partition(&mut self) -> Vec<Expression> {
        if !self.eat("partition") {
            return Vec::new();
        }
        self.expect("by");
        self.list(list(Expected::Expression).needs_one().ended_by(&SCAN_ENDS), Self::value)
    }

    fn scan_declarations(&mut self) -> Vec<ParameterDeclaration> {
        if !self.eat("declare") || !self.expect("(") {
            return Vec::new();
        }
        let declarations = self.list(list(Expected::Parameter), Self::parameter_declaration);
        self.close(")");
        declarations
    }

    /// `step name optional output=last: condition => name = value;`.
    fn scan_step(&mut self) -> Option<ScanStep> {
        if !self.eat("step") {
            return None;
        }
        let name = self.new_name().unwrap_or_else(|| self.missing_name());
        let optional = self.eat("optional");
        let output = self.scan_output();
        self.expect(":");
        let condition = self.expect_value();
        let assignments = self.scan_assignments();
        self.expect(";");
        Some(ScanStep {
            name,
            optional,
            output,
            condition,
            assignments,
        })
    }

    fn scan_output(&mut self) -> Option<ScanOutput> {
        if !self.eat("output") {
            return None;
        }
        self.expect("=");
        let word = self.expect_one_of(&["all", "last", "none"]);
        Some(match word.text.as_str() {
            "last" => ScanOutput::Last,
            "none" => ScanOutput::None,
            _ => ScanOutput::All,
        })
    }

    fn scan_assignments(&mut self) -> Vec<ScanAssignment> {
        if !self.eat("=>") {
            return Vec::new();
        }
        self.list(list(Expected::Name).needs_one(), |parser| {
            let name = parser.new_name()?;
            parser.expect("=");
            let value = parser.expect_value();
            Some(ScanAssignment { name, value })
        })
    }
}
