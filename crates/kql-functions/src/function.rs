use whotalks_kql_values::KustoType;

use crate::argument::Argument;
use crate::error::FunctionError;
use crate::evaluate::{Made, Prepared};
use crate::parameter::Parameter;
use crate::signature::{self, Returns, Signature};

/// A function or an operator: what it means, what it takes and how it is evaluated.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// Other names of the same, old ones among them.
    pub aliases: &'static [&'static str],
    /// Where the documentation lists it.
    pub family: Family,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// What it takes.
    pub parameters: &'static [Parameter],
    /// How it differs from the real engine; empty where it does not.
    pub differences: &'static str,
    /// Questions with their answers; each of them is a test.
    pub examples: &'static [Example],
    /// The columns that it gives, where it gives several: the answer is then an array of their values, first to last.
    pub columns: &'static [Column],
    pub(crate) result: Returns,
    pub(crate) nulls: Nulls,
    pub(crate) make: fn(&[Argument]) -> Made,
}

/// A question and the answer as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// `print …`.
    pub query: &'static str,
    /// The one value, as `tostring()` writes it; null as `null`.
    pub answer: &'static str,
}

/// One of several columns that a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The end of its name.
    pub name: &'static str,
    /// Its type.
    pub kusto_type: KustoType,
}

/// An example.
pub(crate) const fn example(query: &'static str, answer: &'static str) -> Example {
    Example { query, answer }
}

/// What null in an argument means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// The answer is null, too.
    Propagate,
    /// The function looks at it.
    Seen,
}

/// Where the documentation lists a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Whole numbers bit by bit.
    Bitwise,
    /// Choosing between values.
    Conditional,
    /// From one type or unit to another.
    Conversion,
    /// Times and lengths of time.
    DateTime,
    /// Arrays, bags and sets.
    Dynamic,
    /// Places on the earth.
    Geo,
    /// Digests.
    Hash,
    /// Numbers.
    Math,
    /// IP addresses.
    Network,
    /// Operators.
    Operator,
    /// Taking texts of known formats apart, and encodings.
    Parsing,
    /// Arrays of numbers over time.
    Series,
    /// Summaries that can be put together.
    Sketch,
    /// Texts.
    String,
}

impl Function {
    /// A function with nothing but what it needs to run.
    pub(crate) const fn new(
        name: &'static str,
        family: Family,
        parameters: &'static [Parameter],
        result: Returns,
        make: fn(&[Argument]) -> Made,
    ) -> Self {
        Self {
            name,
            aliases: &[],
            family,
            summary: "",
            parameters,
            differences: "",
            examples: &[],
            columns: &[],
            result,
            nulls: Nulls::Propagate,
            make,
        }
    }

    pub(crate) const fn also(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    pub(crate) const fn does(self, summary: &'static str) -> Self {
        Self { summary, ..self }
    }

    pub(crate) const fn differs(self, differences: &'static str) -> Self {
        Self { differences, ..self }
    }

    pub(crate) const fn columns(self, columns: &'static [Column]) -> Self {
        Self { columns, ..self }
    }

    pub(crate) const fn examples(self, examples: &'static [Example]) -> Self {
        Self { examples, ..self }
    }

    /// Looks at nulls itself.
    pub(crate) const fn sees_nulls(self) -> Self {
        Self {
            nulls: Nulls::Seen,
            ..self
        }
    }

    /// Checks the types of the arguments.
    ///
    /// # Errors
    ///
    /// The count or a type is wrong, or something must be a constant.
    pub fn signature(&'static self, arguments: &[Argument]) -> Result<Signature, FunctionError> {
        signature::check(self, arguments)
    }

    /// Checks the types of the arguments and makes ready to evaluate rows.
    ///
    /// # Errors
    ///
    /// As [`Function::signature`]; also where a constant means nothing (an expression that does not compile).
    pub fn prepare(&'static self, arguments: &[Argument]) -> Result<Prepared, FunctionError> {
        let signature = self.signature(arguments)?;
        let pairs = arguments.iter().zip(&signature.arguments);
        let cast: Vec<Argument> = pairs.map(|(argument, to)| argument.cast(*to)).collect();
        Ok(Prepared {
            result: signature.result,
            evaluator: (self.make)(&cast)?,
            arguments: signature.arguments,
            propagates_null: self.nulls == Nulls::Propagate,
        })
    }

    /// How it is written, with what may be left out in brackets: `substring(source, start [, length])`.
    #[must_use]
    pub fn syntax(&self) -> String {
        let mut text = format!("{}(", self.name);
        let mut closing = 0;
        for (index, parameter) in self.parameters.iter().enumerate() {
            if parameter.optional {
                text.push_str(if index == 0 { "[" } else { " [" });
                closing += 1;
            }
            text.push_str(if index == 0 { "" } else { ", " });
            text.push_str(parameter.name);
            text.push_str(if parameter.repeated.is_some() { ", …" } else { "" });
        }
        text.push_str(&"]".repeat(closing));
        text.push(')');
        text
    }
}
