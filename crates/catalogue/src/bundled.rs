//! The data files, built into the program.

use crate::table::DataFile;

/// The date of the data.
pub(crate) const VERSION: &str = include_str!("../data/version.txt");

macro_rules! data_file {
    ($constant:ident, $name:literal) => {
        pub(crate) const $constant: DataFile = DataFile {
            name: $name,
            text: include_str!(concat!("../data/", $name)),
        };
    };
}

data_file!(SOURCES, "sources.tsv");
data_file!(AREAS, "areas.tsv");
data_file!(FEATURES, "features.tsv");
data_file!(ENDPOINTS, "endpoints.tsv");
data_file!(SHARED_HOSTS, "multi_tenant.tsv");
data_file!(SHARED_KINDS, "multi_tenant_kinds.tsv");
data_file!(ADDRESSES, "addresses.tsv");
data_file!(TURN_OFFS, "turn_offs.tsv");
data_file!(POLICIES, "policies.tsv");
data_file!(POLICY_STATES, "policy_states.tsv");
data_file!(REGISTRY, "registry.tsv");
data_file!(PROCESSES, "system_processes.tsv");
data_file!(LOOK_ALIKES, "look_alikes.tsv");
data_file!(LEGITIMATE, "legitimate_names.tsv");
data_file!(HOMOGLYPHS, "homoglyphs.tsv");
data_file!(COPIES, "copies.tsv");
data_file!(SERVICES, "services.tsv");
