//! Counts, sizes, spans of time and the ways to put texts together.

use crate::messages::macros::messages;

messages! {
    /// Counts, sizes, spans of time and the ways to put texts together.
    UnitMessage {
        Files { count: u64 } = "files",
        Hosts { count: u64 } = "hosts",
        Packets { count: u64 } = "packets",
        Events { count: u64 } = "events",
        Rows { count: u64 } = "rows",
        Items { count: u64 } = "items",
        Connections { count: u64 } = "connections",
        Conversations { count: u64 } = "conversations",
        Filters { count: u64 } = "filters",
        LostUnits { count: u64 } = "lost-units",
        SizeBytes { value: String } = "size-bytes",
        SizeKilobytes { value: String } = "size-kilobytes",
        SizeMegabytes { value: String } = "size-megabytes",
        SizeGigabytes { value: String } = "size-gigabytes",
        SizeTerabytes { value: String } = "size-terabytes",
        SpanMicroseconds { value: String } = "span-microseconds",
        SpanMilliseconds { value: String } = "span-milliseconds",
        SpanSeconds { value: String } = "span-seconds",
        SpanMinutes { minutes: u64 } = "span-minutes",
        SpanMinutesSeconds { minutes: u64, seconds: u64 } = "span-minutes-seconds",
        SpanHours { hours: u64 } = "span-hours",
        SpanHoursMinutes { hours: u64, minutes: u64 } = "span-hours-minutes",
        SpanDays { days: u64 } = "span-days",
        SpanDaysHours { days: u64, hours: u64 } = "span-days-hours",
        List { first: String, rest: String } = "list",
        Alternatives { first: String, rest: String } = "alternatives",
        Sentences { first: String, rest: String } = "sentences",
        Range { first: String, last: String } = "range",
        WithDetail { text: String, detail: String } = "with-detail",
        WithDetailWide { text: String, detail: String } = "with-detail-wide",
        Labelled { label: String, text: String } = "labelled",
        AndMore { count: u64 } = "and-more",
    }
}
