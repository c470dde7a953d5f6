//! The queries that come along: questions about the network that an analyst asks first. Each is run by a test on evidence.

use crate::front_matter::read;
use crate::saved::SavedQuery;

/// Declares the bundled queries, by the names of their files.
macro_rules! queries {
    ($($name:literal),+ $(,)?) => {
        const QUERIES: &[(&str, &str)] = &[
            $( ($name, include_str!(concat!("../data/", $name, ".kql"))) ),+
        ];
    };
}

queries!(
    "address",
    "beacons",
    "behind-proxy",
    "blocked",
    "certificate-only",
    "coverage",
    "dns-failures",
    "first-seen",
    "inbound",
    "listeners",
    "long-names",
    "many-targets",
    "new-programs",
    "past-proxy",
    "plain-http",
    "traffic",
    "unnamed",
    "unusual-ports",
    "uploads",
);

/// The queries that come along, by name. A test reads each of them, so that none is missing here.
pub fn bundled() -> Vec<SavedQuery> {
    QUERIES
        .iter()
        .filter_map(|(name, text)| read(name, text).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_query_says_what_it_tells_in_both_languages() {
        let queries = bundled();
        assert_eq!(queries.len(), QUERIES.len());
        for query in queries {
            let wordings = [&query.title, &query.description];
            let parameters = query.parameters.iter().map(|parameter| &parameter.description);
            for wording in wordings.into_iter().chain(parameters) {
                assert!(!wording.english.is_empty(), "{}", query.name);
                assert!(
                    wording.english != wording.japanese,
                    "{}: {}",
                    query.name,
                    wording.english
                );
            }
            assert!(!query.tags.is_empty(), "{}", query.name);
            let is_technique = |id: &String| id.starts_with('T') && id.len() >= 5;
            assert!(query.attack.iter().all(is_technique), "{}", query.name);
            let read = whotalks_kql_syntax::parse(&query.text);
            assert!(read.diagnostics.is_empty(), "{}: {:?}", query.name, read.diagnostics);
        }
    }

    #[test]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
        let files = crate::folder(std::path::Path::new(folder)).unwrap();
        let names: Vec<&str> = files.iter().map(|query| query.name.as_str()).collect();
        let listed: Vec<&str> = QUERIES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, listed);
    }

    #[test]
    fn every_parameter_has_a_default_or_is_the_question_itself() {
        for query in bundled() {
            let required: Vec<&str> = query
                .parameters
                .iter()
                .filter(|parameter| parameter.default.is_none())
                .map(|parameter| parameter.name.as_str())
                .collect();
            let asked: &[&str] = if query.name == "address" { &["address"] } else { &[] };
            assert_eq!(required, asked, "{}", query.name);
        }
    }
}
