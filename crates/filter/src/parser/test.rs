//! Tests: what holds or does not.

use super::Parser;
use crate::error::Result;
use crate::syntax::{Element, Expression, Quantifier, Relation, Test};
use crate::token::Symbol;

/// What a pair of parentheses can hold: `(tcp or udp)`, but also `(tcp.port + 1) == 81`.
enum Group {
    Test(Test),
    Value(Expression),
}

impl Parser<'_> {
    /// A whole test.
    pub(super) fn test(&mut self) -> Result<Test> {
        self.chain(Symbol::Or, Test::Or, |parser| {
            parser.chain(Symbol::Xor, Test::Xor, |parser| {
                parser.chain(Symbol::And, Test::And, Self::negation)
            })
        })
    }

    /// Tests joined by one operator; a single one stays as it is.
    fn chain(
        &mut self,
        operator: Symbol,
        join: impl FnOnce(Vec<Test>) -> Test,
        mut part: impl FnMut(&mut Self) -> Result<Test>,
    ) -> Result<Test> {
        let first = part(self)?;
        if self.peek_symbol() != Some(operator) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.accept(operator) {
            parts.push(part(self)?);
        }
        Ok(join(parts))
    }

    fn negation(&mut self) -> Result<Test> {
        let mut count = 0_usize;
        while self.accept(Symbol::Not) {
            count += 1;
        }
        let test = self.primary()?;
        // An even number of `not` changes nothing.
        Ok(if count % 2 == 1 {
            Test::Not(Box::new(test))
        } else {
            test
        })
    }

    fn primary(&mut self) -> Result<Test> {
        if self.peek_symbol() != Some(Symbol::OpenParenthesis) {
            return self.comparison(None);
        }
        match self.deeper(Self::group)? {
            Group::Test(test) => Ok(test),
            Group::Value(value) => self.comparison(Some(value)),
        }
    }

    fn group(&mut self) -> Result<Group> {
        self.expect(Symbol::OpenParenthesis)?;
        let inside = self.test()?;
        self.expect(Symbol::CloseParenthesis)?;
        Ok(match inside {
            Test::Present(value) if self.value_goes_on() => Group::Value(value),
            test => Group::Test(test),
        })
    }

    /// Whether what follows parentheses needs a value before it.
    fn value_goes_on(&self) -> bool {
        let logical = [Symbol::And, Symbol::Or, Symbol::Xor, Symbol::CloseParenthesis];
        self.peek_symbol().is_some_and(|symbol| !logical.contains(&symbol))
    }

    /// A value alone, compared, or in a set. `value` is its beginning where that was read already.
    fn comparison(&mut self, value: Option<Expression>) -> Result<Test> {
        let quantifier = match value {
            Some(_) => None,
            None => self.quantifier(),
        };
        let left = self.operand(value)?;
        let is_negated = self.accepts_not_in();
        if is_negated || self.accept(Symbol::In) {
            return self.membership(quantifier, left, is_negated);
        }
        match self.relation() {
            Some(relation) => self.relations(quantifier, left, relation),
            None if quantifier.is_some() => Err(self.unexpected()),
            None => Ok(Test::Present(left)),
        }
    }

    fn quantifier(&mut self) -> Option<Quantifier> {
        if self.accept(Symbol::Any) {
            return Some(Quantifier::Any);
        }
        self.accept(Symbol::All).then_some(Quantifier::All)
    }

    fn accepts_not_in(&mut self) -> bool {
        let before = self.at;
        let found = self.accept(Symbol::Not) && self.accept(Symbol::In);
        if !found {
            self.at = before;
        }
        found
    }

    /// `a < b < c` means `a < b and b < c`.
    fn relations(&mut self, quantifier: Option<Quantifier>, left: Expression, first: Relation) -> Result<Test> {
        let (mut left, mut next, mut parts) = (left, Some(first), Vec::new());
        while let Some(relation) = next {
            let right = self.operand(None)?;
            next = self.relation();
            let following = right.clone();
            parts.push(Test::Relation {
                quantifier,
                relation,
                left,
                right,
            });
            left = following;
        }
        Ok(match (parts.pop(), parts.is_empty()) {
            (Some(only), true) => only,
            (last, _) => Test::And(parts.into_iter().chain(last).collect()),
        })
    }

    fn relation(&mut self) -> Option<Relation> {
        let relation = match self.peek_symbol()? {
            Symbol::AnyEqual => Relation::AnyEqual,
            Symbol::AllEqual => Relation::AllEqual,
            Symbol::AnyUnequal => Relation::AnyUnequal,
            Symbol::AllUnequal => Relation::AllUnequal,
            Symbol::Greater => Relation::Greater,
            Symbol::GreaterOrEqual => Relation::GreaterOrEqual,
            Symbol::Less => Relation::Less,
            Symbol::LessOrEqual => Relation::LessOrEqual,
            Symbol::Contains => Relation::Contains,
            Symbol::Matches => Relation::Matches,
            _ => return None,
        };
        self.advance();
        Some(relation)
    }

    /// `not in` asks whether no value is in the set, whatever the quantifier.
    fn membership(&mut self, quantifier: Option<Quantifier>, left: Expression, is_negated: bool) -> Result<Test> {
        self.expect(Symbol::OpenBrace)?;
        let mut elements = vec![self.element()?];
        while self.accept(Symbol::Comma) {
            elements.push(self.element()?);
        }
        self.expect(Symbol::CloseBrace)?;
        let quantifier = quantifier.filter(|_| !is_negated);
        let test = Test::Membership {
            quantifier,
            left,
            elements,
        };
        Ok(if is_negated { Test::Not(Box::new(test)) } else { test })
    }

    fn element(&mut self) -> Result<Element> {
        let low = self.operand(None)?;
        let high = if self.accept(Symbol::DotDot) {
            Some(self.operand(None)?)
        } else {
            None
        };
        Ok(Element { low, high })
    }
}
