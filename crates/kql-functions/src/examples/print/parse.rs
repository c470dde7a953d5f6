//! Tokens into values: expressions are evaluated while they are read.

use crate::{Argument, find, operator};
use whotalks_kql_values::{KustoType, Value};

use super::literal;
use super::scan::Token;

/// Operators by how strongly they bind, the weakest first.
const LEVELS: [&[&str]; 5] = [
    &["or"],
    &["and"],
    &[
        "==",
        "!=",
        "<>",
        "<=",
        ">=",
        "<",
        ">",
        "=~",
        "!~",
        "has",
        "!has",
        "has_cs",
        "!has_cs",
        "contains",
        "!contains",
        "contains_cs",
        "!contains_cs",
        "startswith",
        "!startswith",
        "startswith_cs",
        "!startswith_cs",
        "endswith",
        "!endswith",
        "endswith_cs",
        "!endswith_cs",
        "hasprefix",
        "!hasprefix",
        "hasprefix_cs",
        "!hasprefix_cs",
        "hassuffix",
        "!hassuffix",
        "hassuffix_cs",
        "!hassuffix_cs",
        "matches regex",
        "!matches regex",
        "in",
        "!in",
        "in~",
        "!in~",
        "has_any",
        "has_all",
        "between",
        "!between",
    ],
    &["+", "-"],
    &["*", "/", "%"],
];

pub(super) fn expression(tokens: &[Token]) -> Result<Argument, String> {
    let mut parser = Parser { tokens, place: 0 };
    let argument = parser.level(0)?;
    if parser.place < tokens.len() {
        Err(format!("left over {:?}", &tokens[parser.place..]))
    } else {
        Ok(argument)
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    place: usize,
}

impl Parser<'_> {
    fn take(&mut self, sign: &str) -> bool {
        let there = matches!(self.tokens.get(self.place), Some(Token::Sign(next)) if *next == sign);
        self.place += usize::from(there);
        there
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.take(sign) {
            Ok(())
        } else {
            Err(format!("no {sign} at {:?}", self.tokens.get(self.place)))
        }
    }

    /// The operator that stands here, if it binds so strongly, and how many tokens it has.
    fn operator(&self, level: usize) -> Option<(String, usize)> {
        let (name, count) = match self.tokens.get(self.place..)? {
            [Token::Sign("!"), Token::Name(name), Token::Name(second), ..] if name == "matches" => {
                (format!("!matches {second}"), 3)
            }
            [Token::Sign("!"), Token::Name(name), ..] => (format!("!{name}"), 2),
            [Token::Name(name), Token::Name(second), ..] if name == "matches" => (format!("matches {second}"), 2),
            [Token::Name(name), ..] => (name.clone(), 1),
            [Token::Sign(sign), ..] => ((*sign).to_owned(), 1),
            _ => return None,
        };
        LEVELS.get(level)?.contains(&name.as_str()).then_some((name, count))
    }

    fn level(&mut self, level: usize) -> Result<Argument, String> {
        if level == LEVELS.len() {
            return self.unary();
        }
        let mut left = self.level(level + 1)?;
        while let Some((name, count)) = self.operator(level) {
            self.place += count;
            let mut arguments = vec![left];
            arguments.extend(self.right(&name, level)?);
            left = apply(operator(&name).ok_or(name)?, &arguments)?;
        }
        Ok(left)
    }

    fn right(&mut self, name: &str, level: usize) -> Result<Vec<Argument>, String> {
        if name.ends_with("between") {
            self.expect("(")?;
            let low = self.level(0)?;
            self.expect("..")?;
            let high = self.level(0)?;
            self.expect(")")?;
            return Ok(vec![low, high]);
        }
        let list = matches!(name.trim_start_matches('!'), "in" | "in~" | "has_any" | "has_all");
        if list && self.take("(") {
            return self.list(")");
        }
        Ok(vec![self.level(level + 1)?])
    }

    fn list(&mut self, close: &str) -> Result<Vec<Argument>, String> {
        let mut list = Vec::new();
        if self.take(close) {
            return Ok(list);
        }
        loop {
            list.push(self.level(0)?);
            if self.take(close) {
                return Ok(list);
            }
            self.expect(",")?;
        }
    }

    fn unary(&mut self) -> Result<Argument, String> {
        if self.take("-") {
            if let Some(Token::Number(text)) = self.tokens.get(self.place) {
                self.place += 1;
                return literal::number(&format!("-{text}"));
            }
            let operand = self.unary()?;
            return apply(operator("unary-").ok_or("no minus")?, &[operand]);
        }
        let mut value = self.primary()?;
        loop {
            value = if self.take("[") {
                let index = self.level(0)?;
                self.expect("]")?;
                element(&[value, index])?
            } else if self.take(".") {
                let Some(Token::Name(name)) = self.tokens.get(self.place) else {
                    return Err("no name".to_owned());
                };
                self.place += 1;
                element(&[value, Argument::constant(KustoType::String, name.clone().into())])?
            } else {
                return Ok(value);
            };
        }
    }

    fn primary(&mut self) -> Result<Argument, String> {
        let token = self.tokens.get(self.place).ok_or("nothing left")?;
        self.place += 1;
        match token {
            Token::Number(text) => literal::number(text),
            Token::Text(text) => Ok(Argument::constant(KustoType::String, text.clone().into())),
            Token::Literal(name, inner) => literal::typed(name, inner),
            Token::Sign("(") => {
                let inner = self.level(0)?;
                self.expect(")").map(|()| inner)
            }
            Token::Name(name) if name == "true" => Ok(Argument::constant(KustoType::Bool, Value::Bool(true))),
            Token::Name(name) if name == "false" => Ok(Argument::constant(KustoType::Bool, Value::Bool(false))),
            Token::Name(name) => {
                self.expect("(")?;
                let arguments = self.list(")")?;
                apply(find(name).ok_or_else(|| format!("no function {name}"))?, &arguments)
            }
            Token::Sign(sign) => Err(format!("what is {sign}")),
        }
    }
}

fn element(arguments: &[Argument]) -> Result<Argument, String> {
    apply(operator("[]").ok_or("no element")?, arguments)
}

fn apply(function: &'static crate::Function, arguments: &[Argument]) -> Result<Argument, String> {
    let prepared = function.prepare(arguments).map_err(|error| error.to_string())?;
    let values: Vec<Value<'_>> = arguments
        .iter()
        .filter_map(|argument| argument.constant.clone())
        .collect();
    let answer = prepared.evaluate(&values).into_owned();
    let fits = answer.is_null() || answer.kusto_type() == Some(prepared.result);
    if !fits {
        return Err(format!("{} gives {answer:?}, not {}", function.name, prepared.result));
    }
    Ok(Argument::constant(prepared.result, answer))
}
