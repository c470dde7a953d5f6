//! Paths into dynamic values: `$.a.b[0]["c d"]`.

use crate::prelude::*;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step<'p> {
    Name(&'p str),
    Index(i64),
}

/// The steps of a path; a text that does not begin with `$` is one name.
pub(crate) fn steps(path: &str) -> Vec<Step<'_>> {
    let Some(mut rest) = path.strip_prefix('$') else {
        return vec![Step::Name(path)];
    };
    let mut steps = Vec::new();
    while let Some((step, after)) = step(rest) {
        steps.push(step);
        rest = after;
    }
    steps
}

fn step(rest: &str) -> Option<(Step<'_>, &str)> {
    if let Some(inner) = rest.strip_prefix('[') {
        let close = inner.find(']')?;
        let (key, after) = (inner.get(..close)?, inner.get(close + 1..)?);
        let name = key
            .strip_prefix(['\'', '"'])
            .and_then(|key| key.strip_suffix(['\'', '"']));
        return Some((
            name.map_or_else(|| key.parse().map(Step::Index).ok(), |name| Some(Step::Name(name)))?,
            after,
        ));
    }
    let name = rest.strip_prefix('.')?;
    let end = name.find(['.', '[']).unwrap_or(name.len());
    Some((Step::Name(name.get(..end)?), name.get(end..)?))
}

/// The value at the end of a path.
pub(crate) fn follow<'v>(view: DynamicView<'v>, path: &str) -> Option<DynamicView<'v>> {
    steps(path).iter().try_fold(view, |view, step| match step {
        Step::Name(name) => view.get(name),
        Step::Index(index) => view.at(*index),
    })
}
