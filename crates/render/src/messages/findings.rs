//! Findings: titles, sentences and what they mean.

use crate::messages::macros::messages;

messages! {
    /// Findings: titles, sentences and what they mean.
    FindingMessage {
        TitleSynSweep = "title-syn-sweep",
        TitleLookAlikeName = "title-look-alike-name",
        TitleWrongPath = "title-wrong-path",
        TitleListenerBurst = "title-listener-burst",
        TitleBeacon = "title-beacon",
        TitleUnexpectedProgram = "title-unexpected-program",
        TitleSourcesDisagree = "title-sources-disagree",
        TitleNameMismatch = "title-name-mismatch",
        TitleLogCleared = "title-log-cleared",
        TitleLateralConnection = "title-lateral-connection",
        SynSweep { host: String, program: String, scope: String, targets: String, ports: String, duration: String, answers: String } = "syn-sweep",
        SynSweepTargets { count: u64 } = "syn-sweep-targets",
        SynSweepScopeMany = "syn-sweep-scope-many",
        SynSweepAnswered { count: u64 } = "syn-sweep-answered",
        SynSweepNoneAnswered = "syn-sweep-none-answered",
        SynSweepAnswersUnseen = "syn-sweep-answers-unseen",
        LookAlikeName { program: String, imitates: String, image: String } = "look-alike-name",
        LookAlikeNameParent { program: String, imitates: String, image: String, parent: String } = "look-alike-name-parent",
        WrongPath { program: String, image: String, expected: String } = "wrong-path",
        ListenerBurst { program: String, ports: u64, duration: String } = "listener-burst",
        ListenerBurstListing { program: String, ports: u64 } = "listener-burst-listing",
        Beacon { program: String, remote: String, interval: String, jitter: String, calls: u64, score: String } = "beacon",
        UnexpectedProgram { program: String, name: String, expected: String } = "unexpected-program",
        UnexpectedProgramUnlisted { program: String, name: String } = "unexpected-program-unlisted",
        SourcesDisagree { remote: String, programs: String } = "sources-disagree",
        NameMismatch { remote: String, asked: String, shown: String } = "name-mismatch",
        LogCleared { host: String } = "log-cleared",
        LateralConnection { host: String, other: String, address: String } = "lateral-connection",
        AdviceSynSweep = "advice-syn-sweep",
        AdviceLookAlikeName = "advice-look-alike-name",
        AdviceWrongPath = "advice-wrong-path",
        AdviceListenerBurst = "advice-listener-burst",
        AdviceBeacon = "advice-beacon",
        AdviceUnexpectedProgram = "advice-unexpected-program",
        AdviceSourcesDisagree = "advice-sources-disagree",
        AdviceNameMismatch = "advice-name-mismatch",
        AdviceLogCleared = "advice-log-cleared",
        AdviceLateralConnection = "advice-lateral-connection",
    }
}
