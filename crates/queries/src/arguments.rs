//! What a user gives for the parameters of a query, as values of their types.

use whotalks_kql_values::{Dynamic, KustoType, Value, convert};

use crate::saved::{Parameter, SavedQuery};

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// The name that stands in the query.
    pub name: String,
    /// The type of the value.
    pub kusto_type: KustoType,
    /// The value.
    pub value: Value<'static>,
}

/// Why parameters cannot be given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArgumentError {
    /// A parameter without a default was not given.
    #[error("the parameter `{name}` of type {kusto_type} is missing")]
    Missing {
        /// The parameter.
        name: String,
        /// Its type.
        kusto_type: KustoType,
    },
    /// The query has no such parameter.
    #[error("the query has no parameter `{name}`")]
    Unknown {
        /// What was given.
        name: String,
        /// Those that it has.
        known: Vec<String>,
    },
    /// What was given is no value of the type.
    #[error("`{value}` is no {kusto_type}, which the parameter `{name}` is")]
    Wrong {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// Its type.
        kusto_type: KustoType,
    },
}

impl SavedQuery {
    /// The values of all parameters: what is given under their names, else their defaults. What is given last counts.
    ///
    /// # Errors
    ///
    /// [`ArgumentError`].
    pub fn arguments(&self, given: &[(String, String)]) -> Result<Vec<Argument>, ArgumentError> {
        let known = |name: &String| self.parameters.iter().any(|parameter| parameter.name == *name);
        if let Some((name, _)) = given.iter().find(|(name, _)| !known(name)) {
            return Err(ArgumentError::Unknown {
                name: name.clone(),
                known: self.parameters.iter().map(|parameter| parameter.name.clone()).collect(),
            });
        }
        self.parameters
            .iter()
            .map(|parameter| argument(parameter, given))
            .collect()
    }
}

fn argument(parameter: &Parameter, given: &[(String, String)]) -> Result<Argument, ArgumentError> {
    let kusto_type = parameter.kusto_type;
    let stated = given.iter().rev().find(|(name, _)| *name == parameter.name);
    let value = match (stated, &parameter.default) {
        (Some((name, text)), _) => value_of(text, kusto_type).ok_or_else(|| ArgumentError::Wrong {
            name: name.clone(),
            value: text.clone(),
            kusto_type,
        })?,
        (None, Some(default)) => default.clone(),
        (None, None) => {
            let name = parameter.name.clone();
            return Err(ArgumentError::Missing { name, kusto_type });
        }
    };
    Ok(Argument {
        name: parameter.name.clone(),
        kusto_type,
        value,
    })
}

/// A text as a value of a type: as `tolong()` and its sisters read it, dynamic values as JSON. None where it is none.
pub(crate) fn value_of(text: &str, kusto_type: KustoType) -> Option<Value<'static>> {
    match kusto_type {
        KustoType::String => Some(Value::String(text.to_owned().into())),
        KustoType::Dynamic => Some(Value::Dynamic(Dynamic::from_json(text)?.encode().into())),
        _ => {
            let written = Value::String(text.trim().to_owned().into());
            let value = convert::cast(&written, kusto_type).into_owned();
            (!value.is_null()).then_some(value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_matter::read;

    fn query() -> SavedQuery {
        let parameter = |name: &str, rest: &str| format!("// [parameters.{name}]\n// {rest}\n");
        let text = format!(
            "// +++\n{}{}{}// +++\nT",
            parameter("address", "type = \"string\""),
            parameter("least", "type = \"long\"\n// default = 3"),
            parameter("ports", "type = \"dynamic\"\n// default = \"[80]\"")
        );
        read("q", &text).unwrap()
    }

    fn given(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn what_is_given_counts_and_defaults_fill_the_rest() {
        let arguments = query()
            .arguments(&given(&[("address", "x"), ("least", "7"), ("least", "9")]))
            .unwrap();
        let value = |name: &str| {
            arguments
                .iter()
                .find(|argument| argument.name == name)
                .unwrap()
                .value
                .clone()
        };
        assert_eq!(value("address"), Value::String("x".into()));
        assert_eq!(value("least"), Value::Long(9));
        assert_eq!(value("ports").view().unwrap().to_json(), "[80]");
    }

    #[test]
    fn a_text_stays_a_text_whatever_it_says() {
        let hostile = "\" or true | union *; //";
        let arguments = query().arguments(&given(&[("address", hostile)])).unwrap();
        assert!(
            arguments
                .iter()
                .any(|argument| argument.value == Value::String(hostile.into()))
        );
    }

    #[test]
    fn what_is_missing_unknown_or_of_another_type_is_told() {
        let wrong = |pairs: &[(&str, &str)]| query().arguments(&given(pairs)).unwrap_err();
        assert!(matches!(wrong(&[]), ArgumentError::Missing { name, .. } if name == "address"));
        assert!(matches!(wrong(&[("port", "1")]), ArgumentError::Unknown { known, .. } if known.len() == 3));
        let least = wrong(&[("address", "x"), ("least", "many")]);
        assert!(matches!(least, ArgumentError::Wrong { value, .. } if value == "many"));
        let ports = wrong(&[("address", "x"), ("ports", "[80")]);
        assert!(matches!(ports, ArgumentError::Wrong { name, .. } if name == "ports"));
    }
}
