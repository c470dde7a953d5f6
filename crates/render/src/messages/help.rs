//! Help of the command line: what the program, its commands and its arguments do.

use crate::messages::macros::messages;

messages! {
    /// Help of the command line: what the program, its commands and its arguments do.
    HelpMessage {
        About = "help-about",
        AboutLong = "help-about-long",
        Investigate = "help-investigate",
        Ask = "help-ask",
        Explain = "help-explain",
        Evidence = "help-evidence",
        Packets = "help-packets",
        Statistics = "help-statistics",
        Interval = "help-interval",
        Limit = "help-limit",
        PacketsCsv = "help-packets-csv",
        Doctor = "help-doctor",
        Completions = "help-completions",
        Man = "help-man",
        Paths = "help-paths",
        Case = "help-case",
        Html = "help-html",
        Json = "help-json",
        Csv = "help-csv",
        Lang = "help-lang",
        Wide = "help-wide",
        UtcOffset = "help-utc-offset",
        Subject = "help-subject",
        Reference = "help-reference",
        Shell = "help-shell",
        ManFolder = "help-man-folder",
        Help = "help-help",
        Version = "help-version",
        Usage = "help-usage",
        Commands = "help-commands",
        Arguments = "help-arguments",
        Options = "help-options",
        ExitCodes = "help-exit-codes",
    }
}
