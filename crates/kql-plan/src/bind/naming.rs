//! Names of columns whose expression has none: Kusto's rules.

use whotalks_kql_syntax::tree::{Call, Expression, ExpressionKind, Literal, Name, Names, Path, Step, StepKind};

use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::Column;

/// Below this likeness (Jaro-Winkler) a name is no suggestion for another.
const MIN_LIKENESS: f64 = 0.8;

/// An expression with the name that its column gets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NamedExpression<'t> {
    /// The name that was written, where one was.
    pub(crate) name: Option<&'t Name>,
    /// The expression.
    pub(crate) value: &'t Expression,
}

impl<'t> NamedExpression<'t> {
    /// Takes a written name and its expression apart.
    pub(crate) fn of(expression: &'t Expression) -> Result<Self> {
        match &expression.kind {
            ExpressionKind::Named(named) => match &named.names {
                Names::One(name) => Ok(Self {
                    name: Some(name),
                    value: &named.value,
                }),
                Names::Several(_) => Err(PlanProblem::unsupported(Phrase::SeveralNames, None).at(expression.span)),
            },
            _ => Ok(Self {
                name: None,
                value: expression,
            }),
        }
    }

    /// The name of the column, as far as the expression gives one.
    pub(crate) fn column_name(&self) -> Option<String> {
        self.name.map(|name| name.text.clone()).or_else(|| implied(self.value))
    }
}

/// Gives columns without a name one that is free: a prefix and a number.
#[derive(Debug)]
pub(crate) struct Naming {
    prefix: &'static str,
    next: usize,
}

impl Naming {
    /// Names that begin with a prefix and count from a number.
    pub(crate) fn new(prefix: &'static str, first: usize) -> Self {
        Self { prefix, next: first }
    }

    /// A name that none of the columns has.
    pub(crate) fn free(&mut self, columns: &[Column]) -> String {
        loop {
            let name = format!("{}{}", self.prefix, self.next);
            self.next += 1;
            if columns.iter().all(|column| column.name != name) {
                return name;
            }
        }
    }
}

/// A name that is not taken: the name itself, or with the first number behind it that makes it so.
pub(crate) fn unique(name: String, taken: impl Fn(&str) -> bool) -> String {
    if !taken(&name) {
        return name;
    }
    (1usize..)
        .map(|number| format!("{name}{number}"))
        .find(|candidate| !taken(candidate))
        .unwrap_or(name)
}

/// The name that an expression gives its column.
pub(crate) fn implied(expression: &Expression) -> Option<String> {
    match &expression.kind {
        ExpressionKind::Name(name) => Some(name.text.clone()),
        ExpressionKind::Parenthesized(inner) => implied(inner),
        ExpressionKind::Named(named) => match &named.names {
            Names::One(name) => Some(name.text.clone()),
            Names::Several(_) => None,
        },
        ExpressionKind::Path(path) => implied_path(path),
        ExpressionKind::Call(call) => implied_call(call),
        _ => None,
    }
}

/// `a.b[0]` is called `a_b_0`.
fn implied_path(path: &Path) -> Option<String> {
    if let (ExpressionKind::Call(call), Some(step)) = (&path.base.kind, path.steps.last())
        && implied_call(call).is_none()
    {
        return step_name(step);
    }
    let base = implied(&path.base)?;
    if base.starts_with('$') {
        return path.steps.last().and_then(step_name);
    }
    path.steps
        .iter()
        .try_fold(base, |name, step| Some(format!("{name}_{}", step_name(step)?)))
}

fn step_name(step: &Step) -> Option<String> {
    let (StepKind::Member(key) | StepKind::Index(key)) = &step.kind;
    match &key.kind {
        ExpressionKind::Name(name) => Some(name.text.clone()),
        ExpressionKind::Literal(Literal::String(text)) => Some(text.text.clone()),
        ExpressionKind::Literal(Literal::Long(number)) => number.value().map(i64::to_string),
        _ => None,
    }
}

/// Functions that leave the name of their first argument as it is.
const NAMED_LIKE_ARGUMENT: [&str; 64] = [
    "abs",
    "acos",
    "asin",
    "atan",
    "atan2",
    "bin",
    "bin_at",
    "bin_auto",
    "binary_all_and",
    "binary_all_or",
    "binary_all_xor",
    "binary_and",
    "binary_not",
    "binary_or",
    "binary_shift_left",
    "binary_shift_right",
    "binary_xor",
    "bitset_count_ones",
    "ceiling",
    "column_ifexists",
    "cos",
    "erf",
    "erfc",
    "exp",
    "exp10",
    "exp2",
    "floor",
    "format_bytes",
    "format_datetime",
    "format_timespan",
    "gamma",
    "log",
    "log10",
    "log2",
    "loggamma",
    "parse_csv",
    "parse_json",
    "parse_xml",
    "parsejson",
    "pow",
    "rand",
    "round",
    "series_fill_backward",
    "series_fill_const",
    "series_fill_forward",
    "series_fill_linear",
    "series_fir",
    "series_iir",
    "series_outliers",
    "sin",
    "split",
    "sqrt",
    "startofday",
    "take_any",
    "take_anyif",
    "tan",
    "tobool",
    "todatetime",
    "todecimal",
    "todynamic",
    "toguid",
    "tohex",
    "toobject",
    "tostring",
];
/// The functions of numbers and spans that do so, too.
const NUMBERS_NAMED_LIKE_ARGUMENT: [&str; 8] = [
    "todouble",
    "toint",
    "tolong",
    "toreal",
    "totime",
    "totimespan",
    "toboolean",
    "columnifexists",
];
/// Functions that put a prefix before the name of their first argument.
const PREFIXES: [(&str, &str); 4] = [
    ("repeat", "repeat"),
    ("treepath", "tree"),
    ("gettype", "type"),
    ("percentiles_array_tdigest", "percentile_tdigest"),
];
/// Functions that put their own name before that of their first argument.
const NAMED_BY_BOTH: [&str; 4] = ["dcount_hll", "percentile_tdigest", "string_size", "strlen"];

/// What a call gives its column: the name of its argument, with or without a prefix.
fn implied_call(call: &Call) -> Option<String> {
    let function = call.name.text.as_str();
    if let Some(name) = crate::aggregate::default_name(call) {
        return Some(name);
    }
    let argument = call.arguments.first().and_then(implied);
    if NAMED_LIKE_ARGUMENT.contains(&function) || NUMBERS_NAMED_LIKE_ARGUMENT.contains(&function) {
        return argument;
    }
    let own = NAMED_BY_BOTH.contains(&function).then_some(function);
    let prefix = own.or_else(|| {
        PREFIXES
            .iter()
            .find(|(name, _)| *name == function)
            .map(|(_, prefix)| *prefix)
    })?;
    Some(format!("{prefix}_{}", argument.unwrap_or_default()))
}

/// The name that is most like one that is not there.
pub(crate) fn similar<'n>(name: &str, candidates: impl Iterator<Item = &'n str>) -> Option<String> {
    let wanted = name.to_lowercase();
    candidates
        .map(|candidate| (strsim::jaro_winkler(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= MIN_LIKENESS)
        .max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)))
        .map(|(_, candidate)| candidate.to_owned())
}
