//! Statements: what stands between semicolons.

use super::Parser;
use super::list::list;
use super::name::named_by;
use crate::Span;
use crate::diagnostic::{Expected, Problem};
use crate::token::TokenKind;
use crate::tree::{
    Expression, ExpressionKind, Function, FunctionBody, LetStatement, LetValue, ParameterDeclaration, PatternMatch,
    PatternStatement, RestrictStatement, Script, SetStatement, Statement, StatementKind,
};

impl Parser<'_> {
    /// Everything that a text says.
    pub(super) fn script(&mut self) -> Script {
        let mut script = Script::default();
        while self.peek().kind == TokenKind::Directive {
            script.directives.push(self.bump().text.to_owned());
        }
        if self.at(".") {
            self.error(Problem::ManagementCommand);
            return script;
        }
        script.statements = self.statements();
        while !self.at_end() {
            script.statements.extend(self.pass_stray());
            let more = self.statements();
            script.statements.extend(more);
        }
        script
    }

    /// Passes a bracket or a semicolon that belongs to nothing; operators behind it are read without their table.
    fn pass_stray(&mut self) -> Option<Statement> {
        let token = self.peek();
        self.error(Problem::Unexpected {
            found: super::found(token),
            suggestion: None,
        });
        let start = self.bump().span.end;
        if !self.at("|") {
            return None;
        }
        let span = Span::new(start, start);
        let kind = ExpressionKind::Missing;
        let kind = StatementKind::Query(self.piped(Expression { kind, span }));
        let span = self.since(start);
        self.eat(";");
        Some(Statement { kind, span })
    }

    /// Statements and the semicolons between them.
    pub(super) fn statements(&mut self) -> Vec<Statement> {
        let mut statements = Vec::new();
        while let Some(statement) = self.statement() {
            statements.push(statement);
            if !self.eat(";") && !self.at_list_end(0) {
                self.missing(Expected::Word(";"));
            }
        }
        statements
    }

    fn statement(&mut self) -> Option<Statement> {
        let start = self.start();
        let kind = self
            .declaration_statement()
            .or_else(|| self.query().map(StatementKind::Query))?;
        let span = self.since(start);
        Some(Statement { kind, span })
    }

    /// A statement that declares something.
    fn declaration_statement(&mut self) -> Option<StatementKind> {
        let token = self.peek();
        let next = |word: &str| self.peek_at(1).is(word);
        if !token.is_keyword() {
            return None;
        }
        match token.text {
            "let" if self.scan_name(1).is_some() => self.let_statement(),
            "set" => Some(self.set_statement()),
            "alias" if next("database") => Some(self.alias_statement()),
            "declare" if next("pattern") => Some(self.pattern_statement()),
            "declare" if next("query_parameters") => self.query_parameters(),
            "restrict" if next("access") => Some(self.restrict_statement()),
            _ => None,
        }
    }

    /// `let name = …`.
    fn let_statement(&mut self) -> Option<StatementKind> {
        if !self.eat("let") {
            return None;
        }
        let name = self.expect_name();
        self.expect("=");
        let value = self.let_value();
        Some(StatementKind::Let(LetStatement { name, value }))
    }

    fn let_value(&mut self) -> LetValue {
        if self.at("materialize") {
            return LetValue::Expression(self.materialize());
        }
        if self.at("entity_group") {
            return LetValue::Expression(self.entity_group());
        }
        if self.at_function() {
            return LetValue::Function(self.function());
        }
        LetValue::Expression(self.query().unwrap_or_else(|| self.missing_expression()))
    }

    /// `materialize(…)`.
    fn materialize(&mut self) -> Expression {
        let start = self.start();
        self.bump();
        let opened = self.expect("(");
        let query = self.query().unwrap_or_else(|| self.missing_expression());
        if opened {
            self.close(")");
        }
        Expression {
            kind: ExpressionKind::Materialize(Box::new(query)),
            span: self.since(start),
        }
    }

    /// `entity_group […]`, or a call of that name.
    pub(super) fn entity_group(&mut self) -> Expression {
        let start = self.start();
        if let Some(call) = self.call_expression() {
            return call;
        }
        self.bump();
        let mut members = Vec::new();
        if self.expect("[") {
            members = self.list(list(Expected::Expression).needs_one(), Self::value);
            self.close("]");
        }
        Expression {
            kind: ExpressionKind::EntityGroup(members),
            span: self.since(start),
        }
    }

    /// `(parameters) {…}`.
    fn function(&mut self) -> Function {
        let start = self.start();
        let view = self.eat("view");
        let parameters = self.function_parameters();
        let body = self.function_body(true);
        Function {
            view,
            parameters,
            body,
            span: self.since(start),
        }
    }

    /// `(name: type = default, …)`, which must stand here.
    fn function_parameters(&mut self) -> Vec<ParameterDeclaration> {
        if !self.expect("(") {
            return Vec::new();
        }
        let parameters = self.list(list(Expected::Parameter), Self::parameter_declaration);
        self.close(")");
        parameters
    }

    /// `{…}`, which must stand here; `queries` says whether parameters of the query can be declared in it.
    fn function_body(&mut self, queries: bool) -> FunctionBody {
        if !self.expect("{") {
            return FunctionBody::default();
        }
        let body = self.nested(|parser| Some(parser.body(queries)));
        self.close("}");
        body.unwrap_or_default()
    }

    fn body(&mut self, queries: bool) -> FunctionBody {
        let mut statements = Vec::new();
        while !self.at_list_end(0) {
            let start = self.start();
            let parameters = |parser: &mut Self| if queries { parser.query_parameters() } else { None };
            let Some(kind) = self.let_statement().or_else(|| parameters(self)) else {
                break;
            };
            let span = self.since(start);
            statements.push(Statement { kind, span });
            self.expect(";");
        }
        let result = self.query();
        self.eat(";");
        FunctionBody { statements, result }
    }

    /// `set option = value`.
    fn set_statement(&mut self) -> StatementKind {
        self.bump();
        let name = self.expect_name();
        let value = self.eat("=").then(|| self.expect_value());
        StatementKind::Set(SetStatement { name, value })
    }

    /// `alias database name = …`.
    fn alias_statement(&mut self) -> StatementKind {
        self.bump();
        self.expect("database");
        let name = self.expect_name();
        self.expect("=");
        let value = self.expect_value();
        StatementKind::Alias { name, value }
    }

    /// `declare query_parameters (…)`.
    fn query_parameters(&mut self) -> Option<StatementKind> {
        if !self.eat("declare") {
            return None;
        }
        self.expect("query_parameters");
        let mut parameters = Vec::new();
        if self.expect("(") {
            parameters = self.list(list(Expected::Parameter).needs_one(), Self::parameter_declaration);
            self.close(")");
        }
        Some(StatementKind::QueryParameters(parameters))
    }

    /// `restrict access to (…) with (…)`.
    fn restrict_statement(&mut self) -> StatementKind {
        self.bump();
        self.expect("access");
        self.expect("to");
        let mut entities = Vec::new();
        if self.expect("(") {
            entities = self.list(list(Expected::Expression).needs_one(), Self::entity);
            self.close(")");
        }
        let properties = self.with_properties();
        StatementKind::Restrict(RestrictStatement { entities, properties })
    }

    /// `declare pattern name = (…)[…] {…}`.
    fn pattern_statement(&mut self) -> StatementKind {
        self.bump();
        self.bump();
        let mut statement = PatternStatement {
            name: self.expect_name(),
            parameters: Vec::new(),
            path: None,
            matches: Vec::new(),
        };
        if self.eat("=") {
            self.pattern_definition(&mut statement);
        }
        StatementKind::Pattern(statement)
    }

    fn pattern_definition(&mut self, statement: &mut PatternStatement) {
        if self.expect("(") {
            statement.parameters = self.list(list(Expected::Parameter), Self::declaration);
            self.close(")");
        }
        if self.eat("[") {
            statement.path = self.declaration();
            if statement.path.is_none() {
                self.missing(Expected::Parameter);
            }
            self.close("]");
        }
        if !self.expect("{") {
            return;
        }
        while let Some(found) = self.pattern_match() {
            statement.matches.push(found);
        }
        if statement.matches.is_empty() {
            self.missing(Expected::Word("("));
        }
        self.close("}");
    }

    /// `(values).[path] = {…};`.
    fn pattern_match(&mut self) -> Option<PatternMatch> {
        if !self.eat("(") {
            return None;
        }
        let values = self.list(list(Expected::String).needs_one(), Self::value);
        self.close(")");
        let path = self.pattern_path();
        self.expect("=");
        let body = self.function_body(false);
        self.expect(";");
        Some(PatternMatch { values, path, body })
    }

    fn pattern_path(&mut self) -> Option<Expression> {
        if !self.eat(".") || !self.expect("[") {
            return None;
        }
        let value = self.literal();
        if value.is_none() {
            self.missing(Expected::String);
        }
        self.close("]");
        value
    }

    /// `as name` behind a group of entities or a `count`.
    pub(super) fn as_name(&mut self) -> Option<crate::tree::Name> {
        self.eat("as").then(|| self.expect_name())
    }

    /// The group of entities of `macro-expand`.
    pub(super) fn entity_group_reference(&mut self) -> Option<Expression> {
        if self.at("entity_group") {
            return Some(self.entity_group());
        }
        let qualified = ["database", "cluster"].contains(&self.peek().text) && self.peek_at(1).is("(");
        if qualified {
            self.plain_entity()
        } else {
            self.name().map(named_by)
        }
    }
}
