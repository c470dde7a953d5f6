//! `top-hitters`: the values that occur most often, or whose sum is greatest. Kusto estimates; here the numbers are exact.

use whotalks_kql_syntax::tree::operator::{Summarize, Top, TopHitters};
use whotalks_kql_syntax::tree::{Direction, OperatorParameters, Ordered};

use super::written::{assigned, called, named};
use crate::bind::{Binder, implied};
use crate::error::Result;
use crate::relation::Relation;

impl Binder<'_> {
    pub(super) fn top_hitters(&mut self, input: Relation, hitters: &TopHitters) -> Result<Relation> {
        let (function, subject, arguments) = match &hitters.by {
            Some(by) => ("sum", by, vec![by.clone()]),
            None => ("count", &hitters.of, Vec::new()),
        };
        let name = format!("approximate_{function}_{}", implied(subject).unwrap_or_default());
        let value = called(function, arguments);
        let summarize = Summarize {
            parameters: OperatorParameters::default(),
            aggregations: vec![assigned(&name, value)],
            by: vec![hitters.of.clone()],
            bin: None,
        };
        let summarized = self.summarize(input, &summarize)?;
        let top = Top {
            parameters: OperatorParameters::default(),
            count: hitters.count.clone(),
            by: Ordered {
                expression: named(&name),
                direction: Some(Direction::Descending),
                nulls: None,
            },
        };
        self.top(summarized, &top)
    }
}
