use whotalks_kql_values::KustoType;

use crate::accepts::Accepts;

/// Why a function cannot be used with these arguments.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FunctionError {
    /// Too few or too many arguments.
    #[error("{function} takes {}, but {given} are given", count(*.least, *.most))]
    WrongCount {
        /// The function.
        function: &'static str,
        /// The least number of arguments.
        least: usize,
        /// The largest number of arguments; none where there is no limit.
        most: Option<usize>,
        /// How many there are.
        given: usize,
    },
    /// An argument of a type that is not taken.
    #[error("{function}: argument {position} ({parameter}) must be {expected}, not {given}")]
    WrongType {
        /// The function.
        function: &'static str,
        /// The argument, counted from 1.
        position: usize,
        /// The name of its parameter.
        parameter: &'static str,
        /// The types that are taken.
        expected: Accepts,
        /// Its type.
        given: KustoType,
    },
    /// An argument whose value must be known before any row is seen.
    #[error("{function}: argument {position} ({parameter}) must be a constant")]
    ConstantRequired {
        /// The function.
        function: &'static str,
        /// The argument, counted from 1.
        position: usize,
        /// The name of its parameter.
        parameter: &'static str,
    },
    /// A constant that means nothing to the function.
    #[error("{function}: argument {position} is not valid: {reason}")]
    InvalidConstant {
        /// The function.
        function: &'static str,
        /// The argument, counted from 1.
        position: usize,
        /// What is wrong with it.
        reason: Invalid,
    },
    /// Types that do not go together.
    #[error("{function} is not defined for {}", types(.given))]
    TypesDoNotFit {
        /// The function or operator.
        function: &'static str,
        /// The types of the arguments.
        given: Vec<KustoType>,
    },
    /// A function of Kusto that would have to be guessed here.
    #[error("{function} is not supported: {reason}")]
    Refused {
        /// The function.
        function: &'static str,
        /// Why.
        reason: Refusal,
    },
}

/// What is wrong with a constant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// A regular expression that does not compile.
    #[error("the expression is not valid: {0}")]
    Expression(String),
    /// What was asserted does not hold.
    #[error("{0}")]
    Assertion(String),
    /// A letter that means nothing in a pattern of times or lengths of time.
    #[error("`{0}` means nothing in a pattern")]
    Letter(char),
    /// A word that is none of those that are known.
    #[error("`{word}` is none of {}", known.join(", "))]
    Word {
        /// The word.
        word: String,
        /// Those that are known.
        known: &'static [&'static str],
    },
}

/// Why a function is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// How the real engine combines digests is not documented.
    #[error("how the real engine combines digests is not documented; use hash(strcat(…)) for keys of your own")]
    DigestsNotDocumented,
    /// The factor that the real engine uses for a unit is not known.
    #[error("the factor that the real engine uses for this unit is not known")]
    FactorNotKnown,
    /// The function rests on a large table that changes with the real engine.
    #[error("it rests on a large table of expressions; use extract() for what you look for")]
    RestsOnTable,
}

fn count(least: usize, most: Option<usize>) -> String {
    let noun = |count: usize| if count == 1 { "argument" } else { "arguments" };
    match most {
        Some(most) if most == least => format!("{least} {}", noun(least)),
        Some(most) => format!("{least} to {most} arguments"),
        None => format!("at least {least} {}", noun(least)),
    }
}

fn types(given: &[KustoType]) -> String {
    let names: Vec<&str> = given.iter().map(|kusto_type| kusto_type.name()).collect();
    names.join(", ")
}
