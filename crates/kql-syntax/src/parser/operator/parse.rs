//! Operators that take texts apart.

use super::super::Parser;
use super::super::parameter::{Known, Takes};
use crate::diagnostic::Expected;
use crate::tree::OperatorKind;
use crate::tree::operator::{Parse, ParseKv, ParsePart};

/// What `parse` takes.
const PARSE: [Known; 2] = [
    ("kind", Takes::OneOf(&["simple", "regex", "relaxed"])),
    ("flags", Takes::Word),
];

/// What `parse-kv … with (…)` takes.
const PARSE_KV: [Known; 6] = [
    ("pair_delimiter", Takes::Word),
    ("kv_delimiter", Takes::Word),
    ("regex", Takes::Word),
    ("quote", Takes::Word),
    ("escape", Takes::Word),
    ("greedy", Takes::Word),
];

impl Parser<'_> {
    /// `parse … with …`, `parse-where … with …`.
    pub(super) fn parse(&mut self, only_matching: bool) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(&PARSE, true);
        let subject = self.expect_value();
        self.expect("with");
        let mut pattern = Vec::new();
        while let Some(part) = self.parse_part() {
            pattern.push(part);
        }
        OperatorKind::Parse(Parse {
            only_matching,
            parameters,
            subject,
            pattern,
        })
    }

    fn parse_part(&mut self) -> Option<ParsePart> {
        if self.eat("*") {
            return Some(ParsePart::Skip);
        }
        if let Some(text) = self.string() {
            return Some(ParsePart::Text(text));
        }
        let name = if self.at(":") {
            self.missing_name()
        } else {
            self.new_name()?
        };
        let kind = self.eat(":").then(|| self.expect_type());
        Some(ParsePart::Column { name, kind })
    }

    /// `parse-kv … as (…) with (…)`.
    pub(super) fn parse_kv(&mut self) -> OperatorKind {
        self.bump();
        let subject = self.expect_value();
        self.expect("as");
        let keys = self.expect_schema();
        let properties = self.with_parameters(&PARSE_KV);
        OperatorKind::ParseKv(ParseKv {
            subject,
            keys,
            properties,
        })
    }

    /// `typeof(…)` behind `to`.
    pub(super) fn behind_to(&mut self) -> Option<crate::tree::TypeOf> {
        if !self.eat("to") {
            return None;
        }
        let kind = self.type_of();
        if kind.is_none() {
            self.missing(Expected::TypeOf);
        }
        kind
    }
}
