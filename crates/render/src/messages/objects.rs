//! Messages about cases in a bucket.

use crate::messages::macros::messages;

messages! {
    /// Messages about cases in a bucket.
    ObjectMessage {
        CannotRead { address: String, problem: String } = "object-cannot-read",
        CannotWrite { address: String, problem: String } = "object-cannot-write",
        CannotList { address: String, problem: String } = "object-cannot-list",
        CannotRemove { address: String, problem: String } = "object-cannot-remove",
        CannotUse { address: String, problem: String } = "object-cannot-use",
        BadAddress = "object-bad-address",
        BadAddressHint = "object-bad-address-hint",
        NoCredentials { variable: String } = "object-no-credentials",
        NoCredentialsHint = "object-no-credentials-hint",
        BadEndpoint { variable: String, value: String } = "object-bad-endpoint",
        BadEndpointHint = "object-bad-endpoint-hint",
        NoCertificates = "object-no-certificates",
        NoCertificatesHint = "object-no-certificates-hint",
        WrongCredentials { code: String } = "object-wrong-credentials",
        WrongCredentialsHint = "object-wrong-credentials-hint",
        Denied { code: String } = "object-denied",
        DeniedHint = "object-denied-hint",
        NoBucket = "object-no-bucket",
        NoBucketHint = "object-no-bucket-hint",
        ClockSkew = "object-clock-skew",
        ClockSkewHint = "object-clock-skew-hint",
        WrongRegion = "object-wrong-region",
        WrongRegionKnown { region: String } = "object-wrong-region-known",
        WrongRegionHint = "object-wrong-region-hint",
        NoConditionalWrites = "object-no-conditional-writes",
        NoConditionalWritesHint = "object-no-conditional-writes-hint",
        Unreachable { endpoint: String, reason: String } = "object-unreachable",
        UnreachableHint = "object-unreachable-hint",
        Refused { status: String, code: String } = "object-refused",
        RefusedHint = "object-refused-hint",
        BadAnswer { reason: String } = "object-bad-answer",
        BadAnswerHint = "object-bad-answer-hint",
        TooLarge { bytes: String, most: String } = "object-too-large",
        TooLargeHint = "object-too-large-hint",
        Temporary { reason: String } = "object-temporary",
        TemporaryHint = "object-temporary-hint",
        Crowded { path: String } = "object-crowded",
        Overtaken { path: String } = "object-overtaken",
        RunAgainHint = "object-run-again-hint",
    }
}
