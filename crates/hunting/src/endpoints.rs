//! `Endpoints`: the catalogue of known endpoints.

use whotalks_catalogue::{Catalogue, Endpoint, Feature, Support};
use whotalks_record::Text;
use whotalks_tables::hunting::EndpointRow;

use crate::json::texts;

/// One row per endpoint and feature; what the catalogue could not confirm is no answer.
pub(crate) fn rows(catalogue: &Catalogue) -> impl Iterator<Item = EndpointRow> {
    let documented = catalogue
        .endpoints()
        .iter()
        .filter(|endpoint| endpoint.support == Support::Documented);
    documented.flat_map(move |endpoint| {
        let features = endpoint.feature_ids.iter().filter_map(|id| catalogue.feature(id));
        features.map(move |feature| row(endpoint, feature, catalogue))
    })
}

fn row(endpoint: &Endpoint, feature: &Feature, catalogue: &Catalogue) -> EndpointRow {
    let source = catalogue.source(&feature.source_id);
    EndpointRow {
        pattern: Some(endpoint.pattern.as_str().into()),
        path: endpoint.path.as_deref().map(Text::from),
        feature: Some(feature.id.as_str().into()),
        owner: Some(feature.owner.as_str().into()),
        product: Some(feature.product.as_str().into()),
        purpose: Some(feature.purpose.en.as_str().into()),
        purpose_japanese: Some(feature.purpose.ja.as_str().into()),
        breaks: Some(feature.breaks.en.as_str().into()),
        turn_offs: texts(&feature.turn_off_ids),
        processes: texts(&feature.callers.processes),
        services: texts(&feature.callers.services),
        anyone_can_publish: Some(endpoint.anyone_can_publish),
        source: source.map(|source| format!("{}: {}", source.publisher, source.title).into()),
    }
}
