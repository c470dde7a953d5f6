//! What was done for an answer, in the operators of the query language: the steps of a plan in the order of a pipeline, with the
//! rows that they gave, the time that they took, and what reading left out.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use datafusion::common::stats::Precision;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::datasource::physical_plan::FileScanConfig;
use datafusion::datasource::source::DataSourceExec;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::metrics::{MetricValue, MetricsSet, PruningMetrics};
use datafusion::physical_plan::statistics::{StatisticsArgs, StatisticsContext};
use datafusion::physical_plan::{ExecutionPlan, displayable};

use super::question::Progress;
use crate::error::Result;
use crate::relation::HELD_ROWS;

/// What the engine writes around a stored column of texts, which queries never see as null.
const TEXT: [&str; 3] = ["CASE WHEN ", " IS NOT NULL THEN ", " ELSE  END"];
/// What it writes around a stored time, which queries see in ticks.
const TIME: [&str; 2] = ["CAST(", " AS Int64) / 100 + 621355968000000000"];

/// What was run for an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// The runs in their order: first what had to be known before the rest could be planned, last what gave the answer.
    pub runs: Vec<Run>,
}

/// One plan that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its steps in the order of a pipeline: what reads comes before what is done to the rows.
    pub steps: Vec<Step>,
    /// How long it took.
    pub time: Duration,
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it does.
    pub kind: StepKind,
    /// How deep it lies in the tables that `join` and `union` bring together.
    pub depth: usize,
    /// Conditions, columns or keys, as the engine writes them.
    pub detail: String,
    /// How many rows it gave, where the engine counts them.
    pub rows: Option<u64>,
    /// How long processors were busy with it, all together.
    pub busy: Duration,
    /// Bytes that went to temporary files because memory did not suffice.
    pub spilled_bytes: u64,
    /// What it read, where it reads.
    pub reading: Option<Reading>,
}

/// What a step does, in the words of the language where they have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum StepKind {
    /// Reads a table.
    Read,
    /// `where`.
    Where,
    /// `extend`, `project`.
    Project,
    /// `summarize`, `distinct`, `count`.
    Summarize,
    /// `sort`.
    Sort,
    /// `top`: a sort that keeps the first rows only.
    Top,
    /// `take`.
    Take,
    /// `join`, `lookup`.
    Join,
    /// `union`.
    Union,
    /// `serialize` with functions that look at other rows.
    Window,
    /// `mv-expand`.
    Expand,
    /// A table without rows, or one of a single row.
    Values,
    /// Something else that the engine does; its detail begins with the engine's word.
    Other,
}

/// What reading a table took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The table, where it is known for sure.
    pub table: Option<String>,
    /// Files that hold it; 0 where it is in memory.
    pub files: u64,
    /// Bytes that were read from files, where that is counted.
    pub bytes: Option<u64>,
    /// Files, or ranges of them where several processors share one, that their statistics ruled out.
    pub file_ranges: Pruned,
    /// Row groups that the least and greatest values of their columns ruled out.
    pub by_statistics: Pruned,
    /// Row groups that Bloom filters ruled out.
    pub by_bloom_filter: Pruned,
    /// Pages that their index ruled out.
    pub pages: Pruned,
}

/// How many of something were left out because no row in them can match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pruned {
    /// How many were looked at.
    pub all: u64,
    /// How many of them were left out.
    pub left_out: u64,
}

/// The tables that a plan names, with their columns: what the engine runs in the end knows only columns.
pub(super) struct Scanned(Vec<(String, BTreeSet<String>)>);

impl Scanned {
    /// The engine keeps names in small letters; `names` are the tables as they are written.
    pub(super) fn of(plan: &LogicalPlan, names: &[String]) -> Result<Self> {
        let written = |name: &str| names.iter().find(|known| known.eq_ignore_ascii_case(name)).cloned();
        let mut tables: Vec<(String, BTreeSet<String>)> = Vec::new();
        plan.apply(|node| {
            if let LogicalPlan::TableScan(scan) = node {
                let name = scan.table_name.table();
                let name = written(name).unwrap_or_else(|| name.to_owned());
                if name != HELD_ROWS && tables.iter().all(|(known, _)| *known != name) {
                    let columns = scan.source.schema();
                    let columns = columns.fields().iter().map(|field| field.name().clone());
                    tables.push((name, columns.collect()));
                }
            }
            Ok(TreeNodeRecursion::Continue)
        })?;
        Ok(Self(tables))
    }

    /// The only table that has all these columns.
    fn only(&self, plan: &Arc<dyn ExecutionPlan>) -> Option<String> {
        let schema = plan.schema();
        let has_all = |columns: &BTreeSet<String>| schema.fields().iter().all(|field| columns.contains(field.name()));
        let mut fitting = self.0.iter().filter(|(_, columns)| has_all(columns));
        match (fitting.next(), fitting.next()) {
            (Some((name, _)), None) => Some(name.clone()),
            _ => None,
        }
    }
}

impl Run {
    pub(super) fn of(plan: &Arc<dyn ExecutionPlan>, scanned: &Scanned, time: Duration) -> Self {
        let mut walk = Walk {
            scanned,
            steps: Vec::new(),
            waiting: Waiting::default(),
        };
        walk.visit(plan, 0);
        let mut steps = walk.steps;
        if let Some(last) = steps.last_mut() {
            walk.waiting.give(last);
        }
        Self { steps, time }
    }
}

/// How far a plan is that runs.
pub(super) fn progress(plan: Option<&Arc<dyn ExecutionPlan>>) -> Progress {
    let mut progress = Progress {
        rows_read: 0,
        rows: Some(0),
    };
    if let Some(plan) = plan {
        add_leaves(plan, &mut progress);
    }
    progress.rows = progress.rows.filter(|rows| *rows > 0);
    progress
}

fn add_leaves(plan: &Arc<dyn ExecutionPlan>, progress: &mut Progress) {
    let children = plan.children();
    if children.is_empty() {
        let read = plan.metrics().and_then(|metrics| metrics.output_rows()).unwrap_or(0);
        progress.rows_read = progress.rows_read.saturating_add(read as u64);
        let statistics = StatisticsContext::new()
            .compute(plan.as_ref(), &StatisticsArgs::new())
            .ok();
        let rows = statistics.and_then(|statistics| statistics.num_rows.get_value().copied());
        progress.rows = progress
            .rows
            .zip(rows)
            .map(|(sum, rows)| sum.saturating_add(rows as u64));
    }
    for child in children {
        add_leaves(child, progress);
    }
}

/// What steps cost that say nothing to a person: the next one that is shown takes it over.
#[derive(Default)]
struct Waiting {
    busy: Duration,
    spilled_bytes: u64,
}

impl Waiting {
    fn give(&mut self, step: &mut Step) {
        let Self { busy, spilled_bytes } = std::mem::take(self);
        step.busy = step.busy.saturating_add(busy);
        step.spilled_bytes = step.spilled_bytes.saturating_add(spilled_bytes);
    }
}

struct Walk<'s> {
    scanned: &'s Scanned,
    steps: Vec<Step>,
    waiting: Waiting,
}

impl Walk<'_> {
    /// Inputs come before what is done to them; those of several lie a level deeper.
    fn visit(&mut self, plan: &Arc<dyn ExecutionPlan>, depth: usize) {
        let children = plan.children();
        let deeper = depth.saturating_add(usize::from(children.len() > 1));
        for child in children {
            self.visit(child, deeper);
        }
        let line = displayable(plan.as_ref()).one_line().to_string();
        let (name, detail) = parts(&line);
        let metrics = plan.metrics().unwrap_or_default();
        let Some(kind) = kind(name, detail) else {
            self.waiting.busy = self.waiting.busy.saturating_add(busy(&metrics));
            self.waiting.spilled_bytes = self.waiting.spilled_bytes.saturating_add(spilled(&metrics));
            self.merged(name, &metrics);
            return;
        };
        if kind == StepKind::Project && only_loads(detail) {
            self.waiting.busy = self.waiting.busy.saturating_add(busy(&metrics));
            return;
        }
        let counted = metrics
            .output_rows()
            .or_else(|| held_rows(kind, plan))
            .map(|rows| rows as u64);
        let mut step = Step {
            kind,
            depth,
            detail: shown(kind, name, detail),
            rows: counted.map(|rows| rows.min(most_rows(kind, detail))),
            busy: busy(&metrics),
            spilled_bytes: spilled(&metrics),
            reading: (kind == StepKind::Read).then(|| self.reading(plan, &metrics)),
        };
        self.waiting.give(&mut step);
        self.steps.push(step);
    }

    /// What each processor sorted is merged: only what comes out of that are the rows of the step.
    fn merged(&mut self, name: &str, metrics: &MetricsSet) {
        if let (true, Some(step)) = (name == "SortPreservingMergeExec", self.steps.last_mut()) {
            step.rows = metrics.output_rows().map(|rows| rows as u64).or(step.rows);
        }
    }

    fn reading(&self, plan: &Arc<dyn ExecutionPlan>, metrics: &MetricsSet) -> Reading {
        let mut reading = Reading {
            table: self.scanned.only(plan),
            files: files(plan),
            ..Reading::default()
        };
        for metric in metrics.iter() {
            match metric.value() {
                MetricValue::Count { name, count } if name == "bytes_scanned" => {
                    let sum = reading.bytes.unwrap_or(0).saturating_add(count.value() as u64);
                    reading.bytes = Some(sum);
                }
                MetricValue::PruningMetrics { name, pruning_metrics } => {
                    if let Some(pruned) = reading.pruned(name) {
                        pruned.add(pruning_metrics);
                    }
                }
                _ => {}
            }
        }
        reading
    }
}

impl Reading {
    /// Where what the engine counts under a name belongs.
    fn pruned(&mut self, name: &str) -> Option<&mut Pruned> {
        Some(match name {
            "files_ranges_pruned_statistics" => &mut self.file_ranges,
            "row_groups_pruned_statistics" => &mut self.by_statistics,
            "row_groups_pruned_bloom_filter" => &mut self.by_bloom_filter,
            "page_index_pages_pruned" => &mut self.pages,
            _ => return None,
        })
    }
}

impl Pruned {
    fn add(&mut self, counted: &PruningMetrics) {
        let left_out = counted.pruned() as u64;
        self.left_out = self.left_out.saturating_add(left_out);
        self.all = self
            .all
            .saturating_add(left_out)
            .saturating_add(counted.matched() as u64);
    }
}

/// The files that a plan reads, each once however many processors share it.
fn files(plan: &Arc<dyn ExecutionPlan>) -> u64 {
    let source = plan.downcast_ref::<DataSourceExec>().map(DataSourceExec::data_source);
    let Some(config) = source.and_then(|source| source.downcast_ref::<FileScanConfig>()) else {
        return 0;
    };
    let files = config.file_groups.iter().flat_map(|group| group.files());
    let paths: BTreeSet<_> = files.map(|file| &file.object_meta.location).collect();
    paths.len() as u64
}

/// Time that is counted under names of its own by what reads files.
fn busy(metrics: &MetricsSet) -> Duration {
    let computed = metrics.elapsed_compute().unwrap_or(0);
    let read = metrics
        .sum_by_name("time_elapsed_processing")
        .map_or(0, |sum| sum.as_usize());
    Duration::from_nanos(computed.saturating_add(read) as u64)
}

fn spilled(metrics: &MetricsSet) -> u64 {
    metrics.spilled_bytes().unwrap_or(0) as u64
}

/// The engine's word for a step, and what it says about it.
fn parts(line: &str) -> (&str, &str) {
    let line = line.trim();
    let end = line.find([':', ' ', '(']).unwrap_or(line.len());
    let (name, detail) = line.split_at(end);
    (name, detail.trim_start_matches([':', ' ']))
}

/// What a step does; none for what only moves rows between processors and what is the first half of another step.
fn kind(name: &str, detail: &str) -> Option<StepKind> {
    Some(match name {
        "CoalescePartitionsExec" | "CoalesceBatchesExec" if detail.contains("fetch=") => StepKind::Take,
        "RepartitionExec"
        | "CoalesceBatchesExec"
        | "CoalescePartitionsExec"
        | "SortPreservingMergeExec"
        | "CooperativeExec"
        | "BufferExec"
        | "LocalLimitExec" => return None,
        "AggregateExec" if detail.starts_with("mode=Partial,") => return None,
        "DataSourceExec" | "LazyMemoryExec" | "StreamingTableExec" => StepKind::Read,
        "FilterExec" => StepKind::Where,
        "ProjectionExec" => StepKind::Project,
        "AggregateExec" => StepKind::Summarize,
        "SortExec" | "PartialSortExec" if detail.contains("TopK") || detail.contains("fetch=") => StepKind::Top,
        "SortExec" | "PartialSortExec" => StepKind::Sort,
        "PartitionedTopKExec" => StepKind::Top,
        "GlobalLimitExec" => StepKind::Take,
        "HashJoinExec"
        | "SortMergeJoinExec"
        | "NestedLoopJoinExec"
        | "CrossJoinExec"
        | "SymmetricHashJoinExec"
        | "PiecewiseMergeJoinExec" => StepKind::Join,
        "UnionExec" | "InterleaveExec" => StepKind::Union,
        "WindowAggExec" | "BoundedWindowAggExec" => StepKind::Window,
        "UnnestExec" => StepKind::Expand,
        "EmptyExec" | "PlaceholderRowExec" => StepKind::Values,
        _ => StepKind::Other,
    })
}

/// What is worth reading of what the engine says about a step.
fn shown(kind: StepKind, name: &str, detail: &str) -> String {
    let text = match kind {
        StepKind::Read => return read(detail),
        StepKind::Summarize => return summarized(detail),
        StepKind::Project => return assigned(detail),
        StepKind::Values => "",
        StepKind::Other => return readable(&format!("{name} {detail}")),
        _ => detail,
    };
    readable(text)
}

/// The rows of a table that is held in memory, which the engine does not count as they are read.
fn held_rows(kind: StepKind, plan: &Arc<dyn ExecutionPlan>) -> Option<usize> {
    if kind != StepKind::Read {
        return None;
    }
    let statistics = StatisticsContext::new().compute(plan.as_ref(), &StatisticsArgs::new());
    match statistics.ok()?.num_rows {
        Precision::Exact(rows) => Some(rows),
        _ => None,
    }
}

/// How many rows a step gives at most: of `top` each processor may give as many, and the rest is left out as they are merged.
fn most_rows(kind: StepKind, detail: &str) -> u64 {
    let fetch = between(detail, "fetch=", ")").and_then(|count| count.parse().ok());
    fetch.filter(|_| kind == StepKind::Top).unwrap_or(u64::MAX)
}

/// Whether a projection only makes what queries work with of what is stored: no operator of the query does that.
fn only_loads(detail: &str) -> bool {
    let loads = detail.contains(TEXT[0]) || detail.contains(TIME[1]);
    loads && expressions(detail).iter().all(|(value, name)| value == name)
}

/// The expressions of a projection and the names that they get.
fn expressions(detail: &str) -> Vec<(String, String)> {
    let list = detail.trim_start_matches("expr=[").trim_end_matches(']');
    let parts = split_list(list).into_iter().map(|part| {
        let (value, name) = part.rsplit_once(" as ").unwrap_or((part, part));
        (readable(value), without_places(name))
    });
    parts.collect()
}

/// An expression in which stored columns are written as queries write them.
fn readable(text: &str) -> String {
    let mut text = without_places(text);
    let [before, between, after] = TEXT;
    while let Some((head, name, rest)) = stored(&text, before, between) {
        let Some(rest) = rest.strip_prefix(name).and_then(|rest| rest.strip_prefix(after)) else {
            break;
        };
        text = format!("{head}{name}{rest}");
    }
    let [before, after] = TIME;
    while let Some((head, name, rest)) = stored(&text, before, after) {
        text = format!("{head}{name}{rest}");
    }
    text
}

/// What stands before `before`, what stands between it and the next `after`, where that is a name, and the rest.
fn stored<'t>(text: &'t str, before: &str, after: &str) -> Option<(&'t str, &'t str, &'t str)> {
    let (upto, rest) = text.split_once(after)?;
    let (head, name) = upto.rsplit_once(before)?;
    let is_name = name.chars().all(|sign| sign.is_alphanumeric() || sign == '_');
    is_name.then_some((head, name, rest))
}

/// The parts of a list between its commas, those in brackets apart.
fn split_list(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0i32, 0usize);
    for (index, sign) in list.char_indices() {
        match sign {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.extend(list.get(start..index));
                start = index.saturating_add(1);
            }
            _ => {}
        }
    }
    parts.extend(list.get(start..));
    parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Columns as a query writes them: `name`, or `name = value`.
fn assigned(detail: &str) -> String {
    let parts = expressions(detail).into_iter().map(|(value, name)| {
        if value == name || name.starts_with('$') {
            value
        } else {
            format!("{name} = {value}")
        }
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// Aggregations and keys as a query writes them.
fn summarized(detail: &str) -> String {
    let list = |start: &str, end: &str| between(detail, start, end).map(assigned).unwrap_or_default();
    let (keys, calls) = (list("gby=[", "], aggr="), list("aggr=[", "], "));
    let calls = calls.trim_end_matches(']');
    if keys.is_empty() {
        calls.to_owned()
    } else {
        format!("{calls} by {keys}").trim_start().to_owned()
    }
}

/// The condition that is checked while reading, and after how many rows it ends.
fn read(detail: &str) -> String {
    let condition = between(detail, ", predicate=", ", pruning_predicate=").map(readable);
    let limit = ["limit=", "fetch="]
        .iter()
        .find_map(|name| between(detail, name, ", "))
        .filter(|count| count.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|count| format!("take {count}"));
    let parts: Vec<String> = condition.into_iter().chain(limit).collect();
    parts.join(", ")
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end).map_or(rest, |(inside, _)| inside))
}

/// The text without the places that the engine writes behind columns: `RemoteIP@3` is `RemoteIP`.
fn without_places(text: &str) -> String {
    let mut pieces = text.split('@');
    let mut short = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|sign: char| sign.is_ascii_digit());
        if rest.len() == piece.len() {
            short.push('@');
        }
        short.push_str(rest);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_behind_columns_are_left_out_and_other_signs_stay() {
        assert_eq!(
            without_places("a@0 = b@12 AND c = me@example.com"),
            "a = b AND c = me@example.com"
        );
        assert_eq!(without_places("a@"), "a@");
    }

    #[test]
    fn a_line_of_the_engine_is_a_word_and_what_is_said() {
        assert_eq!(parts("FilterExec: a@0 = 1"), ("FilterExec", "a@0 = 1"));
        assert_eq!(
            parts("SortExec: TopK(fetch=3), expr=[a@0 ASC]").1,
            "TopK(fetch=3), expr=[a@0 ASC]"
        );
        assert_eq!(parts("UnionExec\n"), ("UnionExec", ""));
    }

    #[test]
    fn steps_have_the_words_of_the_language() {
        assert_eq!(kind("AggregateExec", "mode=Partial, gby=[]"), None);
        assert_eq!(kind("AggregateExec", "mode=Final, gby=[]"), Some(StepKind::Summarize));
        assert_eq!(kind("SortExec", "TopK(fetch=3), expr=[]"), Some(StepKind::Top));
        assert_eq!(kind("NewExec", ""), Some(StepKind::Other));
        assert_eq!(
            shown(
                StepKind::Summarize,
                "AggregateExec",
                "mode=Final, gby=[a@0 as a], aggr=[]"
            ),
            "by a"
        );
    }

    #[test]
    fn details_are_written_as_queries_write_them() {
        let text = "CASE WHEN RemoteIP@4 IS NOT NULL THEN RemoteIP@4 ELSE  END";
        let time = "CAST(Timestamp@0 AS Int64) / 100 + 621355968000000000";
        assert_eq!(
            readable(&format!("has({text}, x) AND {time} > 5")),
            "has(RemoteIP, x) AND Timestamp > 5"
        );
        assert!(only_loads(&format!("expr=[{text} as RemoteIP, {time} as Timestamp]")));
        assert!(!only_loads(&format!("expr=[{text} as Address]")));
        assert!(!only_loads("expr=[a@0 as a]"), "a projection of the query");
        assert_eq!(assigned("expr=[a@0 as a, f(b@1, 2) as c]"), "a, c = f(b, 2)");
        let detail = "mode=Single, gby=[a@0 as a], aggr=[count(1) as $aggregation0, max(b@1) as $aggregation1]";
        assert_eq!(summarized(detail), "count(1), max(b) by a");
        assert_eq!(most_rows(StepKind::Top, "TopK(fetch=3), expr=[]"), 3);
    }
}
