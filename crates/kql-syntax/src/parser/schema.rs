//! Types, columns with types, parameters.

use super::list::list;
use super::{Parser, found, suggestion};
use crate::Span;
use crate::diagnostic::{Expected, Problem};
use crate::keyword::{FOREIGN_TYPE_NAMES, TYPE_NAMES};
use crate::token::TokenKind;
use crate::tree::operator::EvaluateSchema;
use crate::tree::{DeclaredType, Name, ParameterDeclaration, RowSchema, TypeName};

impl Parser<'_> {
    /// A type that columns can have.
    fn column_type(&mut self) -> Option<TypeName> {
        self.at_any(&TYPE_NAMES).then(|| self.word_as_type())?
    }

    /// A type, also one that only other products have.
    pub(super) fn extended_type(&mut self) -> Option<TypeName> {
        (self.at_any(&TYPE_NAMES) || self.at_any(&FOREIGN_TYPE_NAMES)).then(|| self.word_as_type())?
    }

    /// The next word as the name of a type, whatever it is.
    pub(super) fn word_as_type(&mut self) -> Option<TypeName> {
        let token = self.bump();
        Some(TypeName {
            text: token.text.to_owned(),
            span: token.span,
        })
    }

    /// A word that is no type, read as one with a diagnostic.
    fn wrong_type(&mut self) -> Option<TypeName> {
        let token = self.peek();
        if !(token.is_name() || self.at_any(&FOREIGN_TYPE_NAMES)) {
            return None;
        }
        let suggestion = suggestion(Expected::Type, token);
        self.error(Problem::UnknownType {
            found: token.text.to_owned(),
            suggestion,
        });
        self.word_as_type()
    }

    /// A type that must stand here.
    pub(super) fn expect_type(&mut self) -> TypeName {
        let known = self.column_type();
        known
            .or_else(|| self.wrong_type())
            .unwrap_or_else(|| self.missing_type())
    }

    /// A type that must stand here and can be one of other products.
    pub(super) fn expect_extended_type(&mut self) -> TypeName {
        let known = self.extended_type();
        known
            .or_else(|| self.wrong_type())
            .unwrap_or_else(|| self.missing_type())
    }

    fn missing_type(&mut self) -> TypeName {
        self.missing(Expected::Type);
        TypeName {
            text: String::new(),
            span: Span::new(self.start(), self.start()),
        }
    }

    /// `name: type` or `name: (columns)`.
    pub(super) fn declaration(&mut self) -> Option<ParameterDeclaration> {
        let start = self.start();
        let name = match self.new_name() {
            Some(name) => {
                self.expect(":");
                name
            }
            None if self.at(":") => {
                let name = self.missing_name();
                self.bump();
                name
            }
            None => return None,
        };
        let kind = match self.table_type() {
            Some(table) => table,
            None => DeclaredType::Scalar(self.expect_type()),
        };
        Some(self.declared(name, kind, start))
    }

    fn declared(&self, name: Name, kind: DeclaredType, start: usize) -> ParameterDeclaration {
        ParameterDeclaration {
            name,
            kind,
            default: None,
            span: self.since(start),
        }
    }

    fn table_type(&mut self) -> Option<DeclaredType> {
        if !self.at("(") {
            return None;
        }
        self.nested(|parser| {
            parser.bump();
            let kind = if parser.eat("*") {
                DeclaredType::AnyTable
            } else {
                DeclaredType::Table(parser.declarations())
            };
            parser.close(")");
            Some(kind)
        })
    }

    fn declarations(&mut self) -> Vec<ParameterDeclaration> {
        self.list(list(Expected::Parameter).trailing_comma(), Self::declaration)
    }

    /// `name: type = default`.
    pub(super) fn parameter_declaration(&mut self) -> Option<ParameterDeclaration> {
        let start = self.start();
        let mut declaration = self.declaration()?;
        if self.eat("=") {
            let word = |parser: &mut Self| parser.peek().is_name().then(|| parser.name_expression())?;
            let value = self.literal().or_else(|| word(self));
            declaration.default = Some(value.unwrap_or_else(|| self.missing_expression()));
            declaration.span = self.since(start);
        }
        Some(declaration)
    }

    /// `(name: type, …)`, which must stand here.
    pub(super) fn expect_schema(&mut self) -> RowSchema {
        let start = self.start();
        if !self.at("(") {
            self.missing(Expected::Schema);
            return RowSchema::default();
        }
        self.bump();
        self.eat(",");
        let columns = self.declarations();
        self.close(")");
        RowSchema {
            columns,
            span: self.since(start),
        }
    }

    /// `: (*, name: type, …)` behind a plugin.
    pub(super) fn evaluate_schema(&mut self) -> Option<EvaluateSchema> {
        if !self.eat(":") {
            return None;
        }
        let start = self.start();
        if !self.at("(") {
            self.missing(Expected::Schema);
            return None;
        }
        self.bump();
        self.eat(",");
        let star = self.eat("*");
        self.eat(",");
        let columns = self.declarations();
        self.close(")");
        let span = self.since(start);
        Some(EvaluateSchema {
            star,
            schema: RowSchema { columns, span },
        })
    }

    /// Whether a parameter list of a function begins here.
    pub(super) fn at_function(&self) -> bool {
        let offset = usize::from(self.at("view"));
        if !self.peek_at(offset).is("(") {
            return false;
        }
        let first = self.peek_at(offset + 1);
        let named = || {
            self.scan_new_name(offset + 1)
                .is_some_and(|length| self.peek_at(offset + 1 + length).is(":"))
        };
        first.is(")") || first.is("*") || named()
    }

    /// A word that is expected as a value of a clause, such as `all`; read as a name.
    pub(super) fn expect_one_of(&mut self, words: &'static [&'static str]) -> Name {
        let token = self.peek();
        let word = token.kind == TokenKind::Identifier || token.is_keyword();
        if word && words.contains(&token.text) {
            return super::name::plain_name(self.bump());
        }
        let found = found(token);
        self.error(Problem::Expected {
            expected: Expected::OneOf(words),
            found,
            suggestion: suggestion(Expected::OneOf(words), token),
        });
        if word {
            return super::name::plain_name(self.bump());
        }
        self.missing_name()
    }
}
