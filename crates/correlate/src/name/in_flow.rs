//! Names that travelled in the flow itself: what the client asked for.

use whotalks_record::{Grade, NameObservation, NameSource};

use crate::{NameCandidate, NameEvidence};

/// The candidates of a flow's own content. An outer name of an encrypted ClientHello is only
/// inferred: it may be a cover. So is the name in a certificate, which anybody can write into his own.
pub(crate) fn in_flow(names: &[NameObservation]) -> Vec<NameCandidate> {
    let mut candidates: Vec<NameCandidate> = Vec::new();
    for seen in names {
        let evidence = evidence_of(seen.source);
        let known = candidates
            .iter_mut()
            .find(|one| one.name == seen.name && one.evidence == evidence && one.port == seen.port);
        match known {
            Some(known) if known.proof.len() < MOST_PROOF_SPANS => known.proof.push(seen.span),
            Some(_) => {}
            None => candidates.push(candidate(seen, evidence)),
        }
    }
    candidates
}

/// The most requests that prove one name.
const MOST_PROOF_SPANS: usize = 3;

fn candidate(seen: &NameObservation, evidence: NameEvidence) -> NameCandidate {
    let weak = evidence.may_be_outer_name() || evidence == NameEvidence::Certificate;
    NameCandidate {
        name: seen.name.clone(),
        port: seen.port,
        evidence,
        grade: if weak { Grade::Inferred } else { Grade::Observed },
        time: seen.time,
        proof: vec![seen.span],
    }
}

fn evidence_of(source: NameSource) -> NameEvidence {
    match source {
        NameSource::HttpHost => NameEvidence::HttpHost,
        NameSource::TlsCertificate => NameEvidence::Certificate,
        NameSource::QuicSni(ech) => NameEvidence::QuicServerName(ech),
        NameSource::TlsSni(ech) => NameEvidence::TlsServerName(ech),
        source @ (NameSource::SocksTarget | NameSource::HttpAbsolute | NameSource::HttpConnect) => {
            NameEvidence::ProxyTarget(source)
        }
    }
}
