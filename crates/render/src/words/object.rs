//! What is wrong with a case in a bucket.

use whotalks_case::{ObjectError, ObjectProblem, StoreError};

use super::Words;
use crate::messages::ObjectMessage as M;

impl Words {
    /// What is wrong with a case in a bucket, and what to do about it; none for what has nothing to do with buckets.
    pub fn object_error(&self, error: &StoreError) -> Option<(String, String)> {
        let (message, hint) = match error {
            StoreError::Object(error) => (self.of_object(error), hint(&error.problem)),
            StoreError::Crowded { path } => {
                let path = path.display().to_string();
                (M::Crowded { path }, M::RunAgainHint)
            }
            StoreError::Overtaken { path } => {
                let path = path.display().to_string();
                (M::Overtaken { path }, M::RunAgainHint)
            }
            _ => return None,
        };
        Some((self.text(&message), self.text(&hint)))
    }

    fn of_object(&self, error: &ObjectError) -> M {
        let (address, problem) = (error.address.clone(), self.text(&problem(&error.problem)));
        match error.action {
            "read" => M::CannotRead { address, problem },
            "list" => M::CannotList { address, problem },
            "remove" => M::CannotRemove { address, problem },
            "use" => M::CannotUse { address, problem },
            _ => M::CannotWrite { address, problem },
        }
    }
}

fn problem(problem: &ObjectProblem) -> M {
    match problem.clone() {
        ObjectProblem::BadAddress => M::BadAddress,
        ObjectProblem::NoCredentials { variable } => M::NoCredentials {
            variable: variable.to_owned(),
        },
        ObjectProblem::BadEndpoint { variable, value } => M::BadEndpoint {
            variable: variable.to_owned(),
            value,
        },
        ObjectProblem::NoCertificates => M::NoCertificates,
        ObjectProblem::WrongCredentials { code } => M::WrongCredentials { code },
        ObjectProblem::Denied { code } => M::Denied { code },
        ObjectProblem::NoBucket => M::NoBucket,
        ObjectProblem::ClockSkew => M::ClockSkew,
        ObjectProblem::WrongRegion { region: None } => M::WrongRegion,
        ObjectProblem::WrongRegion { region: Some(region) } => M::WrongRegionKnown { region },
        ObjectProblem::NoConditionalWrites => M::NoConditionalWrites,
        ObjectProblem::Unreachable { endpoint, reason } => M::Unreachable { endpoint, reason },
        ObjectProblem::Untrusted { endpoint, reason } => M::Untrusted { endpoint, reason },
        ObjectProblem::Refused { status, code } => M::Refused {
            status: status.to_string(),
            code,
        },
        ObjectProblem::BadAnswer { reason } => M::BadAnswer { reason },
        ObjectProblem::TooLarge { bytes, most } => M::TooLarge {
            bytes: bytes.to_string(),
            most: most.to_string(),
        },
        ObjectProblem::Temporary { reason } => M::Temporary { reason },
    }
}

fn hint(problem: &ObjectProblem) -> M {
    match problem {
        ObjectProblem::BadAddress => M::BadAddressHint,
        ObjectProblem::NoCredentials { .. } => M::NoCredentialsHint,
        ObjectProblem::BadEndpoint { .. } => M::BadEndpointHint,
        ObjectProblem::NoCertificates => M::NoCertificatesHint,
        ObjectProblem::WrongCredentials { .. } => M::WrongCredentialsHint,
        ObjectProblem::Denied { .. } => M::DeniedHint,
        ObjectProblem::NoBucket => M::NoBucketHint,
        ObjectProblem::ClockSkew => M::ClockSkewHint,
        ObjectProblem::WrongRegion { .. } => M::WrongRegionHint,
        ObjectProblem::NoConditionalWrites => M::NoConditionalWritesHint,
        ObjectProblem::Unreachable { .. } => M::UnreachableHint,
        ObjectProblem::Untrusted { .. } => M::UntrustedHint,
        ObjectProblem::Refused { .. } => M::RefusedHint,
        ObjectProblem::BadAnswer { .. } => M::BadAnswerHint,
        ObjectProblem::TooLarge { .. } => M::TooLargeHint,
        ObjectProblem::Temporary { .. } => M::TemporaryHint,
    }
}
