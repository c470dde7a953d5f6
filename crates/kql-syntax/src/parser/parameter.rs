//! Parameters of operators: `kind=inner hint.strategy=shuffle`.

use super::Parser;
use super::list::list;
use super::name::{named_by, plain_name};
use crate::Span;
use crate::diagnostic::Expected;
use crate::token::{Token, TokenKind};
use crate::tree::{
    Expression, ExpressionKind, Literal, Name, NameStyle, OperatorParameter, OperatorParameters, ParameterValue,
    Written,
};

/// The value that a parameter takes, as far as reading it depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// A literal or a word.
    Word,
    /// The same, or one of these words of the language.
    OneOf(&'static [&'static str]),
    /// A number, which is real even without a point.
    Real,
    /// Any operand.
    Operand,
    /// A name.
    Name,
    /// Several names.
    Names,
}

/// A parameter of an operator and what it takes.
pub(super) type Known = (&'static str, Takes);

/// The parameters that any operator takes; what it does with them is told later.
const COMMON: [Known; 31] = [
    ("bagexpansion", Takes::Word),
    ("bin_legacy", Takes::Word),
    ("__crossCluster", Takes::Word),
    ("__crossDB", Takes::Word),
    ("decodeblocks", Takes::Word),
    ("expandoutput", Takes::Word),
    ("hint.concurrency", Takes::Word),
    ("hint.distribution", Takes::Word),
    ("hint.materialized", Takes::Word),
    ("hint.num_partitions", Takes::Word),
    ("hint.pass_filters", Takes::Word),
    ("hint.pass_filters_column", Takes::Name),
    ("hint.progressive_top", Takes::Word),
    ("hint.remote", Takes::Word),
    ("hint.shufflekey", Takes::Name),
    ("hint.spread", Takes::Word),
    ("hint.strategy", Takes::Word),
    ("__id", Takes::Word),
    ("isfuzzy", Takes::Word),
    ("__isFuzzy", Takes::Word),
    ("kind", Takes::Word),
    ("__noWithSource", Takes::Word),
    ("__packedColumn", Takes::Name),
    ("__sourceColumnIndex", Takes::Word),
    ("cycles", Takes::Word),
    ("with_match_id", Takes::Name),
    ("with_itemindex", Takes::Name),
    ("withsource", Takes::Name),
    ("with_source", Takes::Name),
    ("with_step_name", Takes::Name),
    ("force_remote", Takes::Word),
];

/// Parameters whose names are several tokens.
const DOTTED: [&str; 2] = ["hint.pass_filters_column", "hint.pass_filters"];

impl Parser<'_> {
    /// The parameters behind the name of an operator: its own and the common ones. With `needs_equal`, a name without `=` is an
    /// operand and not a parameter.
    pub(super) fn parameters(&mut self, own: &[Known], needs_equal: bool) -> OperatorParameters {
        let mut parameters = Vec::new();
        while let Some((length, takes)) = self.known_parameter(own, needs_equal) {
            parameters.extend(self.parameter(length, takes, own));
        }
        OperatorParameters(parameters)
    }

    /// Parameters with commas, only those named.
    pub(super) fn parameter_list(&mut self, own: &[Known], common: bool) -> OperatorParameters {
        OperatorParameters(self.list(list(Expected::Property), |parser| {
            let known = parser.own_parameter(own, 0);
            let (length, takes) = known.or_else(|| common.then(|| parser.common_parameter(0))?)?;
            parser.parameter(length, takes, own)
        }))
    }

    /// `with (name=value, …)`, only those named.
    pub(super) fn with_parameters(&mut self, own: &[Known]) -> OperatorParameters {
        if !self.eat("with") || !self.expect("(") {
            return OperatorParameters::default();
        }
        self.eat(",");
        let parameters = self.parameter_list(own, false);
        self.close(")");
        parameters
    }

    /// A parameter of any name, whose `=` is there.
    pub(super) fn one_parameter(&mut self, takes: Takes) -> Option<OperatorParameter> {
        self.parameter(1, takes, &[])
    }

    /// How many tokens the name of a parameter is, and what it takes.
    fn known_parameter(&self, own: &[Known], needs_equal: bool) -> Option<(usize, Takes)> {
        let (length, takes) = self.own_parameter(own, 0).or_else(|| self.common_parameter(0))?;
        let equal = self.peek_at(length).is("=");
        (equal || !needs_equal).then_some((length, takes))
    }

    fn own_parameter(&self, own: &[Known], offset: usize) -> Option<(usize, Takes)> {
        let token = self.peek_at(offset);
        let known = own.iter().find(|(name, _)| is_word(&token) && *name == token.text);
        known.map(|(_, takes)| (1, *takes))
    }

    /// The same for a parameter that any operator takes.
    pub(super) fn common_parameter(&self, offset: usize) -> Option<(usize, Takes)> {
        if let Some(known) = self.own_parameter(&COMMON, offset) {
            return Some(known);
        }
        let token = self.peek_at(offset);
        let joined = |index: usize| Some(self.peek_at(offset + index)).filter(|part| part.adjacent);
        if token.text != "hint" || !joined(1)?.is(".") {
            return None;
        }
        let name = format!("hint.{}", joined(2)?.text);
        let known = COMMON
            .iter()
            .find(|(known, _)| DOTTED.contains(known) && *known == name);
        known.map(|(_, takes)| (3, *takes))
    }

    fn parameter(&mut self, length: usize, takes: Takes, own: &[Known]) -> Option<OperatorParameter> {
        let start = self.start();
        let name = self.parameter_name(length);
        self.expect("=");
        let value = self.parameter_value(takes, own);
        let span = self.since(start);
        Some(OperatorParameter { name, value, span })
    }

    fn parameter_name(&mut self, length: usize) -> Name {
        let start = self.start();
        let text = (0..length).map(|_| self.bump().text).collect();
        Name {
            text,
            style: NameStyle::Plain,
            span: self.since(start),
        }
    }

    /// A parameter without `=`, as in the older form of `render`.
    pub(super) fn bare_parameter(&mut self, takes: Takes, own: &[Known]) -> OperatorParameter {
        let start = self.start();
        let name = self.parameter_name(1);
        let value = self.parameter_value(takes, own);
        let span = self.since(start);
        OperatorParameter { name, value, span }
    }

    fn parameter_value(&mut self, takes: Takes, own: &[Known]) -> ParameterValue {
        let value = match takes {
            Takes::Names => return ParameterValue::Names(self.parameter_names(own)),
            Takes::Real => self.real_value().or_else(|| self.word_value()),
            Takes::Word => self.word_value(),
            Takes::OneOf(words) => self.one_of(words).or_else(|| self.word_value()),
            Takes::Operand => self.operand(),
            Takes::Name => self.name_expression().or_else(|| self.word_value()),
        };
        ParameterValue::One(value.unwrap_or_else(|| self.missing_value()))
    }

    fn missing_value(&mut self) -> Expression {
        self.missing(Expected::Value);
        Expression {
            kind: ExpressionKind::Missing,
            span: Span::new(self.start(), self.start()),
        }
    }

    /// A literal, a word or a name.
    fn word_value(&mut self) -> Option<Expression> {
        self.literal().or_else(|| self.name_expression())
    }

    fn one_of(&mut self, words: &[&str]) -> Option<Expression> {
        let token = self.peek();
        let known = is_word(&token) && words.contains(&token.text);
        known.then(|| named_by(plain_name(self.bump())))
    }

    /// A number without a point is real too.
    fn real_value(&mut self) -> Option<Expression> {
        let mut value = self.literal()?;
        if let ExpressionKind::Literal(Literal::Long(Written::Value(whole))) = value.kind {
            #[expect(clippy::cast_precision_loss, reason = "a border of a chart is told as a real number")]
            let real = whole as f64;
            value.kind = ExpressionKind::Literal(Literal::Real(Written::Value(real)));
        }
        Some(value)
    }

    /// Names with commas, up to the next parameter.
    fn parameter_names(&mut self, own: &[Known]) -> Vec<Name> {
        let how = list(Expected::Name).needs_one();
        let name = |parser: &mut Self| {
            let parameter = parser.own_parameter(own, 0).is_some() && parser.peek_at(1).is("=");
            if parameter { None } else { parser.new_name() }
        };
        self.list_until(how, name, |parser| parser.at_names_end(own))
    }

    fn at_names_end(&self, own: &[Known]) -> bool {
        let known = |offset| {
            self.own_parameter(own, offset)
                .or_else(|| self.common_parameter(offset))
        };
        if self.at(",") {
            return known(1).is_some() || self.at_list_end(1);
        }
        let parameter = known(0).is_some_and(|(length, _)| self.peek_at(length).is("="));
        parameter || self.at_list_end(0)
    }
}

fn is_word(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Identifier || token.is_keyword()
}
