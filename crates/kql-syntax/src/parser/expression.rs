//! Operators between operands, by precedence.
//!
//! From loose to tight: `or`, `and`, equality with `in` and `between`, `<` and its like, `+ -`, `* / %`, comparisons of texts,
//! signs. Comparisons are not associative: of each of those levels at most one operator stands between the same operands.

use super::Parser;
use super::list::list;
use crate::Span;
use crate::diagnostic::Expected;
use crate::token::{Token, TokenKind};
use crate::tree::{
    Arithmetic, ArithmeticOperator, Between, Comparison, ComparisonOperator, Expression, ExpressionKind, Logical,
    LogicalOperator, Membership, MembershipOperator, Named, Names, Sign, TextOperator, TextTest,
};

/// How tightly an operator binds, loose ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Or,
    And,
    Equality,
    Relation,
    Sum,
    Product,
    Text,
    Operand,
}

impl Level {
    /// The level that binds more tightly.
    fn tighter(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Equality,
            Self::Equality => Self::Relation,
            Self::Relation => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product => Self::Text,
            Self::Text | Self::Operand => Self::Operand,
        }
    }

    /// The tightest level whose operators can follow one of this level.
    fn follower(self) -> Self {
        match self {
            Self::Or | Self::And | Self::Sum | Self::Product | Self::Operand => self,
            Self::Equality => Self::And,
            Self::Relation => Self::Equality,
            Self::Text => Self::Product,
        }
    }
}

/// What stands between two operands.
#[derive(Debug, Clone, Copy)]
enum Infix {
    Logical(LogicalOperator),
    Comparison(ComparisonOperator),
    Membership(MembershipOperator),
    Between { negated: bool },
    Arithmetic(ArithmeticOperator),
}

impl Parser<'_> {
    /// Nothing, where an expression must stand.
    pub(super) fn missing_expression(&mut self) -> Expression {
        self.missing(Expected::Expression);
        Expression {
            kind: ExpressionKind::Missing,
            span: Span::new(self.start(), self.start()),
        }
    }

    /// An expression of one value, without a name and without `|`.
    pub(super) fn value(&mut self) -> Option<Expression> {
        self.nested(|parser| parser.binary(Level::Or))
    }

    /// The same, which must stand here.
    pub(super) fn expect_value(&mut self) -> Expression {
        self.value().unwrap_or_else(|| self.missing_expression())
    }

    /// An expression, with or without a name.
    pub(super) fn named_value(&mut self) -> Option<Expression> {
        let start = self.start();
        let Some(names) = self.names_before_equal() else {
            return self.value();
        };
        let value = self.expect_value();
        Some(Expression {
            kind: ExpressionKind::Named(Box::new(Named { names, value })),
            span: self.since(start),
        })
    }

    /// The same, which must stand here.
    pub(super) fn expect_named_value(&mut self) -> Expression {
        self.named_value().unwrap_or_else(|| self.missing_expression())
    }

    /// `name =` or `(a, b) =`, passed with its `=`.
    fn names_before_equal(&mut self) -> Option<Names> {
        let names = if let Some(length) = self.scan_new_name(0) {
            if !self.peek_at(length).is("=") {
                return self.dashed_name_before_equal();
            }
            Names::One(self.new_name()?)
        } else if self.scan_name_list().is_some_and(|length| self.peek_at(length).is("=")) {
            self.bump();
            let names = self.list(list(Expected::Name).needs_one(), Self::new_name);
            self.close(")");
            Names::Several(names)
        } else {
            return self.dashed_name_before_equal();
        };
        self.expect("=");
        Some(names)
    }

    /// `a-b =`, which must be `['a-b'] =`.
    fn dashed_name_before_equal(&mut self) -> Option<Names> {
        let word = |token: &Token<'_>| token.kind == TokenKind::Identifier || token.is_keyword();
        let mut end = usize::from(word(&self.peek()));
        while end > 0 && Some(self.peek_at(end)).is_some_and(|token| token.adjacent && (word(&token) || token.is("-")))
        {
            end += 1;
        }
        if end == 0 || !self.peek_at(end).is("=") {
            return None;
        }
        let start = self.peek().span;
        let text: String = (0..end).map(|offset| self.peek_at(offset).text).collect();
        self.error(crate::Problem::ReservedName { name: text.clone() });
        let last = (0..end).fold(start, |_, _| self.bump().span);
        self.expect("=");
        let style = crate::tree::NameStyle::Bracketed;
        let span = start.to(last);
        Some(Names::One(crate::tree::Name { text, style, span }))
    }

    /// How many tokens `(a, b)` is.
    fn scan_name_list(&self) -> Option<usize> {
        if !self.at("(") {
            return None;
        }
        let mut end = 1;
        while !self.at_list_end(end) {
            end += self.scan_new_name(end)?;
            if !self.peek_at(end).is(",") {
                break;
            }
            end += 1;
        }
        self.peek_at(end).is(")").then_some(end + 1)
    }

    /// Operands and operators from a level on.
    fn binary(&mut self, loosest: Level) -> Option<Expression> {
        let start = self.start();
        let mut left = match self.star_operand(loosest) {
            Some(star) => star,
            None => self.signed()?,
        };
        let mut tightest = Level::Text;
        while let Some((level, infix)) = infix(self.peek()).filter(|(level, _)| (loosest..=tightest).contains(level)) {
            if self.at("in") && self.peek_at(1).is("range") {
                break;
            }
            left = self.operation(left, level, infix, start);
            tightest = level.follower();
        }
        Some(left)
    }

    /// `*` before a comparison stands for every column.
    fn star_operand(&mut self, loosest: Level) -> Option<Expression> {
        if !self.at("*") {
            return None;
        }
        let next = self.peek_at(1);
        let text = matches!(infix(next), Some((Level::Text, _))) && loosest <= Level::Text;
        let equal = next.is("==") && loosest <= Level::Equality;
        (text || equal).then(|| self.star())?
    }

    /// `*`.
    pub(super) fn star(&mut self) -> Option<Expression> {
        let token = self.peek();
        self.eat("*").then_some(Expression {
            kind: ExpressionKind::Star,
            span: token.span,
        })
    }

    /// An operator and its right side, with what stands left of it.
    fn operation(&mut self, left: Expression, level: Level, infix: Infix, start: usize) -> Expression {
        let operator_span = self.bump().span;
        let kind = match infix {
            Infix::Membership(operator) => ExpressionKind::Membership(Box::new(Membership {
                operand: left,
                operator,
                operator_span,
                items: self.items(),
            })),
            Infix::Between { negated } => self.between(left, negated),
            Infix::Comparison(operator) => {
                let right = self.right(level);
                ExpressionKind::Comparison(Box::new(Comparison {
                    left,
                    operator,
                    operator_span,
                    right,
                }))
            }
            Infix::Logical(operator) => logical(left, operator, self.right(level)),
            Infix::Arithmetic(operator) => arithmetic(left, level, operator, self.right(level)),
        };
        let span = self.since(start);
        Expression { kind, span }
    }

    fn right(&mut self, level: Level) -> Expression {
        self.binary(level.tighter())
            .unwrap_or_else(|| self.missing_expression())
    }

    /// `(a, b)` or `(query)` behind `in`.
    fn items(&mut self) -> Vec<Expression> {
        if !self.expect("(") {
            return Vec::new();
        }
        let first = if self.at_operator_first() {
            self.query()
        } else {
            self.value()
        };
        let items = match first {
            Some(first) if self.at("|") => vec![self.piped(first)],
            Some(first) => self.more_items(first),
            None => {
                self.missing(Expected::Expression);
                self.skip();
                Vec::new()
            }
        };
        self.close(")");
        items
    }

    fn more_items(&mut self, first: Expression) -> Vec<Expression> {
        let mut items = vec![first];
        if self.eat(",") {
            items.extend(self.list(list(Expected::Expression).needs_one(), Self::value));
        }
        items
    }

    fn between(&mut self, operand: Expression, negated: bool) -> ExpressionKind {
        let opened = self.expect("(");
        let low = self.expect_value();
        self.expect("..");
        let high = self.expect_value();
        if opened {
            self.close(")");
        }
        ExpressionKind::Between(Box::new(Between {
            operand,
            negated,
            low,
            high,
        }))
    }

    /// An operand with or without a sign.
    pub(super) fn signed(&mut self) -> Option<Expression> {
        let start = self.start();
        let minus = self.at("-");
        if !minus && !self.at("+") {
            return self.operand();
        }
        self.bump();
        let operand = self.operand().unwrap_or_else(|| self.missing_expression());
        Some(Expression {
            kind: ExpressionKind::Sign(Box::new(Sign { minus, operand })),
            span: self.since(start),
        })
    }
}

/// Joins an operand to others that the same operator joins.
fn logical(left: Expression, operator: LogicalOperator, right: Expression) -> ExpressionKind {
    let mut operands = match left.kind {
        ExpressionKind::Logical(logical) if logical.operator == operator => logical.operands,
        _ => vec![left],
    };
    operands.push(right);
    ExpressionKind::Logical(Logical { operator, operands })
}

/// Adds an operand to a chain of the same level.
fn arithmetic(left: Expression, level: Level, operator: ArithmeticOperator, right: Expression) -> ExpressionKind {
    let mut chain = match left.kind {
        ExpressionKind::Arithmetic(chain) if level_of(&chain) == Some(level) => chain,
        _ => Box::new(Arithmetic {
            first: left,
            rest: Vec::new(),
        }),
    };
    chain.rest.push((operator, right));
    ExpressionKind::Arithmetic(chain)
}

fn level_of(chain: &Arithmetic) -> Option<Level> {
    chain.rest.first().map(|(operator, _)| match operator {
        ArithmeticOperator::Add | ArithmeticOperator::Subtract => Level::Sum,
        ArithmeticOperator::Multiply | ArithmeticOperator::Divide | ArithmeticOperator::Modulo => Level::Product,
    })
}

/// The operator that a token is.
fn infix(token: Token<'_>) -> Option<(Level, Infix)> {
    if !(token.kind == TokenKind::Sign || token.is_keyword()) {
        return None;
    }
    sign(token.text).or_else(|| word(token.text))
}

fn sign(text: &str) -> Option<(Level, Infix)> {
    use ArithmeticOperator as A;
    use ComparisonOperator as C;
    Some(match text {
        "+" => (Level::Sum, Infix::Arithmetic(A::Add)),
        "-" => (Level::Sum, Infix::Arithmetic(A::Subtract)),
        "*" => (Level::Product, Infix::Arithmetic(A::Multiply)),
        "/" => (Level::Product, Infix::Arithmetic(A::Divide)),
        "%" => (Level::Product, Infix::Arithmetic(A::Modulo)),
        "<" => (Level::Relation, Infix::Comparison(C::Less)),
        "<=" => (Level::Relation, Infix::Comparison(C::LessOrEqual)),
        ">" => (Level::Relation, Infix::Comparison(C::Greater)),
        ">=" => (Level::Relation, Infix::Comparison(C::GreaterOrEqual)),
        "==" => (Level::Equality, Infix::Comparison(C::Equal)),
        "!=" | "<>" => (Level::Equality, Infix::Comparison(C::NotEqual)),
        "=~" => (Level::Text, Infix::Comparison(C::EqualCaseless)),
        "!~" => (Level::Text, Infix::Comparison(C::NotEqualCaseless)),
        ":" => (Level::Text, Infix::Comparison(C::Search)),
        _ => return None,
    })
}

fn word(text: &str) -> Option<(Level, Infix)> {
    use MembershipOperator as M;
    Some(match text {
        "and" => (Level::And, Infix::Logical(LogicalOperator::And)),
        "or" => (Level::Or, Infix::Logical(LogicalOperator::Or)),
        "in" => (Level::Equality, Infix::Membership(M::In)),
        "!in" => (Level::Equality, Infix::Membership(M::NotIn)),
        "in~" => (Level::Equality, Infix::Membership(M::InCaseless)),
        "!in~" => (Level::Equality, Infix::Membership(M::NotInCaseless)),
        "has_any" => (Level::Equality, Infix::Membership(M::HasAny)),
        "has_all" => (Level::Equality, Infix::Membership(M::HasAll)),
        "between" => (Level::Equality, Infix::Between { negated: false }),
        "!between" => (Level::Equality, Infix::Between { negated: true }),
        "matches regex" => (Level::Text, Infix::Comparison(ComparisonOperator::MatchesRegex)),
        _ => (
            Level::Text,
            Infix::Comparison(ComparisonOperator::Text(text_operator(text)?)),
        ),
    })
}

/// `has`, `!has_cs`, `notcontains`, ….
fn text_operator(text: &str) -> Option<TextOperator> {
    let positive = text.strip_prefix('!').or_else(|| text.strip_prefix("not"));
    let negated = positive.is_some();
    let word = positive.unwrap_or(text);
    let sensitive = word.strip_suffix("_cs").or_else(|| word.strip_suffix("cs"));
    let test = match sensitive.unwrap_or(word) {
        "has" => TextTest::Has,
        "hasprefix" => TextTest::HasPrefix,
        "hassuffix" => TextTest::HasSuffix,
        "contains" => TextTest::Contains,
        "startswith" => TextTest::StartsWith,
        "endswith" => TextTest::EndsWith,
        "like" => TextTest::Like,
        _ => return None,
    };
    Some(TextOperator {
        test,
        negated,
        case_sensitive: sensitive.is_some(),
    })
}
