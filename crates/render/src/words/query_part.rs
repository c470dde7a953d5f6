//! The parts of sentences about hunting queries, and what is wrong with calls of functions.

use whotalks_case::kql::Phrase;
use whotalks_case::kql::functions::{Accepts, FunctionError, Invalid, Refusal};

use super::Words;
use crate::messages::QueryPartMessage as P;

impl Words {
    /// A part of a sentence about a query.
    pub(super) fn phrase(&self, phrase: &Phrase) -> String {
        self.text(&of_phrase(phrase))
    }

    /// What is wrong with the call of a function.
    pub(super) fn function_error(&self, error: &FunctionError) -> String {
        let message = match error {
            FunctionError::WrongCount {
                function,
                least,
                most,
                given,
            } => P::WrongCount {
                function: (*function).to_owned(),
                count: self.count(*least, *most),
                given: *given as u64,
            },
            FunctionError::WrongType {
                function,
                position,
                parameter,
                expected,
                given,
            } => P::WrongArgument {
                function: (*function).to_owned(),
                position: *position as u64,
                parameter: (*parameter).to_owned(),
                expected: self.accepted(*expected),
                given: given.to_string(),
            },
            FunctionError::ConstantRequired {
                function,
                position,
                parameter,
            } => P::ConstantRequired {
                function: (*function).to_owned(),
                position: *position as u64,
                parameter: (*parameter).to_owned(),
            },
            FunctionError::InvalidConstant {
                function,
                position,
                reason,
            } => P::InvalidConstant {
                function: (*function).to_owned(),
                position: *position as u64,
                reason: self.text(&of_invalid(reason)),
            },
            FunctionError::TypesDoNotFit { function, given } => P::TypesDoNotFit {
                function: (*function).to_owned(),
                types: given.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            },
            FunctionError::Refused { function, reason } => P::FunctionRefused {
                function: (*function).to_owned(),
                reason: self.text(&of_refusal(*reason, function)),
            },
        };
        self.text(&message)
    }

    fn count(&self, least: usize, most: Option<usize>) -> String {
        match most {
            Some(most) if most == least => least.to_string(),
            Some(most) => self.text(&P::Between {
                least: least as u64,
                most: most as u64,
            }),
            None => self.text(&P::AtLeast { count: least as u64 }),
        }
    }

    fn accepted(&self, accepts: Accepts) -> String {
        let message = match accepts {
            Accepts::Type(wanted) => return wanted.to_string(),
            Accepts::Scalar | Accepts::AnyText => P::AnyType,
            Accepts::NotDynamic => P::AnyButDynamic,
            Accepts::TextOrDynamic | Accepts::StringOrDynamic => P::StringOrDynamic,
            Accepts::Integer => P::IntOrLong,
            Accepts::Number | Accepts::NumberAsReal => P::ANumber,
            Accepts::Summable => P::Summable,
            Accepts::Array => P::DynamicArray,
            Accepts::Bag => P::DynamicBag,
            Accepts::IntegerOrArray => P::IntegerOrArray,
            Accepts::BoolOrDynamic => P::BoolOrDynamic,
            Accepts::NumberOrSpan => P::NumberOrSpan,
            Accepts::GuidOrText => P::GuidOrText,
            Accepts::TypeName => P::TypeName,
        };
        self.text(&message)
    }
}

fn of_invalid(invalid: &Invalid) -> P {
    match invalid {
        Invalid::Assertion(text) => P::Code { text: text.clone() },
        Invalid::Expression(why) => P::NoExpression { why: why.clone() },
        Invalid::Letter(letter) => P::InvalidLetter {
            letter: letter.to_string(),
        },
        Invalid::Word { word, known } => P::InvalidWord {
            word: word.clone(),
            known: known.join(", "),
        },
    }
}

fn of_refusal(refusal: Refusal, function: &str) -> P {
    let function = function.to_owned();
    match refusal {
        Refusal::DigestsNotDocumented => P::DigestsNotDocumented { function },
        Refusal::FactorNotKnown => P::FactorNotKnown { function },
        Refusal::RestsOnTable => P::RestsOnTable { function },
    }
}

/// A match of phrases: those without parts are messages of the same name.
macro_rules! said {
    ($phrase:expr, [$($plain:ident),* $(,)?], $($arms:tt)*) => {
        match $phrase {
            $(Phrase::$plain => P::$plain,)*
            $($arms)*
        }
    };
}

fn of_phrase(phrase: &Phrase) -> P {
    said! {
        phrase,
        [
            RightSideOfJoin, WhatBecomesRows, TheColumns, WhatRowsAreOrderedBy, OrderedType,
            WhatRowsAreGroupedBy, ComparableType, NumberOfRows, WholeNumber, Condition, WhatMemberIsTakenOf,
            This, AValue, Nothing, NameWithStar, AText, NameOfTable, NameOfColumn, DefaultOfSeries,
            RangeOfSeries, ThisArgument, IgnoredNames, WhatIsLookedFor, WhetherOrderIsKept,
            WhetherEmptyIsLeftOut, WhetherUnmatchedIsGiven, APercentile, TheRadius, TheLocation,
            PercentileFrom0To100, CountOfValuesConstant, TakesAtLeastOne, TakesNoneOrOne, TakesAnOddNumber,
            NeedsMore, TakesNameOfColumn, TakesDynamicColumn, TakesPlaceOnAxis, TakesLength, RangeEmptyOrLong,
            TakesTableAndNetworks, TakesTableAndShapes, KnowsConflicts, TwoPartsWithoutText, OperatorHere,
            SeveralNames, ExpressionInsteadOfColumn, TableAsMemory, TableAsColumn, QueryWithOwnTable,
            NameWithStarOutsideUnion, JoinByAnythingElse, TypeofTable, TypeofAsValue, ScanWithOrder,
            OptionalStep, InvokeOfSomethingElse, BinBehindBy, RangeOfThisKind, MemberOfThisKind,
            FormatOfExternalData, MappingOfExternalData, UseMappings, UseHashOfText, UseExtract, FilterFirst, UseParentheses, JoinAndFilter,
            SortBeforePartitionAround, UseFormats,
        ],
        Phrase::Code(text) => P::Code { text: text.clone() },
        Phrase::ValueOf(what) => P::ValueOf { what: what.clone() },
        Phrase::ArgumentOf(what) => P::ArgumentOf { what: what.clone() },
        Phrase::ParameterOf(what) => P::ParameterOf { what: what.clone() },
        Phrase::PropertyOf(what) => P::PropertyOf { what: what.clone() },
        Phrase::DoesNotTake(found) => P::DoesNotTake { found: found.clone() },
        Phrase::ArgumentMissing(position) => P::ArgumentMissing { position: *position as u64 },
        Phrase::ParameterMissing(name) => P::ParameterMissing { name: name.clone() },
        Phrase::TakesOne(given) => P::TakesOne { given: *given as u64 },
        Phrase::TakesBetween(fewest, most, given) => P::TakesBetween {
            fewest: *fewest as u64,
            most: *most as u64,
            given: *given as u64,
        },
        Phrase::TakesExactly(count) => P::TakesExactly { count: *count as u64 },
        Phrase::ColumnNotFound(name) => P::ColumnNotFound { name: name.clone() },
        Phrase::StandsInDifferentPlaces(name) => P::StandsInDifferentPlaces { name: name.clone() },
        Phrase::MostColumns(most) => P::MostColumns { most: *most as u64 },
        Phrase::ValuesDoNotFill(values, columns) => P::ValuesDoNotFill {
            values: *values as u64,
            columns: *columns as u64,
        },
        Phrase::NoSuchValue(text) => P::NoSuchValue { text: text.clone() },
        Phrase::NoExpression(why) => P::NoExpression { why: why.clone() },
        Phrase::InsideAnExpression(what) => P::InsideAnExpression { what: what.clone() },
        Phrase::TheType(name) => P::TheType { name: name.clone() },
        Phrase::ThePlugin(name) => P::ThePlugin { name: name.clone() },
        Phrase::TheOperator(name) => P::TheOperator { name: name.clone() },
        Phrase::TheClientParameter(name) => P::TheClientParameter { name: name.clone() },
        Phrase::LongRange(most) => P::LongRange { most: *most as u64 },
        Phrase::ManyRows(what, most) => P::ManyRows { what: what.clone(), most: *most as u64 },
        Phrase::ManyParts(most) => P::ManyParts { most: *most as u64 },
        Phrase::InsideOfParts(what) => P::InsideOfParts { what: what.clone() },
        Phrase::DigestsNotDocumented(function) => P::DigestsNotDocumented { function: function.clone() },
        Phrase::FactorNotKnown(function) => P::FactorNotKnown { function: function.clone() },
        Phrase::RestsOnTable(function) => P::RestsOnTable { function: function.clone() },
        Phrase::UseInstead(way) => P::UseInstead { way: way.clone() },
        Phrase::UseBehind(way) => P::UseBehind { way: way.clone() },
    }
}
