//! Operators as text.

use std::fmt::{self, Display, Formatter};

use super::{Clause, Joined, ListClause, commas};
use crate::tree::operator as op;
use crate::tree::{Direction, Nulls, OperatorKind, OperatorParameters, Ordered};

impl Display for OperatorKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => Ok(()),
            Self::Refused(name) => f.write_str(name),
            Self::Count(count) => write!(f, "count{}", Clause(" as ", count.name.as_ref())),
            Self::Distinct(distinct) => write!(f, "distinct {}{}", distinct.parameters, commas(&distinct.columns)),
            Self::Serialize(rows) => write!(f, "serialize {}{}", rows.parameters, commas(&rows.columns)),
            Self::Extend(columns) => write!(f, "extend {}", commas(columns)),
            Self::Print(columns) => write!(f, "print {}", commas(columns)),
            Self::Project(columns) => write!(f, "project {}", commas(columns)),
            Self::ProjectAway(columns) => write!(f, "project-away {}", commas(columns)),
            Self::ProjectByNames(columns) => write!(f, "project-by-names {}", commas(columns)),
            Self::ProjectKeep(columns) => write!(f, "project-keep {}", commas(columns)),
            Self::ProjectRename(columns) => write!(f, "project-rename {}", commas(columns)),
            Self::ProjectReorder(columns) => write!(f, "project-reorder {}", commas(columns)),
            Self::Where(filter) => write!(f, "where {}{}", filter.parameters, filter.predicate),
            Self::Take(take) => write!(f, "take {}{}", take.parameters, take.count),
            Self::Sample(take) => write!(f, "sample {}{}", take.parameters, take.count),
            Self::Sort(sort) => write!(f, "sort {}by {}", sort.parameters, commas(&sort.by)),
            Self::Summarize(summarize) => write!(f, "{summarize}"),
            Self::TopNested(levels) => write!(f, "{}", commas(levels)),
            Self::MvExpand(expand) => write!(f, "{expand}"),
            Self::MvApply(apply) => write!(f, "{apply}"),
            Self::Parse(parse) => write!(f, "{parse}"),
            _ => self.rarer(f),
        }
    }
}

impl OperatorKind {
    fn rarer(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::As(named) => write!(f, "as {}{}", named.parameters, named.name),
            Self::AssertSchema(schema) => write!(f, "assert-schema {schema}"),
            Self::Consume(parameters) => write!(f, "consume {parameters}"),
            Self::Evaluate(evaluate) => write!(f, "{evaluate}"),
            Self::Facet(facet) => facet_text(f, facet),
            Self::Find(find) => write!(f, "{find}"),
            Self::Fork(branches) => write!(f, "fork {}", Joined(branches, " ")),
            Self::GetSchema(kind) => write!(f, "getschema{}", Clause(" ", kind.as_ref())),
            Self::Invoke(call) => write!(f, "invoke {call}"),
            Self::Join(join) => write!(f, "{join}"),
            Self::Lookup(lookup) => write!(
                f,
                "lookup {}{} on {}",
                lookup.parameters,
                lookup.right,
                commas(&lookup.on)
            ),
            Self::MacroExpand(expand) => write!(f, "{expand}"),
            Self::MakeSeries(series) => write!(f, "{series}"),
            Self::ParseKv(parse) => parse_kv(f, parse),
            Self::Partition(partition) => write!(f, "{partition}"),
            Self::Range(range) => write!(
                f,
                "range {} from {} to {} step {}",
                range.name, range.from, range.to, range.step
            ),
            Self::Reduce(reduce) => reduce_text(f, reduce),
            Self::Render(render) => write!(f, "{render}"),
            Self::SampleDistinct(sample) => write!(
                f,
                "sample-distinct {}{} of {}",
                sample.parameters, sample.count, sample.of
            ),
            Self::Scan(scan) => write!(f, "{scan}"),
            Self::Search(search) => write!(f, "{search}"),
            Self::Top(top) => write!(f, "top {}{} by {}", top.parameters, top.count, top.by),
            Self::TopHitters(top) => write!(
                f,
                "top-hitters {} of {}{}",
                top.count,
                top.of,
                Clause(" by ", top.by.as_ref())
            ),
            Self::Union(union) => write!(f, "union {}{}", union.parameters, commas(&union.tables)),
            _ => Ok(()),
        }
    }
}

impl Display for Ordered {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let direction = match self.direction {
            None => "",
            Some(Direction::Ascending) => " asc",
            Some(Direction::Descending) => " desc",
            Some(Direction::NumbersAscending) => " granny-asc",
            Some(Direction::NumbersDescending) => " granny-desc",
        };
        let nulls = match self.nulls {
            None => "",
            Some(Nulls::First) => " nulls first",
            Some(Nulls::Last) => " nulls last",
        };
        write!(f, "{}{direction}{nulls}", self.expression)
    }
}

impl Display for op::Summarize {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "summarize {}{}", self.parameters, commas(&self.aggregations))?;
        write!(
            f,
            "{}{}",
            ListClause(" by ", &self.by),
            Clause(" bin=", self.bin.as_ref())
        )
    }
}

impl Display for op::TopNestedLevel {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let count = Clause(" ", self.count.as_ref());
        let others = Clause(" with others=", self.others.as_ref());
        write!(f, "top-nested{count} of {}{others} by {}", self.of, self.by)
    }
}

impl Display for op::MvExpand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let limit = Clause(" limit ", self.limit.as_ref());
        write!(f, "mv-expand {}{}{limit}", self.parameters, commas(&self.columns))
    }
}

impl Display for op::MvApply {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (limit, id) = (Clause(" limit ", self.limit.as_ref()), Clause(" id ", self.id.as_ref()));
        write!(
            f,
            "mv-apply {}{}{limit}{id} on ({})",
            self.parameters,
            commas(&self.columns),
            self.query
        )
    }
}

impl Display for op::Expanded {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.array, Clause(" to ", self.kind.as_ref()))
    }
}

impl Display for op::Parse {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let name = if self.only_matching { "parse-where" } else { "parse" };
        write!(
            f,
            "{name} {}{} with {}",
            self.parameters,
            self.subject,
            Joined(&self.pattern, " ")
        )
    }
}

impl Display for op::ParsePart {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Skip => f.write_str("*"),
            Self::Text(text) => write!(f, "{text}"),
            Self::Column { name, kind } => write!(f, "{name}{}", Clause(":", kind.as_ref())),
        }
    }
}

fn parse_kv(f: &mut Formatter<'_>, parse: &op::ParseKv) -> fmt::Result {
    write!(f, "parse-kv {} as {}", parse.subject, parse.keys)?;
    with(f, &parse.properties)
}

/// `with (…)`, where there is something in it.
fn with(f: &mut Formatter<'_>, parameters: &OperatorParameters) -> fmt::Result {
    if parameters.0.is_empty() {
        return Ok(());
    }
    write!(f, " with ({})", commas(&parameters.0))
}

impl Display for op::Evaluate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "evaluate {}{}", self.parameters, self.call)?;
        match &self.schema {
            None => Ok(()),
            Some(schema) if schema.star => {
                let columns = ListClause(", ", &schema.schema.columns);
                write!(f, " : (*{columns})")
            }
            Some(schema) => write!(f, " : {}", schema.schema),
        }
    }
}

fn facet_text(f: &mut Formatter<'_>, facet: &op::Facet) -> fmt::Result {
    write!(f, "facet by {}", commas(&facet.by))?;
    match &facet.with {
        Some(with) => write!(f, " with ({with})"),
        None => Ok(()),
    }
}

impl Display for op::Find {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "find {}{}",
            Clause("datascope=", self.scope.as_ref()),
            if self.scope.is_some() { " " } else { "" }
        )?;
        write!(f, "{}", self.parameters)?;
        if !self.tables.is_empty() {
            write!(f, "in ({}) ", commas(&self.tables))?;
        }
        write!(f, "where {}", self.predicate)?;
        match &self.project {
            None => {}
            Some(op::FindProject::Smart) => f.write_str(" project-smart")?,
            Some(op::FindProject::Columns(columns)) => write!(f, " project {}", commas(columns))?,
        }
        write!(f, "{}", ListClause(" __projectAway ", &self.project_away))
    }
}

impl Display for op::FindColumn {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::PackAll => f.write_str("pack(*)"),
            Self::All => f.write_str("*"),
            Self::Column { name, kind } => write!(f, "{name}{}", Clause(":", kind.as_ref())),
        }
    }
}

impl Display for op::Search {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "search {}", self.parameters)?;
        if let Some(scope) = &self.scope {
            write!(f, "datascope={scope} ")?;
        }
        if !self.tables.is_empty() {
            write!(f, "in ({}) ", commas(&self.tables))?;
        }
        write!(f, "{}", self.predicate)
    }
}

impl Display for op::ForkBranch {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name}=({})", self.query),
            None => write!(f, "({})", self.query),
        }
    }
}

impl Display for op::Join {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "join {}{}", self.parameters, self.right)?;
        match &self.condition {
            None => Ok(()),
            Some(op::JoinCondition::On(on)) => write!(f, " on {}", commas(on)),
            Some(op::JoinCondition::Where(predicate)) => write!(f, " where {predicate}"),
        }
    }
}

impl Display for op::MacroExpand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let scope = Clause(" as ", self.scope.as_ref());
        let statements = Joined(&self.statements, ";\n");
        write!(
            f,
            "macro-expand {}{}{scope} ({statements})",
            self.parameters, self.group
        )
    }
}

impl Display for op::MakeSeries {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "make-series {}{} on {}",
            self.parameters,
            commas(&self.series),
            self.on
        )?;
        match &self.range {
            op::SeriesRange::InRange(borders) => write!(f, " in range ({})", commas(borders))?,
            op::SeriesRange::Steps(steps) => {
                let (from, to) = (Clause(" from ", steps.from.as_ref()), Clause(" to ", steps.to.as_ref()));
                write!(f, "{from}{to} step {}", steps.step)?;
            }
        }
        write!(f, "{}", ListClause(" by ", &self.by))
    }
}

impl Display for op::Series {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.aggregation, Clause(" default=", self.default.as_ref()))
    }
}

impl Display for op::Partition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "partition {}by {}{} ",
            self.parameters,
            self.by,
            Clause(" in ", self.scope.as_ref())
        )?;
        match &self.body {
            op::PartitionBody::Subquery(query) => write!(f, "({query})"),
            op::PartitionBody::Query(query) => write!(f, "{{ {query} }}"),
        }
    }
}

fn reduce_text(f: &mut Formatter<'_>, reduce: &op::Reduce) -> fmt::Result {
    write!(f, "reduce {}by {}", reduce.parameters, reduce.by)?;
    write!(f, "{}", ListClause(" with ", &reduce.with.0))
}

impl Display for op::Render {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "render {}", self.chart)?;
        for parameter in &self.parameters.0 {
            let bare = matches!(parameter.name.text.as_str(), "with" | "by");
            let sign = if bare { " " } else { "=" };
            write!(f, " {}{sign}{}", parameter.name, parameter.value)?;
        }
        with(f, &self.properties)
    }
}

impl Display for op::Scan {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "scan {}", self.parameters)?;
        if !self.order.is_empty() {
            write!(f, "order by {} ", commas(&self.order))?;
        }
        if !self.partition.is_empty() {
            write!(f, "partition by {} ", commas(&self.partition))?;
        }
        if !self.declarations.is_empty() {
            write!(f, "declare ({}) ", commas(&self.declarations))?;
        }
        write!(f, "with ({})", Joined(&self.steps, " "))
    }
}

impl Display for op::ScanStep {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let optional = if self.optional { " optional" } else { "" };
        let output = match self.output {
            None => "",
            Some(op::ScanOutput::All) => " output=all",
            Some(op::ScanOutput::Last) => " output=last",
            Some(op::ScanOutput::None) => " output=none",
        };
        let assignments = ListClause(" => ", &self.assignments);
        write!(
            f,
            "step {}{optional}{output}: {}{assignments};",
            self.name, self.condition
        )
    }
}

impl Display for op::ScanAssignment {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.name, self.value)
    }
}
