//! What has values: the type it has by itself, and what is evaluated.

use whotalks_fields::FieldKind;

use super::Checker;
use super::class::{are_comparable, calculates, is_signed, is_sliceable};
use super::fields;
use crate::FilterError;
use crate::error::{Problem, Result};
use crate::literal::{self, Type, Written};
use crate::program::Operand;
use crate::syntax::{Calculation, Expression, ExpressionKind, Range};

impl Checker {
    /// The type of an expression; none where it holds no field.
    pub(super) fn type_of(&self, expression: &Expression) -> Result<Option<Type>> {
        match &expression.kind {
            ExpressionKind::Word(name) => Ok(fields::find(name).map(|(_, field)| field_type(field))),
            ExpressionKind::FieldName(name) => match fields::find(name) {
                Some((_, field)) => Ok(Some(field_type(field))),
                None => Err(fields::unknown(name).at(expression.span)),
            },
            ExpressionKind::Literal(_) | ExpressionKind::Text(_) | ExpressionKind::Character(..) => Ok(None),
            ExpressionKind::Layers(of, _) => self.type_of(of),
            ExpressionKind::Slice(..) => Ok(Some(Type::plain(FieldKind::Bytes))),
            // What is calculated may have more bits and has no names.
            ExpressionKind::Negative(of) => Ok(self.type_of(of)?.map(|found| Type::plain(found.kind))),
            ExpressionKind::Calculation(_, left, right) => {
                let found = self.type_of(left)?.or(self.type_of(right)?);
                Ok(found.map(|found| Type::plain(found.kind)))
            }
            ExpressionKind::Function(name, arguments) => self.function_type(name, arguments, expression.span),
        }
    }

    /// What is evaluated for an expression; a value in it gets the type that is wanted.
    pub(super) fn operand(&mut self, expression: &Expression, wanted: Type) -> Result<Operand> {
        match &expression.kind {
            ExpressionKind::Word(name) | ExpressionKind::FieldName(name) => match fields::find(name) {
                Some((id, _)) => {
                    self.need(id);
                    Ok(Operand::Field(id))
                }
                None => constant(expression, Written::Plain(name), wanted),
            },
            ExpressionKind::Literal(text) => constant(expression, Written::Plain(text), wanted),
            ExpressionKind::Text(text) => constant(expression, Written::Quoted(text), wanted),
            ExpressionKind::Character(byte, _) => constant(expression, Written::Character(*byte), wanted),
            ExpressionKind::Layers(of, layers) => self.layers(of, layers),
            ExpressionKind::Slice(of, ranges) => self.slice(of, ranges),
            ExpressionKind::Negative(of) => self.negative(of, wanted),
            ExpressionKind::Calculation(how, left, right) => self.calculation(expression, *how, left, right, wanted),
            ExpressionKind::Function(name, arguments) => self.function(name, arguments, wanted),
        }
    }

    /// Only a field has layers.
    fn layers(&mut self, of: &Expression, layers: &[Range]) -> Result<Operand> {
        let (ExpressionKind::Word(name) | ExpressionKind::FieldName(name)) = &of.kind else {
            return Err(Problem::NoField.at(of.span));
        };
        let Some((field, about)) = fields::find(name) else {
            return Err(fields::unknown(name).at(of.span));
        };
        let protocol = fields::protocol(about).unwrap_or(field);
        self.need(field);
        self.need(protocol);
        let layers = layers.to_vec();
        Ok(Operand::Layers {
            field,
            protocol,
            layers,
        })
    }

    fn slice(&mut self, of: &Expression, ranges: &[Range]) -> Result<Operand> {
        let Some(found) = self.type_of(of)? else {
            return Err(Self::no_field(of));
        };
        if !is_sliceable(found.kind) {
            let kind = found.kind;
            return Err(Problem::Operation { operation: "[]", kind }.at(of.span));
        }
        Ok(Operand::Slice(Box::new(self.operand(of, found)?), ranges.to_vec()))
    }

    fn negative(&mut self, of: &Expression, wanted: Type) -> Result<Operand> {
        let found = self.type_of(of)?.unwrap_or(wanted);
        if !is_signed(found.kind) {
            let kind = found.kind;
            return Err(Problem::Operation { operation: "-", kind }.at(of.span));
        }
        let of = self.operand(of, Type::plain(found.kind))?;
        Ok(Operand::Negative(Box::new(of)))
    }

    fn calculation(
        &mut self,
        expression: &Expression,
        how: Calculation,
        left: &Expression,
        right: &Expression,
        wanted: Type,
    ) -> Result<Operand> {
        let (left_type, right_type) = (self.type_of(left)?, self.type_of(right)?);
        let shared = left_type.or(right_type).unwrap_or(wanted);
        let other = right_type.unwrap_or(shared);
        if !calculates(shared.kind, how) {
            let (operation, kind) = (how.sign(), shared.kind);
            return Err(Problem::Operation { operation, kind }.at(expression.span));
        }
        if !are_comparable(shared.kind, other.kind) || !calculates(other.kind, how) {
            let (left, right) = (shared.kind, other.kind);
            return Err(Problem::Incompatible { left, right }.at(expression.span));
        }
        let left = self.operand(left, Type::plain(shared.kind))?;
        let right = self.operand(right, Type::plain(other.kind))?;
        Ok(Operand::Calculation(how, Box::new(left), Box::new(right)))
    }

    /// That an expression without a field stands where one is needed.
    pub(super) fn no_field(expression: &Expression) -> FilterError {
        let problem = match &expression.kind {
            ExpressionKind::Word(name) if looks_like_a_name(name) => fields::unknown(name),
            ExpressionKind::Layers(of, _) | ExpressionKind::Slice(of, _) | ExpressionKind::Negative(of) => {
                return Self::no_field(of);
            }
            _ => Problem::NoField,
        };
        problem.at(expression.span)
    }
}

/// Numbers and addresses begin with a digit; names of fields seldom do, and never hold a colon.
fn looks_like_a_name(word: &str) -> bool {
    !word.starts_with(|sign: char| sign.is_ascii_digit()) && !word.contains(':')
}

fn field_type(field: &whotalks_fields::Field) -> Type {
    Type {
        kind: field.kind,
        bits: field.bits,
        labels: field.labels,
    }
}

/// A value of the type that is wanted. A name with dots that is much like the name of a field is a mistyped field.
fn constant(expression: &Expression, written: Written<'_>, wanted: Type) -> Result<Operand> {
    if let Some(item) = literal::convert(written, wanted) {
        return Ok(Operand::Constant(item));
    }
    let text = match &expression.kind {
        ExpressionKind::Word(text) | ExpressionKind::Literal(text) => text.clone(),
        ExpressionKind::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ExpressionKind::Character(_, written) => written.clone(),
        _ => String::new(),
    };
    let is_mistyped = matches!(expression.kind, ExpressionKind::Word(_))
        && looks_like_a_name(&text)
        && text.contains('.')
        && !fields::suggestions(&text).is_empty();
    let problem = if is_mistyped {
        fields::unknown(&text)
    } else {
        Problem::Value {
            text,
            wanted: wanted.kind,
        }
    };
    Err(problem.at(expression.span))
}
