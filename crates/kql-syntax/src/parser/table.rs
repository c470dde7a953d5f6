//! Tables in place, and the names of tables elsewhere.

use super::Parser;
use super::list::list;
use super::name::named_by;
use crate::diagnostic::Expected;
use crate::token::TokenKind;
use crate::tree::{DataTable, Expression, ExpressionKind, ExternalData, Property};

impl Parser<'_> {
    /// `datatable(…)[…]`.
    pub(super) fn data_table(&mut self) -> Expression {
        let start = self.start();
        self.bump();
        let parameters = self.parameters(&[], false);
        let schema = self.expect_schema();
        let values = self.bracketed_values(|parser| {
            parser.eat(",");
            parser.list(list(Expected::Value).trailing_comma(), Self::literal)
        });
        let table = DataTable {
            parameters,
            schema,
            values,
        };
        Expression {
            kind: ExpressionKind::DataTable(Box::new(table)),
            span: self.since(start),
        }
    }

    /// `externaldata(…)[…] with (…)`.
    pub(super) fn external_data(&mut self) -> Expression {
        let start = self.start();
        self.bump();
        let parameters = self.parameters(&[], false);
        let schema = self.expect_schema();
        let locations =
            self.bracketed_values(|parser| parser.list(list(Expected::Value).trailing_comma(), Self::query));
        let table = ExternalData {
            parameters,
            schema,
            locations,
            properties: self.with_properties(),
        };
        Expression {
            kind: ExpressionKind::ExternalData(Box::new(table)),
            span: self.since(start),
        }
    }

    fn bracketed_values(&mut self, read: impl FnOnce(&mut Self) -> Vec<Expression>) -> Vec<Expression> {
        if !self.expect("[") {
            return Vec::new();
        }
        let values = read(self);
        self.close("]");
        values
    }

    /// `with (name=value, …)`.
    pub(super) fn with_properties(&mut self) -> Vec<Property> {
        if !self.eat("with") || !self.expect("(") {
            return Vec::new();
        }
        let properties = self.list(list(Expected::Property), Self::property);
        self.close(")");
        properties
    }

    fn property(&mut self) -> Option<Property> {
        let name = self.new_name()?;
        self.expect("=");
        let value = self.property_value().unwrap_or_else(|| {
            self.missing(Expected::Value);
            Expression {
                kind: ExpressionKind::Missing,
                span: self.since(name.span.end),
            }
        });
        Some(Property { name, value })
    }

    fn property_value(&mut self) -> Option<Expression> {
        use TokenKind as T;
        let start = self.start();
        let kind = self.peek().kind;
        if matches!(
            kind,
            T::String | T::Long | T::Real | T::Bool | T::DateTime | T::Guid | T::RawGuid
        ) {
            // A GUID can stand here as it is.
            self.faulty = (kind == T::RawGuid).then_some(self.at).or(self.faulty);
            let kind = ExpressionKind::Literal(self.plain_literal()?);
            let span = self.since(start);
            return Some(Expression { kind, span });
        }
        self.new_name().map(named_by)
    }

    /// The name of a table, here or elsewhere, with `*` in its last part: `T`, `Device*`, `database("x").T*`.
    pub(super) fn entity(&mut self) -> Option<Expression> {
        let start = self.start();
        if let Some(wildcard) = self.wildcard() {
            let kind = ExpressionKind::Wildcard(wildcard);
            let span = self.since(start);
            return Some(Expression { kind, span });
        }
        let base = self.member()?;
        Some(self.path(base, Self::entity_member, Self::entity_index))
    }

    /// The name of a table or of a cluster's database, without `*`.
    pub(super) fn plain_entity(&mut self) -> Option<Expression> {
        let base = self.member()?;
        Some(self.path(base, Self::member, Self::entity_index))
    }

    /// A column, with the path behind it.
    pub(super) fn simple_path(&mut self) -> Option<Expression> {
        let base = self.element()?;
        Some(self.path(base, Self::element, Self::entity_index))
    }

    fn entity_member(&mut self) -> Option<Expression> {
        let start = self.start();
        match self.wildcard() {
            Some(wildcard) => Some(Expression {
                kind: ExpressionKind::Wildcard(wildcard),
                span: self.since(start),
            }),
            None => self.member(),
        }
    }

    /// `['name']`, `[Device*]` or `[index]` behind the name of an entity.
    fn entity_index(&mut self) -> Expression {
        self.element().unwrap_or_else(|| self.missing_member())
    }
}
