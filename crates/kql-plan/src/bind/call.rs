//! Calls of functions: those that a statement made, those that need the query around them, and those over values.

use std::sync::Arc;

use datafusion::logical_expr::Expr;
use datafusion::logical_expr::expr::Case;
use whotalks_kql_syntax::Span;
use whotalks_kql_syntax::tree::{
    Call, DeclaredType, Expression, ExpressionKind, FunctionBody, Names, ParameterDeclaration,
};
use whotalks_kql_values::{DynamicBuilder, KustoType, Value};

use super::{Bound, Callable, Expressions, Meaning, Row, Scope};
use crate::answer::Notice;
use crate::error::{PlanProblem, Result};
use crate::function::{PlaceOfAddress, call, constant, operate};
use crate::phrase::Phrase;
use crate::physical::Cell;

impl<'e> Expressions<'_, 'e> {
    /// The call of a function.
    pub(super) fn call(&mut self, written: &Call, span: Span) -> Result<Bound> {
        let name = written.name.text.as_str();
        if let Some(Meaning::Function(function)) = self.binder.scope.get(name) {
            let function = function.clone();
            return self.call_value(&function, written.arguments.iter().collect());
        }
        if let Some(bound) = self.contextual(name, &written.arguments) {
            return bound.map_err(|error| error.or_at(span));
        }
        // Summaries are put together row by row, too, with a function of the same name.
        let scalar = self.aggregations.is_none() && whotalks_kql_functions::find(name).is_some();
        if crate::aggregate::exists(name) && !scalar {
            return self.aggregation(written, span);
        }
        let arguments = written
            .arguments
            .iter()
            .map(|argument| self.bind(argument))
            .collect::<Result<Vec<_>>>()?;
        call(name, arguments)
    }

    /// Functions that need more than the values of their arguments.
    fn contextual(&mut self, name: &str, arguments: &[Expression]) -> Option<Result<Bound>> {
        Some(match name {
            "now" => self.now(arguments),
            "ago" => self.ago(arguments),
            "iff" | "iif" => self.case(arguments),
            "case" => self.case(arguments),
            "not" => self.not(arguments),
            "column_ifexists" | "columnifexists" => self.column_if_exists(arguments),
            "pack_all" => self.pack_all(arguments),
            "bag_pack_columns" => self.pack_columns(arguments),
            "estimate_data_size" => self.data_size(arguments),
            "rand" => self.random(arguments),
            "column_names_of" => self.column_names(arguments),
            "geo_info_from_ip_address" => self.place_of_address(arguments),
            "ingestion_time" => Ok(self.ingestion_time()),
            "prev" | "next" | "row_number" | "row_cumsum" | "row_rank_dense" | "row_rank_min"
            | "row_window_session" => self.window(name, arguments),
            _ => return None,
        })
    }

    fn now(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let now = constant(Value::DateTime(self.binder.now), KustoType::DateTime);
        match arguments {
            [] => Ok(now),
            [offset] => operate("+", vec![now, self.bind(offset)?]),
            _ => Err(wrong_count("now", Phrase::TakesNoneOrOne)),
        }
    }

    fn ago(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let [offset] = arguments else {
            return Err(wrong_count("ago", Phrase::TakesExactly(1)));
        };
        let now = constant(Value::DateTime(self.binder.now), KustoType::DateTime);
        operate("-", vec![now, self.bind(offset)?])
    }

    /// A number from 0 up to 1, or a whole number below a bound.
    fn random(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let random = Bound::computed(datafusion::functions::expr_fn::random(), KustoType::Real);
        match arguments {
            [] => Ok(random),
            [bound] => {
                let bound = convert(self.bind(bound)?, KustoType::Real)?;
                let scaled = Bound::computed(random.expression * bound.expression, KustoType::Real);
                call(
                    "tolong",
                    vec![call("floor", vec![scaled, constant(Value::Long(1), KustoType::Long)])?],
                )
            }
            _ => Err(wrong_count("rand", Phrase::TakesNoneOrOne)),
        }
    }

    /// When a row came into the service. A case has no such time: that of the row stands for it, where it has one.
    fn ingestion_time(&self) -> Bound {
        let time = ["Timestamp", "TimeGenerated"]
            .into_iter()
            .find_map(|name| self.row.column(name));
        time.filter(|time| time.kusto_type == KustoType::DateTime)
            .unwrap_or_else(|| constant(Value::Null, KustoType::DateTime))
    }

    /// The names of the columns of a table, as an array.
    fn column_names(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let [table] = arguments else {
            return Err(wrong_count("column_names_of", Phrase::TakesExactly(1)));
        };
        let relation = self.binder.table_of(table)?;
        let names = relation
            .columns
            .iter()
            .map(|column| DynamicBuilder::string(&column.name));
        Ok(constant(
            Value::Dynamic(DynamicBuilder::array(names).into()),
            KustoType::Dynamic,
        ))
    }

    /// Where an address is: nothing where no database of places is at hand.
    fn place_of_address(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let [address] = arguments else {
            return Err(wrong_count("geo_info_from_ip_address", Phrase::TakesExactly(1)));
        };
        let address = self.bind(address)?;
        let address = call("tostring", vec![address])?;
        let Some(places) = self.binder.tables.places() else {
            self.binder.notices.insert(Notice::PlacesUnknown);
            return Ok(constant(Value::Null, KustoType::Dynamic));
        };
        let place = PlaceOfAddress::call(places, address.expression);
        Ok(Bound::computed(place, KustoType::Dynamic))
    }

    fn not(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let [operand] = arguments else {
            return Err(wrong_count("not", Phrase::TakesExactly(1)));
        };
        Ok(super::logical::not(self.truth(operand)?))
    }

    /// `case(condition, value, …, otherwise)`; `iff` is the one with three arguments.
    fn case(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let [branches @ .., otherwise] = arguments else {
            return Err(wrong_count("case", Phrase::TakesAnOddNumber));
        };
        if branches.is_empty() || branches.len() % 2 != 0 {
            return Err(wrong_count("case", Phrase::TakesAnOddNumber));
        }
        let mut conditions = Vec::new();
        let mut values = Vec::new();
        for branch in branches.chunks_exact(2) {
            if let [condition, value] = branch {
                conditions.push(self.truth(condition)?);
                values.push(self.bind(value)?);
            }
        }
        values.push(self.bind(otherwise)?);
        choose(conditions, unify(values)?)
    }

    /// The column of a name where it is there, else another expression.
    fn column_if_exists(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let [name, otherwise] = arguments else {
            return Err(wrong_count("column_ifexists", Phrase::TakesExactly(2)));
        };
        let (value, _) = self.constant(name, Phrase::NameOfColumn)?;
        match self.row.column(value.as_text().unwrap_or_default()) {
            Some(column) => Ok(column),
            None => self.bind(otherwise),
        }
    }

    /// All columns of the row as one bag.
    fn pack_all(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let drop_empty = match arguments {
            [] => false,
            [flag] => self
                .constant(flag, Phrase::WhetherEmptyIsLeftOut)?
                .0
                .as_bool()
                .unwrap_or(false),
            _ => return Err(wrong_count("pack_all", Phrase::TakesNoneOrOne)),
        };
        if drop_empty {
            return self.pack_filled();
        }
        let mut members = Vec::new();
        for column in self.row.columns() {
            members.push(constant(Value::String(column.name.clone().into()), KustoType::String));
            members.push(super::row::column(column));
        }
        call("bag_pack", members)
    }

    /// Columns under their names as one bag.
    fn pack_columns(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let mut members = Vec::new();
        for argument in arguments {
            let name =
                super::implied(argument).ok_or_else(|| wrong_count("bag_pack_columns", Phrase::TakesNameOfColumn))?;
            members.push(constant(Value::String(name.into()), KustoType::String));
            members.push(self.bind(argument)?);
        }
        call("bag_pack", members)
    }

    /// The columns of the row that are not empty, as one bag.
    fn pack_filled(&mut self) -> Result<Bound> {
        let mut bags = Vec::new();
        for column in self.row.columns() {
            let value = super::row::column(column);
            let empty = call("isempty", vec![call("tostring", vec![value.clone()])?])?;
            let name = constant(Value::String(column.name.clone().into()), KustoType::String);
            let member = call("bag_pack", vec![name, value])?;
            let nothing = constant(Value::Null, KustoType::Dynamic);
            bags.push(choose(vec![empty], vec![nothing, member])?);
        }
        // Without a column there is a bag all the same.
        let nothing: [(&str, Vec<u8>); 0] = [];
        bags.push(constant(
            Value::Dynamic(DynamicBuilder::bag(nothing).into()),
            KustoType::Dynamic,
        ));
        call("bag_merge", bags)
    }

    /// How many bytes values take: texts and dynamic values as many as their letters do, others by their type.
    fn data_size(&mut self, arguments: &[Expression]) -> Result<Bound> {
        let mut values = Vec::new();
        for argument in arguments {
            match argument.kind {
                ExpressionKind::Star => values.extend(self.row.columns().iter().map(super::row::column)),
                _ => values.push(self.bind(argument)?),
            }
        }
        let mut sum = constant(Value::Long(0), KustoType::Long);
        for value in values {
            let size = match value.kusto_type {
                KustoType::String => call("string_size", vec![value])?,
                KustoType::Dynamic => call("string_size", vec![call("tostring", vec![value])?])?,
                other => constant(Value::Long(size_bytes(other)), KustoType::Long),
            };
            sum = operate("+", vec![sum, size])?;
        }
        Ok(sum)
    }

    /// A function of the query that gives a value. Its body sees its parameters and the names it was made under.
    pub(super) fn call_value(&mut self, callable: &Arc<Callable>, arguments: Vec<&Expression>) -> Result<Bound> {
        let scope = self.arguments_scope(callable, &arguments)?;
        let FunctionBody { statements, result } = &callable.function.body;
        let Some(result) = result else {
            return Err(PlanProblem::NotAValue.into());
        };
        let outer = std::mem::replace(&mut self.binder.scope, scope);
        let bound = self.binder.deeper(|binder| {
            binder.statements(statements)?;
            Expressions::new(binder, Row::None).bind(result)
        });
        self.binder.scope = outer;
        bound
    }

    /// The names that the body of a function sees.
    pub(crate) fn arguments_scope(&mut self, callable: &Callable, arguments: &[&Expression]) -> Result<Scope> {
        let mut scope = callable.scope.clone();
        let mut places = 0;
        for parameter in &callable.function.parameters {
            let argument = match named_argument(parameter, arguments) {
                Some(argument) => argument,
                None => {
                    places += 1;
                    argument_in_place(parameter, places - 1, arguments)?
                }
            };
            let meaning = match &parameter.kind {
                DeclaredType::Scalar(name) => {
                    let bound = self.bind(argument)?;
                    let wanted = name.scalar().map(super::kusto_type);
                    Meaning::Value(wanted.map_or(Ok(bound.clone()), |wanted| convert(bound, wanted))?)
                }
                DeclaredType::AnyTable | DeclaredType::Table(_) => {
                    Meaning::Table(Arc::new(self.binder.table_of(argument)?))
                }
            };
            scope.set(parameter.name.text.clone(), meaning);
        }
        Ok(scope)
    }
}

/// The bytes that a value of a type takes.
fn size_bytes(kusto_type: KustoType) -> i64 {
    match kusto_type {
        KustoType::Bool => 1,
        KustoType::Int => 4,
        KustoType::Guid | KustoType::Decimal => 16,
        _ => 8,
    }
}

/// The argument that is given for a parameter by its name.
fn named_argument<'a>(parameter: &ParameterDeclaration, arguments: &[&'a Expression]) -> Option<&'a Expression> {
    arguments.iter().find_map(|argument| match &argument.kind {
        ExpressionKind::Named(named) => match &named.names {
            Names::One(name) if name.text == parameter.name.text => Some(&named.value),
            _ => None,
        },
        _ => None,
    })
}

/// The argument that is given in a place, or the default of the parameter.
fn argument_in_place<'a>(
    parameter: &'a ParameterDeclaration,
    place: usize,
    arguments: &[&'a Expression],
) -> Result<&'a Expression> {
    let in_place = arguments
        .iter()
        .filter(|argument| !matches!(argument.kind, ExpressionKind::Named(_)));
    in_place
        .copied()
        .nth(place)
        .or(parameter.default.as_ref())
        .ok_or_else(|| {
            let reason = Phrase::ParameterMissing(parameter.name.text.clone());
            PlanProblem::Argument {
                function: "this function".to_owned(),
                reason,
            }
            .into()
        })
}

fn wrong_count(function: &str, reason: Phrase) -> crate::PlanError {
    PlanProblem::Argument {
        function: function.to_owned(),
        reason,
    }
    .into()
}

/// The first value whose condition is true; the last one where none is.
fn choose(conditions: Vec<Bound>, mut values: Vec<Bound>) -> Result<Bound> {
    let otherwise = values.pop();
    let Some(otherwise) = otherwise else {
        return Err(wrong_count("case", Phrase::TakesAnOddNumber));
    };
    if let Some(chosen) = known_choice(&conditions, &values, &otherwise) {
        return Ok(chosen);
    }
    let kusto_type = otherwise.kusto_type;
    let branches = conditions
        .into_iter()
        .zip(values)
        .map(|(condition, value)| (Box::new(condition.expression), Box::new(value.expression)))
        .collect();
    let case = Case::new(None, branches, Some(Box::new(otherwise.expression)));
    Ok(Bound::computed(Expr::Case(case), kusto_type))
}

fn known_choice(conditions: &[Bound], values: &[Bound], otherwise: &Bound) -> Option<Bound> {
    for (condition, value) in conditions.iter().zip(values) {
        match condition.constant.as_ref()?.as_bool() {
            Some(true) => return Some(value.clone()),
            _ => continue,
        }
    }
    Some(otherwise.clone())
}

/// Values brought to one type: the widest of their number types, or the one that all have.
pub(crate) fn unify(values: Vec<Bound>) -> Result<Vec<Bound>> {
    let wanted = common_of_all(&values);
    let of_several_types = wanted == KustoType::Dynamic;
    values
        .into_iter()
        .map(|value| match of_several_types {
            true => boxed(value),
            false => convert(value, wanted),
        })
        .collect()
}

/// The type that all values are brought to: dynamic where two of them have none in common.
fn common_of_all(values: &[Bound]) -> KustoType {
    let mut types = values
        .iter()
        .map(|value| value.kusto_type)
        .filter(|kusto_type| *kusto_type != KustoType::Dynamic);
    let first = types.next().unwrap_or(KustoType::Dynamic);
    let shared = types.try_fold(first, |shared, other| {
        Some(common(shared, other)).filter(|shared| *shared != KustoType::Dynamic)
    });
    shared.unwrap_or(KustoType::Dynamic)
}

/// A value as a dynamic one of its own type: a text stays a text, whatever it says.
fn boxed(value: Bound) -> Result<Bound> {
    if value.kusto_type == KustoType::Dynamic {
        return Ok(value);
    }
    let array = call("pack_array", vec![value])?;
    operate("[]", vec![array, constant(Value::Long(0), KustoType::Long)])
}

/// The type that values of both types are brought to.
pub(crate) fn common(left: KustoType, right: KustoType) -> KustoType {
    let rank = |kusto_type| match kusto_type {
        KustoType::Bool => 0,
        KustoType::Int => 1,
        KustoType::Long => 2,
        KustoType::Real => 3,
        KustoType::Decimal => 4,
        _ => 9,
    };
    match (left, right) {
        (left, right) if left == right => left,
        // A dynamic value beside one of another type is brought to that type.
        (KustoType::Dynamic, other) | (other, KustoType::Dynamic) => other,
        (left, right) if rank(left) < 9 && rank(right) < 9 => {
            if rank(left) > rank(right) {
                left
            } else {
                right
            }
        }
        _ => KustoType::Dynamic,
    }
}

/// A value brought to a type.
pub(crate) fn convert(bound: Bound, wanted: KustoType) -> Result<Bound> {
    if bound.kusto_type == wanted {
        return Ok(bound);
    }
    if let Some(Value::Null) = bound.constant {
        return Ok(constant(Value::Null, wanted));
    }
    call(conversion(wanted), vec![bound])
}

/// The function that converts to a type.
pub(crate) fn conversion(wanted: KustoType) -> &'static str {
    match wanted {
        KustoType::Bool => "tobool",
        KustoType::Int => "toint",
        KustoType::Long => "tolong",
        KustoType::Real => "todouble",
        KustoType::Decimal => "todecimal",
        KustoType::String => "tostring",
        KustoType::DateTime => "todatetime",
        KustoType::TimeSpan => "totimespan",
        KustoType::Guid => "toguid",
        KustoType::Dynamic => "todynamic",
    }
}
