//! Expressions: what has values.

use super::Parser;
use super::range::ranges;
use crate::Span;
use crate::error::Result;
use crate::syntax::{Calculation, Expression, ExpressionKind, Range, RangeEnd};
use crate::token::{Symbol, Token, TokenKind};

/// The calculations, from loose to tight.
const CALCULATIONS: [&[(Symbol, Calculation)]; 3] = [
    &[(Symbol::BitAnd, Calculation::BitAnd)],
    &[(Symbol::Plus, Calculation::Plus), (Symbol::Minus, Calculation::Minus)],
    &[
        (Symbol::Times, Calculation::Times),
        (Symbol::Divide, Calculation::Divide),
        (Symbol::Remainder, Calculation::Remainder),
    ],
];

impl Parser<'_> {
    /// A side of a comparison. `first` is its beginning where that was read already.
    pub(super) fn operand(&mut self, first: Option<Expression>) -> Result<Expression> {
        let depth = self.depth;
        let operand = self.calculation(&CALCULATIONS, first);
        self.depth = depth;
        operand
    }

    /// Each operator of a chain makes the tree one level deeper.
    fn calculation(&mut self, levels: &[&[(Symbol, Calculation)]], first: Option<Expression>) -> Result<Expression> {
        let Some((operators, tighter)) = levels.split_first() else {
            return self.signed(first);
        };
        let mut left = self.calculation(tighter, first)?;
        while let Some(calculation) = self.accept_calculation(operators) {
            self.go_deeper(1)?;
            let right = self.calculation(tighter, None)?;
            let span = left.span.to(right.span);
            let kind = ExpressionKind::Calculation(calculation, Box::new(left), Box::new(right));
            left = Expression { kind, span };
        }
        Ok(left)
    }

    fn accept_calculation(&mut self, operators: &[(Symbol, Calculation)]) -> Option<Calculation> {
        let next = self.peek_symbol()?;
        let (_, calculation) = operators.iter().find(|(symbol, _)| *symbol == next)?;
        self.advance();
        Some(*calculation)
    }

    /// An even number of minus signs changes nothing.
    fn signed(&mut self, first: Option<Expression>) -> Result<Expression> {
        if let Some(first) = first {
            return self.suffixes(first);
        }
        let (mut is_negative, start) = (false, self.next_span());
        while let Some(sign @ (Symbol::Plus | Symbol::Minus)) = self.peek_symbol() {
            is_negative ^= sign == Symbol::Minus;
            self.advance();
        }
        let value = self.atom()?;
        let value = self.suffixes(value)?;
        let span = start.to(value.span);
        Ok(if is_negative {
            Expression {
                kind: ExpressionKind::Negative(Box::new(value)),
                span,
            }
        } else {
            value
        })
    }

    fn next_span(&self) -> Span {
        self.peek().map(|token| token.span).unwrap_or_default()
    }

    fn atom(&mut self) -> Result<Expression> {
        let Some(token) = self.peek() else {
            return Err(self.unexpected());
        };
        let kind = match &token.kind {
            TokenKind::Word(word) if self.opens_arguments() => return self.function(word, token),
            TokenKind::Word(word) => ExpressionKind::Word((*word).to_owned()),
            TokenKind::FieldName(name) => ExpressionKind::FieldName((*name).to_owned()),
            TokenKind::Literal(text) => ExpressionKind::Literal((*text).to_owned()),
            TokenKind::Text(text) => ExpressionKind::Text(text.clone()),
            TokenKind::Character(byte, written) => ExpressionKind::Character(*byte, (*written).to_owned()),
            TokenKind::Symbol(Symbol::OpenBrace) => return self.group_of(Symbol::CloseBrace),
            TokenKind::Symbol(Symbol::OpenParenthesis) => return self.group_of(Symbol::CloseParenthesis),
            _ => return Err(self.unexpected()),
        };
        self.advance();
        Ok(Expression { kind, span: token.span })
    }

    fn group_of(&mut self, closing: Symbol) -> Result<Expression> {
        self.advance();
        let inside = self.deeper(|parser| parser.operand(None))?;
        self.expect(closing)?;
        Ok(inside)
    }

    fn opens_arguments(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|token| &token.kind);
        next == Some(&TokenKind::Symbol(Symbol::OpenParenthesis))
    }

    fn function(&mut self, name: &str, token: &Token<'_>) -> Result<Expression> {
        self.at += 2;
        let mut arguments = Vec::new();
        if !self.accept(Symbol::CloseParenthesis) {
            arguments = self.deeper(Self::arguments)?;
        }
        let kind = ExpressionKind::Function(name.to_owned(), arguments);
        Ok(Expression {
            kind,
            span: token.span.to(self.last_span()),
        })
    }

    fn arguments(&mut self) -> Result<Vec<Expression>> {
        let mut arguments = vec![self.operand(None)?];
        while self.accept(Symbol::Comma) {
            arguments.push(self.operand(None)?);
        }
        self.expect(Symbol::CloseParenthesis)?;
        Ok(arguments)
    }

    fn last_span(&self) -> Span {
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map(|token| token.span).unwrap_or_default()
    }

    /// Layers and slices after a value.
    fn suffixes(&mut self, value: Expression) -> Result<Expression> {
        let mut value = value;
        while let Some(token) = self.peek() {
            let kind: fn(Box<Expression>, Vec<Range>) -> ExpressionKind = match token.kind {
                TokenKind::Brackets(_) => ExpressionKind::Slice,
                TokenKind::Layer(_) | TokenKind::LayerRange => ExpressionKind::Layers,
                _ => break,
            };
            self.go_deeper(1)?;
            let ranges = self.suffix(token)?;
            let span = value.span.to(self.last_span());
            value = Expression {
                kind: kind(Box::new(value), ranges),
                span,
            };
        }
        Ok(value)
    }

    fn suffix(&mut self, token: &Token<'_>) -> Result<Vec<Range>> {
        self.advance();
        match (&token.kind, self.peek().map(|next| &next.kind)) {
            (TokenKind::Layer(number), _) => {
                let start = number.parse().unwrap_or(i32::MAX);
                Ok(vec![Range {
                    start,
                    end: RangeEnd::Length(1),
                }])
            }
            (TokenKind::LayerRange, Some(TokenKind::Brackets(inside))) => {
                self.advance();
                ranges(inside, token.span)
            }
            (TokenKind::Brackets(inside), _) => ranges(inside, token.span),
            _ => Err(self.unexpected()),
        }
    }
}
