//! Functions.

use whotalks_fields::FieldKind;

use super::Checker;
use super::class::{Class, are_comparable, class, is_signed};
use crate::Span;
use crate::error::{Problem, Result};
use crate::literal::Type;
use crate::program::{Operand, TextForm};
use crate::syntax::Expression;

/// The functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Function {
    Len,
    Count,
    Upper,
    Lower,
    Text,
    Max,
    Min,
    Abs,
}

/// The functions by name.
const FUNCTIONS: [(&str, Function); 8] = [
    ("len", Function::Len),
    ("count", Function::Count),
    ("upper", Function::Upper),
    ("lower", Function::Lower),
    ("string", Function::Text),
    ("max", Function::Max),
    ("min", Function::Min),
    ("abs", Function::Abs),
];

impl Function {
    /// The function of that name, and its name.
    fn find(name: &str) -> Option<(&'static str, Self)> {
        FUNCTIONS.iter().find(|(known, _)| *known == name).copied()
    }

    fn takes_many(self) -> bool {
        matches!(self, Self::Max | Self::Min)
    }

    fn takes(self, kind: FieldKind) -> bool {
        match self {
            Self::Len | Self::Count => true,
            Self::Upper | Self::Lower => class(kind) == Class::Text,
            Self::Text => text_form(kind).is_some(),
            Self::Max | Self::Min => class(kind) != Class::Nothing,
            Self::Abs => is_signed(kind),
        }
    }
}

impl Checker {
    /// The type of a function, after its name and its arguments were checked.
    pub(super) fn function_type(&self, name: &str, arguments: &[Expression], span: Span) -> Result<Option<Type>> {
        let Some((name, function)) = Function::find(name) else {
            return Err(Problem::UnknownFunction { name: name.to_owned() }.at(span));
        };
        let many = function.takes_many();
        if arguments.is_empty() || (arguments.len() > 1 && !many) {
            return Err(Problem::Arguments { function: name, many }.at(span));
        }
        let shared = self.shared_type(name, function, arguments)?;
        Ok(Some(match function {
            Function::Len | Function::Count => Type::plain(FieldKind::Unsigned),
            Function::Upper | Function::Lower | Function::Text => Type::plain(FieldKind::Text),
            Function::Max | Function::Min | Function::Abs => Type::plain(shared.kind),
        }))
    }

    /// The type of the first argument with a field; every other field must compare with it.
    fn shared_type(&self, name: &'static str, function: Function, arguments: &[Expression]) -> Result<Type> {
        let mut shared: Option<Type> = None;
        for argument in arguments {
            let Some(found) = self.type_of(argument)? else {
                continue;
            };
            if !function.takes(found.kind) {
                let kind = found.kind;
                return Err(Problem::Operation { operation: name, kind }.at(argument.span));
            }
            let left = shared.get_or_insert(found).kind;
            if function.takes_many() && !are_comparable(left, found.kind) {
                let right = found.kind;
                return Err(Problem::Incompatible { left, right }.at(argument.span));
            }
        }
        match (shared, arguments.first()) {
            (Some(shared), _) => Ok(shared),
            (None, Some(argument)) => Err(Self::no_field(argument)),
            (None, None) => Err(Problem::NoField.at(Span::default())),
        }
    }

    /// What is evaluated for a function that [`Checker::function_type`] took.
    pub(super) fn function(&mut self, name: &str, arguments: &[Expression], wanted: Type) -> Result<Operand> {
        let types = arguments
            .iter()
            .map(|argument| self.type_of(argument))
            .collect::<Result<Vec<_>>>()?;
        let shared = types.into_iter().flatten().next().unwrap_or(wanted);
        let plain = Type::plain(shared.kind);
        let of = arguments
            .iter()
            .map(|argument| self.operand(argument, plain))
            .collect::<Result<Vec<_>>>()?;
        let (Some((_, function)), Some(first)) = (Function::find(name), of.first().cloned().map(Box::new)) else {
            return Err(Problem::UnknownFunction { name: name.to_owned() }.at(Span::default()));
        };
        Ok(match function {
            Function::Len => Operand::Length {
                of: first,
                fixed: fixed_length(shared),
            },
            Function::Count => Operand::Count(first),
            Function::Upper => Operand::Case { upper: true, of: first },
            Function::Lower => Operand::Case {
                upper: false,
                of: first,
            },
            Function::Text => Operand::AsText {
                of: first,
                form: text_form(shared.kind).unwrap_or(TextForm::Plain),
            },
            Function::Max => Operand::Extreme { greatest: true, of },
            Function::Min => Operand::Extreme { greatest: false, of },
            Function::Abs => Operand::Absolute(first),
        })
    }
}

/// How many bytes every value of the type has; none where that is up to the value.
fn fixed_length(of: Type) -> Option<u64> {
    match class(of.kind) {
        Class::Number | Class::Float | Class::Instant | Class::Span | Class::Nothing => Some(u64::from(of.bits / 8)),
        Class::Text | Class::Bytes | Class::Ipv4 | Class::Ipv6 => None,
    }
}

/// How `string()` writes values of the type; none where it does not, as in Wireshark 4.0.
fn text_form(kind: FieldKind) -> Option<TextForm> {
    match kind {
        FieldKind::Unsigned
        | FieldKind::Signed
        | FieldKind::FrameNumber
        | FieldKind::Float
        | FieldKind::Ipv4
        | FieldKind::Ipv6 => Some(TextForm::Plain),
        FieldKind::Ethernet => Some(TextForm::Colons),
        FieldKind::Guid => Some(TextForm::Guid),
        _ => None,
    }
}
