//! Tests.

use regex::bytes::{Regex, RegexBuilder};
use whotalks_fields::FieldKind;

use super::Checker;
use super::class::{are_comparable, is_searchable};
use crate::error::{Problem, Result};
use crate::literal::Type;
use crate::program::{Comparison, Element, Operand, Test};
use crate::syntax::{self, Expression, ExpressionKind, Quantifier, Relation};

/// The largest compiled expression, in bytes: what a person writes needs some thousand, a repetition in a repetition could
/// need all memory.
const MOST_EXPRESSION_BYTES: usize = 1 << 20;

impl Checker {
    /// Checks a test.
    pub(super) fn test(&mut self, test: &syntax::Test) -> Result<Test> {
        Ok(match test {
            syntax::Test::And(parts) => Test::And(self.tests(parts)?),
            syntax::Test::Xor(parts) => Test::Xor(self.tests(parts)?),
            syntax::Test::Or(parts) => Test::Or(self.tests(parts)?),
            syntax::Test::Not(part) => Test::Not(Box::new(self.test(part)?)),
            syntax::Test::Present(expression) => self.present(expression)?,
            syntax::Test::Relation {
                quantifier,
                relation,
                left,
                right,
            } => self.relation(*quantifier, *relation, left, right)?,
            syntax::Test::Membership {
                quantifier,
                left,
                elements,
            } => self.membership(*quantifier, left, elements)?,
        })
    }

    fn tests(&mut self, parts: &[syntax::Test]) -> Result<Vec<Test>> {
        parts.iter().map(|part| self.test(part)).collect()
    }

    /// A field or a part of it is there; what is calculated is not zero; a function alone says nothing.
    fn present(&mut self, expression: &Expression) -> Result<Test> {
        let found = self.type_of(expression)?;
        let Some(found) = found else {
            return Err(Self::no_field(expression));
        };
        let operand = self.operand(expression, found)?;
        match expression.kind {
            ExpressionKind::Function(..) => Err(Problem::NoField.at(expression.span)),
            ExpressionKind::Negative(_) | ExpressionKind::Calculation(..) => Ok(Test::NotZero(operand)),
            _ => Ok(Test::Exists(operand)),
        }
    }

    fn relation(
        &mut self,
        quantifier: Option<Quantifier>,
        relation: Relation,
        left: &Expression,
        right: &Expression,
    ) -> Result<Test> {
        let (comparison, every) = meaning(relation);
        let every = quantifier.map_or(every, |quantifier| quantifier == Quantifier::All);
        match relation {
            Relation::Matches => self.matches(every, left, right),
            Relation::Contains => self.contains(every, left, right),
            _ => {
                let (left, right) = self.pair(left, right)?;
                Ok(Test::Compare {
                    every,
                    comparison,
                    left,
                    right,
                })
            }
        }
    }

    /// Two sides of types that can be compared; a side without a field has the type of the other.
    fn pair(&mut self, left: &Expression, right: &Expression) -> Result<(Operand, Operand)> {
        let types = (self.type_of(left)?, self.type_of(right)?);
        let (left_type, right_type) = match types {
            (Some(left_type), Some(right_type)) => {
                comparable(left_type, right_type, left, right)?;
                (left_type, right_type)
            }
            (Some(only), None) | (None, Some(only)) => (only, only),
            (None, None) => return Err(Self::no_field(left)),
        };
        if left_type.kind == FieldKind::None {
            let span = left.span.to(right.span);
            return Err(Problem::Operation {
                operation: "==",
                kind: FieldKind::None,
            }
            .at(span));
        }
        Ok((self.operand(left, left_type)?, self.operand(right, right_type)?))
    }

    /// A text or bytes within another. Part of an address is no address, so bytes are looked for.
    fn contains(&mut self, every: bool, left: &Expression, right: &Expression) -> Result<Test> {
        let left_type = self.searchable(left, Relation::Contains)?;
        let wanted = match left_type.kind {
            FieldKind::Text => FieldKind::Text,
            _ => FieldKind::Bytes,
        };
        let right_type = match self.type_of(right)? {
            None => Type::plain(wanted),
            Some(right_type) if is_searchable(right_type.kind) => right_type,
            Some(right_type) => return Err(incompatible(left_type, right_type, left, right)),
        };
        Ok(Test::Compare {
            every,
            comparison: Comparison::Contains,
            left: self.operand(left, left_type)?,
            right: self.operand(right, right_type)?,
        })
    }

    fn matches(&mut self, every: bool, left: &Expression, right: &Expression) -> Result<Test> {
        let left_type = self.searchable(left, Relation::Matches)?;
        let ExpressionKind::Text(pattern) = &right.kind else {
            return Err(Problem::Unquoted.at(right.span));
        };
        let expression = compile(pattern).map_err(|reason| Problem::Expression { reason }.at(right.span))?;
        let left = self.operand(left, left_type)?;
        Ok(Test::Matches {
            every,
            left,
            expression,
        })
    }

    /// The type of an expression whose values have bytes.
    fn searchable(&mut self, expression: &Expression, relation: Relation) -> Result<Type> {
        match self.type_of(expression)? {
            None => Err(Self::no_field(expression)),
            Some(found) if is_searchable(found.kind) => Ok(found),
            Some(found) => {
                let operation = relation.sign();
                Err(Problem::Operation {
                    operation,
                    kind: found.kind,
                }
                .at(expression.span))
            }
        }
    }

    fn membership(
        &mut self,
        quantifier: Option<Quantifier>,
        left: &Expression,
        elements: &[syntax::Element],
    ) -> Result<Test> {
        let Some(left_type) = self.type_of(left)? else {
            return Err(Self::no_field(left));
        };
        let every = quantifier == Some(Quantifier::All);
        let left_operand = self.operand(left, left_type)?;
        let elements = elements.iter().map(|element| {
            let low = self.element(left, left_type, &element.low)?;
            let high = element.high.as_ref().map(|high| self.element(left, left_type, high));
            Ok(Element {
                low,
                high: high.transpose()?,
            })
        });
        let elements = elements.collect::<Result<_>>()?;
        Ok(Test::Among {
            every,
            left: left_operand,
            elements,
        })
    }

    fn element(&mut self, left: &Expression, left_type: Type, element: &Expression) -> Result<Operand> {
        let own = self.type_of(element)?;
        if let Some(own) = own {
            comparable(left_type, own, left, element)?;
        }
        self.operand(element, own.unwrap_or(left_type))
    }
}

fn comparable(left_type: Type, right_type: Type, left: &Expression, right: &Expression) -> Result<()> {
    if are_comparable(left_type.kind, right_type.kind) {
        return Ok(());
    }
    Err(incompatible(left_type, right_type, left, right))
}

fn incompatible(left_type: Type, right_type: Type, left: &Expression, right: &Expression) -> crate::FilterError {
    let (left_kind, right_kind) = (left_type.kind, right_type.kind);
    Problem::Incompatible {
        left: left_kind,
        right: right_kind,
    }
    .at(left.span.to(right.span))
}

/// What an operator compares, and whether every pair must.
fn meaning(relation: Relation) -> (Comparison, bool) {
    match relation {
        Relation::AnyEqual => (Comparison::Equal, false),
        Relation::AllEqual => (Comparison::Equal, true),
        Relation::AnyUnequal => (Comparison::Unequal, false),
        Relation::AllUnequal => (Comparison::Unequal, true),
        Relation::Greater => (Comparison::Greater, false),
        Relation::GreaterOrEqual => (Comparison::GreaterOrEqual, false),
        Relation::Less => (Comparison::Less, false),
        Relation::LessOrEqual => (Comparison::LessOrEqual, false),
        Relation::Contains | Relation::Matches => (Comparison::Contains, false),
    }
}

/// An expression over bytes, in which upper and lower case are the same.
fn compile(pattern: &[u8]) -> std::result::Result<Regex, String> {
    let built = RegexBuilder::new(&escaped(pattern))
        .case_insensitive(true)
        .unicode(false)
        .size_limit(MOST_EXPRESSION_BYTES)
        .build();
    built.map_err(|error| last_line(&error.to_string()))
}

/// Bytes that are no ASCII stand for themselves.
fn escaped(pattern: &[u8]) -> String {
    let mut text = String::with_capacity(pattern.len());
    for byte in pattern {
        match byte.is_ascii() {
            true => text.push(char::from(*byte)),
            false => text.push_str(&format!("\\x{byte:02x}")),
        }
    }
    text
}

/// The compiler draws the expression first and says in the last line what is wrong.
fn last_line(message: &str) -> String {
    let last = message.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::compile;

    #[test]
    fn an_expression_ignores_case_and_sees_bytes() {
        assert!(compile(b"^g.t").unwrap().is_match(b"GET /"));
        assert!(!compile(b"(?-i)^get").unwrap().is_match(b"GET"));
        assert!(compile(b"\xaa").unwrap().is_match(b"\x02\xaa\x00"));
        assert!(compile(b"\\x00\\x00").unwrap().is_match(b"a\0\0"));
        assert!(!compile(b"a.b").unwrap().is_match(b"a\nb"));
        assert!(compile(b"a.b").unwrap().is_match(b"a\xffb"));
    }

    #[test]
    fn look_around_and_back_references_are_refused_with_a_reason() {
        assert!(compile(b"(?=a)b").unwrap_err().contains("look-around"));
        assert!(compile(b"(a)\\1").unwrap_err().contains("backreferences"));
        assert!(compile(b"(").is_err());
    }

    #[test]
    fn an_expression_that_needs_too_much_memory_is_refused() {
        assert!(compile(b"((a{1000}){1000}){1000}").is_err());
    }
}
