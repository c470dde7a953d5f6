//! The sentences of a cited answer.

use crate::messages::macros::messages;

messages! {
    /// The sentences of a cited answer.
    StatementMessage {
        Talks { program: String, host: String, remote: String, detail: String } = "talks",
        TalksCalled { program: String, host: String, remote: String, detail: String } = "talks-called",
        ProgramParent { parent: String } = "program-parent",
        ServiceOneOf { services: String } = "service-one-of",
        ServiceOneOfMany { count: u64 } = "service-one-of-many",
        ProcessImage { image: String } = "process-image",
        ProcessImageUnknown = "process-image-unknown",
        ProcessStartedEnded { started: String, ended: String } = "process-started-ended",
        ProcessStarted { started: String } = "process-started",
        ProcessEnded { ended: String } = "process-ended",
        ProcessCommandLine { command: String } = "process-command-line",
        Volume { sent: String, received: String, period: String } = "volume",
        VolumeUnknown { period: String } = "volume-unknown",
        NameIs { name: String, how: String } = "name-is",
        OtherNames { names: String } = "other-names",
        DecisionAllowed { filter: String, events: String } = "decision-allowed",
        DecisionAllowedUnnamed { events: String } = "decision-allowed-unnamed",
        DecisionBlocked { filter: String, events: String } = "decision-blocked",
        DecisionBlockedUnnamed { events: String } = "decision-blocked-unnamed",
        DecisionDropped { events: String } = "decision-dropped",
        DecisionPassed = "decision-passed",
        DecisionUnknown = "decision-unknown",
        Filter { id: String, name: String } = "filter",
        FilterUnnamed { id: String } = "filter-unnamed",
        FilterLayer { layer: String } = "filter-layer",
        FilterOrigin { origin: String } = "filter-origin",
        Known { owner: String, purpose: String } = "known",
        KnownBreaks { breaks: String } = "known-breaks",
        KnownTurnOff { ways: String } = "known-turn-off",
        KnownNoTurnOff = "known-no-turn-off",
        NotInCatalogue { version: String } = "not-in-catalogue",
        Finding { title: String, sentence: String } = "finding",
        ConflictProgram { program: String } = "conflict-program",
        RelaysForOne { program: String } = "relays-for-one",
        RelaysForOneOf { programs: String } = "relays-for-one-of",
        NoOtherHost { coverage: String } = "no-other-host",
        NothingFound { subject: String, coverage: String } = "nothing-found",
        EmptyAnswer { subject: String } = "empty-answer",
    }
}
