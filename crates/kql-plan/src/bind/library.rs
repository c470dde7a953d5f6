//! Functions of Microsoft Defender that are queries themselves: they are written in the language and read when a query names them.
//! See <https://learn.microsoft.com/defender-xdr/advanced-hunting-assignedipaddresses-function> and its sisters.

use whotalks_kql_syntax::tree::{LetValue, StatementKind};

use super::{Binder, Callable, Meaning, Scope};
use std::sync::Arc;

/// The functions, one statement each.
const TEXTS: [(&str, &str); 3] = [
    ("AssignedIPAddresses", include_str!("library/AssignedIPAddresses.kql")),
    ("DeviceFromIP", include_str!("library/DeviceFromIP.kql")),
    ("SeenBy", include_str!("library/SeenBy.kql")),
];

impl Binder<'_> {
    /// Gives a function of the service its meaning, where a query names it and nothing else has the name.
    pub(crate) fn learn(&mut self, name: &str) {
        if self.scope.get(name).is_some() {
            return;
        }
        if let Some(callable) = read(name) {
            self.scope.set(name, Meaning::Function(Arc::new(callable)));
        }
    }
}

/// The function of a name.
fn read(name: &str) -> Option<Callable> {
    let (_, text) = TEXTS.iter().find(|(known, _)| *known == name)?;
    let parsed = whotalks_kql_syntax::parse(text);
    let statement = parsed.tree.statements.into_iter().next()?;
    match statement.kind {
        StatementKind::Let(written) => match written.value {
            LetValue::Function(function) => Some(Callable {
                function,
                scope: Scope::default(),
            }),
            LetValue::Expression(_) => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_a_function_of_its_name() {
        for (name, text) in TEXTS {
            assert!(whotalks_kql_syntax::parse(text).diagnostics.is_empty(), "{name}");
            assert!(read(name).is_some(), "{name}");
        }
    }
}
