//! Layers of the Windows Filtering Platform: run-time identifiers, tokens and symbolic names.

use rustc_hash::FxHashMap;
use whotalks_record::{ConnectionEvent, FilterLayer, Text};

const RUN_TIME_IDENTIFIERS: &str = include_str!("../../data/layers.tsv");
const TOKENS: &str = include_str!("../../data/layer_names.tsv");

/// Names of layers: the built-in ones, and those that state dumps of the case list.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    built_in: FxHashMap<u16, Text>,
    listed: FxHashMap<u16, Text>,
    tokens: FxHashMap<&'static str, &'static str>,
}

impl Layers {
    pub(crate) fn new(listed: &[FilterLayer]) -> Self {
        let built_in = rows(RUN_TIME_IDENTIFIERS)
            .filter_map(|(id, name)| Some((id.parse().ok()?, name.into())))
            .collect();
        let listed = listed.iter().map(|layer| (layer.id, Text::clone(&layer.key))).collect();
        Self {
            built_in,
            listed,
            tokens: rows(TOKENS).collect(),
        }
    }

    /// The symbolic name of the layer of an event; what the dump lists outranks what is built in.
    pub(crate) fn of_event(&self, event: &ConnectionEvent) -> Option<Text> {
        let id = event.layer_id?;
        self.listed.get(&id).or_else(|| self.built_in.get(&id)).cloned()
    }

    /// Whether a filter's layer, in whatever words its source has, can be the layer of an event. Words that cannot be
    /// compared do not contradict.
    pub(crate) fn agree(&self, event: &ConnectionEvent, filter_layer: Option<&str>) -> bool {
        let Some(filter_layer) = filter_layer else { return true };
        if filter_layer.starts_with("FWPM_LAYER_") {
            return self.of_event(event).is_none_or(|layer| *layer == *filter_layer);
        }
        match (self.tokens.get(filter_layer), self.of_event(event)) {
            (Some(part), Some(layer)) => layer.contains(part),
            _ => true,
        }
    }
}

/// Two tab-separated columns; comments and the header left out.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_layer_tables_is_read() {
        let layers = Layers::new(&[]);
        assert_eq!(layers.built_in.len(), 56);
        assert_eq!(
            layers.built_in.get(&48).map(|name| &**name),
            Some("FWPM_LAYER_ALE_AUTH_CONNECT_V4")
        );
        assert_eq!(layers.tokens.get("%%14611"), Some(&"ALE_AUTH_CONNECT"));
    }
}
