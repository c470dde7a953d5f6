use whotalks_kql_values::KustoType;

use crate::argument::Argument;
use crate::error::FunctionError;
use crate::function::Function;
use crate::parameter::Parameter;

/// Into which types the arguments are turned, and the type of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// One type for each argument.
    pub arguments: Vec<KustoType>,
    /// The type of the answer.
    pub result: KustoType,
}

impl Signature {
    /// Takes the arguments as they are.
    pub(crate) fn as_given(arguments: &[Argument], result: KustoType) -> Self {
        Self {
            arguments: arguments.iter().map(|argument| argument.kusto_type).collect(),
            result,
        }
    }

    /// Turns all arguments into one type.
    pub(crate) fn all(count: usize, arguments: KustoType, result: KustoType) -> Self {
        Self {
            arguments: vec![arguments; count],
            result,
        }
    }
}

/// The type of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Returns {
    /// Always the same.
    Type(KustoType),
    /// That of an argument, counted from 0.
    Same(usize),
    /// The type that `typeof(…)` names at that place, counted from 0; text where it is left out.
    Named(usize),
    /// The function decides about everything itself.
    Own(fn(&'static Function, &[Argument]) -> Result<Signature, FunctionError>),
}

impl Returns {
    /// Always bool.
    pub const BOOL: Self = Self::Type(KustoType::Bool);
    /// Always int.
    pub const INT: Self = Self::Type(KustoType::Int);
    /// Always long.
    pub const LONG: Self = Self::Type(KustoType::Long);
    /// Always real.
    pub const REAL: Self = Self::Type(KustoType::Real);
    /// Always decimal.
    pub const DECIMAL: Self = Self::Type(KustoType::Decimal);
    /// Always string.
    pub const STRING: Self = Self::Type(KustoType::String);
    /// Always datetime.
    pub const DATETIME: Self = Self::Type(KustoType::DateTime);
    /// Always timespan.
    pub const TIMESPAN: Self = Self::Type(KustoType::TimeSpan);
    /// Always guid.
    pub const GUID: Self = Self::Type(KustoType::Guid);
    /// Always dynamic.
    pub const DYNAMIC: Self = Self::Type(KustoType::Dynamic);
}

/// Checks the arguments against the parameters.
pub(crate) fn check(function: &'static Function, arguments: &[Argument]) -> Result<Signature, FunctionError> {
    if let Returns::Own(signature) = function.result {
        return signature(function, arguments);
    }
    let turned = turn(function, arguments)?;
    let given = |index: usize| turned.get(index).copied();
    let result = match function.result {
        Returns::Type(result) => Some(result),
        Returns::Same(index) => given(index),
        Returns::Named(index) => Some(given(index).unwrap_or(KustoType::String)),
        Returns::Own(_) => None,
    };
    let result = result.unwrap_or(KustoType::Dynamic);
    Ok(Signature {
        arguments: turned,
        result,
    })
}

/// The type of each argument after it was turned into what its parameter wants.
pub(crate) fn turn(function: &'static Function, arguments: &[Argument]) -> Result<Vec<KustoType>, FunctionError> {
    let parameters = expand(function, arguments.len())?;
    let pairs = arguments.iter().zip(parameters).enumerate();
    pairs
        .map(|(index, (argument, parameter))| turn_one(function, index, argument, parameter))
        .collect()
}

fn turn_one(
    function: &'static Function,
    index: usize,
    argument: &Argument,
    parameter: &Parameter,
) -> Result<KustoType, FunctionError> {
    if parameter.constant && argument.constant.is_none() {
        return Err(FunctionError::ConstantRequired {
            function: function.name,
            position: index + 1,
            parameter: parameter.name,
        });
    }
    parameter
        .accepts
        .turns(argument)
        .ok_or_else(|| FunctionError::WrongType {
            function: function.name,
            position: index + 1,
            parameter: parameter.name,
            expected: parameter.accepts,
            given: argument.kusto_type,
        })
}

/// One parameter for each argument: one that repeats takes what the others leave.
fn expand(function: &'static Function, given: usize) -> Result<Vec<&'static Parameter>, FunctionError> {
    let parameters = function.parameters;
    let optional = parameters.iter().filter(|parameter| parameter.optional).count();
    let repeats = parameters.iter().find_map(|parameter| parameter.repeated);
    let single = parameters.len() - usize::from(repeats.is_some());
    let least = single - optional + repeats.unwrap_or(0);
    let most = repeats.is_none().then_some(single);
    if given < least || most.is_some_and(|most| given > most) {
        return Err(FunctionError::WrongCount {
            function: function.name,
            least,
            most,
            given,
        });
    }
    let times = |parameter: &Parameter| match parameter.repeated {
        Some(least) => (given + optional).saturating_sub(single).max(least),
        None => 1,
    };
    let expanded = parameters
        .iter()
        .flat_map(|parameter| std::iter::repeat_n(parameter, times(parameter)));
    Ok(expanded.collect())
}

/// The type that values of several types have in common: the widest number, else the one that is not dynamic, else
/// dynamic.
pub(crate) fn common(types: impl IntoIterator<Item = KustoType>) -> KustoType {
    let mut found: Option<KustoType> = None;
    for kusto_type in types {
        found = Some(match found {
            None | Some(KustoType::Dynamic) => kusto_type,
            Some(found) if kusto_type == KustoType::Dynamic || kusto_type == found => found,
            Some(found) => match found.wider(kusto_type) {
                Some(wider) => wider,
                None => return KustoType::Dynamic,
            },
        });
    }
    found.unwrap_or(KustoType::Dynamic)
}
