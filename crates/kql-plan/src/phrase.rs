//! What problems speak of: every phrase that is put into a sentence about a query, so that a face can say it in its own language.

/// A part of a sentence about a query. What it prints is English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Phrase {
    /// Code, a name or a type, as it is written.
    #[error("{0}")]
    Code(String),
    /// The value on the right of a join.
    #[error("the right side of a join")]
    RightSideOfJoin,
    /// What `mv-expand` takes apart.
    #[error("what becomes rows")]
    WhatBecomesRows,
    /// The columns of a table.
    #[error("the columns")]
    TheColumns,
    /// A key of `sort`.
    #[error("what rows are ordered by")]
    WhatRowsAreOrderedBy,
    /// A type whose values have an order.
    #[error("a type that has an order (use `tostring`, `tolong`, …)")]
    OrderedType,
    /// A key of `summarize`.
    #[error("what rows are grouped by")]
    WhatRowsAreGroupedBy,
    /// A type whose values can be compared.
    #[error("a type that can be compared (use `tostring`)")]
    ComparableType,
    /// How many rows are taken.
    #[error("the number of rows")]
    NumberOfRows,
    /// A count.
    #[error("a whole number that is not negative")]
    WholeNumber,
    /// A condition.
    #[error("a condition")]
    Condition,
    /// The value before a dot.
    #[error("what a member is taken of")]
    WhatMemberIsTakenOf,
    /// What stands there.
    #[error("this")]
    This,
    /// A value.
    #[error("a value")]
    AValue,
    /// Nothing.
    #[error("nothing")]
    Nothing,
    /// A pattern of names.
    #[error("a name with `*`")]
    NameWithStar,
    /// A text.
    #[error("a text")]
    AText,
    /// A value inside of a construct.
    #[error("a value of `{0}`")]
    ValueOf(String),
    /// An argument of a function.
    #[error("an argument of `{0}`")]
    ArgumentOf(String),
    /// The name of a table.
    #[error("the name of the table")]
    NameOfTable,
    /// The name of a column.
    #[error("the name of a column")]
    NameOfColumn,
    /// A parameter of an operator.
    #[error("a parameter of `{0}`")]
    ParameterOf(String),
    /// A property of a construct.
    #[error("a property of `{0}`")]
    PropertyOf(String),
    /// What stands in a series where there is nothing.
    #[error("the default of a series")]
    DefaultOfSeries,
    /// From where to where a series goes.
    #[error("the range of a series")]
    RangeOfSeries,
    /// An argument.
    #[error("this argument")]
    ThisArgument,
    /// Names that are left out.
    #[error("the ignored names")]
    IgnoredNames,
    /// What `search` looks for.
    #[error("what is looked for")]
    WhatIsLookedFor,
    /// A flag about the order.
    #[error("whether the order is kept")]
    WhetherOrderIsKept,
    /// A flag about empty values.
    #[error("whether empty values are left out")]
    WhetherEmptyIsLeftOut,
    /// A flag about rows without a match.
    #[error("whether rows without a match are given")]
    WhetherUnmatchedIsGiven,
    /// A percentile.
    #[error("a percentile")]
    APercentile,
    /// A radius.
    #[error("the radius")]
    TheRadius,
    /// Where a table lies.
    #[error("the location")]
    TheLocation,
    /// A percentile is no constant or out of range.
    #[error("a percentile must be a constant from 0 to 100")]
    PercentileFrom0To100,
    /// A limit is no constant.
    #[error("the number of values must be a constant")]
    CountOfValuesConstant,
    /// A type that is not taken.
    #[error("does not take {0}")]
    DoesNotTake(String),
    /// An argument is missing.
    #[error("argument {0} is missing")]
    ArgumentMissing(usize),
    /// An argument without a default is missing.
    #[error("`{0}` is missing")]
    ParameterMissing(String),
    /// Too many or too few arguments.
    #[error("takes 1 argument, but has {0}")]
    TakesOne(usize),
    /// Too many or too few arguments.
    #[error("takes {0} to {1} arguments, but has {2}")]
    TakesBetween(usize, usize, usize),
    /// There is no argument.
    #[error("takes at least 1 argument")]
    TakesAtLeastOne,
    /// Too many arguments.
    #[error("takes none or one argument")]
    TakesNoneOrOne,
    /// Another number of arguments.
    #[error("takes {0} argument(s)")]
    TakesExactly(usize),
    /// An even number of arguments.
    #[error("takes an odd number of arguments")]
    TakesAnOddNumber,
    /// Too few arguments.
    #[error("needs more arguments")]
    NeedsMore,
    /// Something else than a column.
    #[error("takes the name of a column here")]
    TakesNameOfColumn,
    /// A column of another type.
    #[error("takes a column of type dynamic")]
    TakesDynamicColumn,
    /// Something else than a place on an axis.
    #[error("takes a time, a length of time or a whole number here")]
    TakesPlaceOnAxis,
    /// A length of zero.
    #[error("takes a length above zero here")]
    TakesLength,
    /// A range that gives no or too many steps.
    #[error("has an empty or too long range")]
    RangeEmptyOrLong,
    /// What `ipv4_lookup` takes.
    #[error("takes a table, a column of addresses and a column of networks")]
    TakesTableAndNetworks,
    /// What `geo_polygon_lookup` takes.
    #[error("takes a table, its column of shapes, and columns of longitudes and latitudes")]
    TakesTableAndShapes,
    /// A column is not there.
    #[error("does not find the column `{0}`")]
    ColumnNotFound(String),
    /// A column stands in different places.
    #[error("`{0}` stands in different places")]
    StandsInDifferentPlaces(String),
    /// Another word for a conflict.
    #[error("knows the conflicts error, replace_source and keep_source")]
    KnowsConflicts,
    /// Too many columns.
    #[error("gives at most {0} columns")]
    MostColumns(usize),
    /// Values are missing.
    #[error("{0} values do not fill rows of {1} columns")]
    ValuesDoNotFill(usize, usize),
    /// A literal that is no value of its type.
    #[error("`{0}` is no such value")]
    NoSuchValue(String),
    /// A regular expression that does not compile.
    #[error("the expression is not valid: {0}")]
    NoExpression(String),
    /// A pattern that cannot be told apart.
    #[error("two parts follow each other without a text between them")]
    TwoPartsWithoutText,
    /// Something that stands by itself only.
    #[error("`{0}` inside an expression")]
    InsideAnExpression(String),
    /// A type.
    #[error("the type `{0}`")]
    TheType(String),
    /// A plugin.
    #[error("the plugin `{0}`")]
    ThePlugin(String),
    /// An operator.
    #[error("the operator `{0}`")]
    TheOperator(String),
    /// A parameter that a client fills in.
    #[error("the client parameter `{0}`")]
    TheClientParameter(String),
    /// A range of too many values.
    #[error("a range of more than {0} values")]
    LongRange(usize),
    /// An operator over too many rows.
    #[error("`{0}` over more than {1} rows")]
    ManyRows(String, usize),
    /// Too many parts.
    #[error("`partition` into more than {0} parts")]
    ManyParts(usize),
    /// An operator that cannot work on parts.
    #[error("`{0}` inside of `partition` or `mv-apply`")]
    InsideOfParts(String),
    /// An operator at a wrong place.
    #[error("an operator at this place")]
    OperatorHere,
    /// Several names for one value.
    #[error("several names for one value")]
    SeveralNames,
    /// An expression where a column must stand.
    #[error("an expression instead of a column")]
    ExpressionInsteadOfColumn,
    /// A table as a column of `scan`.
    #[error("a table as what a step remembers")]
    TableAsMemory,
    /// A table as a column.
    #[error("a table as a column")]
    TableAsColumn,
    /// A query where operators must stand.
    #[error("a query with a table of its own in this place")]
    QueryWithOwnTable,
    /// A pattern of tables at a wrong place.
    #[error("a name with `*` outside `union`")]
    NameWithStarOutsideUnion,
    /// A join by a comparison.
    #[error("a join by anything but equal values")]
    JoinByAnythingElse,
    /// `typeof` of a table.
    #[error("`typeof` of a table")]
    TypeofTable,
    /// `typeof` as a value.
    #[error("`typeof` as a value")]
    TypeofAsValue,
    /// `scan` with an order.
    #[error("`scan` with an order or a partition of its own")]
    ScanWithOrder,
    /// An optional step.
    #[error("an optional step of `scan`")]
    OptionalStep,
    /// `invoke` of no function.
    #[error("`invoke` of something else than a function")]
    InvokeOfSomethingElse,
    /// The obsolete `bin =`.
    #[error("`bin =` behind `by`")]
    BinBehindBy,
    /// A range of another form.
    #[error("this range of a series")]
    RangeOfThisKind,
    /// A member of another form.
    #[error("this kind of member")]
    MemberOfThisKind,
    /// A format that is not read.
    #[error("this format of `externaldata`")]
    FormatOfExternalData,
    /// A mapping that is not understood.
    #[error("this mapping of `externaldata`")]
    MappingOfExternalData,
    /// A function whose result is not known.
    #[error("`{0}`: how the real engine combines digests is not documented")]
    DigestsNotDocumented(String),
    /// A unit whose factor is not known.
    #[error("`{0}`: the factor that the real engine uses for this unit is not known")]
    FactorNotKnown(String),
    /// A function that rests on a large table.
    #[error("`{0}`: it rests on a large table of expressions")]
    RestsOnTable(String),
    /// A way round.
    #[error("use hash(strcat(…)) for keys of your own")]
    UseHashOfText,
    /// A way round.
    #[error("use extract() for what you look for")]
    UseExtract,
    /// A way round.
    #[error("filter or summarize the rows before it")]
    FilterFirst,
    /// A way round.
    #[error("use parentheses")]
    UseParentheses,
    /// A way round that is code.
    #[error("use {0}")]
    UseInstead(String),
    /// A way round.
    #[error("use `{0}` behind it")]
    UseBehind(String),
    /// A way round.
    #[error("join by `==` and filter with `where` behind it")]
    JoinAndFilter,
    /// A way round.
    #[error("use `sort` before it and `partition` around it")]
    SortBeforePartitionAround,
    /// A way round.
    #[error("use csv, tsv, json or txt")]
    UseFormats,
    /// A way round.
    #[error("use json with paths like $.a.b in the mapping")]
    UseMappings,
}

impl Phrase {
    /// Code, a name or a type, as it is written.
    pub(crate) fn code(text: impl ToString) -> Self {
        Self::Code(text.to_string())
    }
}
