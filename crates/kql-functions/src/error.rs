use whotalks_kql_values::KustoType;

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
        expected: String,
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
        reason: String,
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
        reason: &'static str,
    },
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
