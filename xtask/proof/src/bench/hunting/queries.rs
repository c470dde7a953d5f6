//! The queries, in the languages of all three engines.

/// A query in three languages; `{events}` and `{processes}` stand for the tables of the others.
pub(super) struct Query {
    pub(super) name: &'static str,
    pub(super) kusto: &'static str,
    pub(super) duckdb: &'static str,
    pub(super) clickhouse: &'static str,
}

/// What investigators ask; the first is the one address that everybody begins with.
pub(super) const QUERIES: [Query; 10] = [
    Query {
        name: "needle",
        kusto: "DeviceNetworkEvents | where RemoteIP == '203.0.113.77' | project Timestamp, DeviceName, RemoteUrl",
        duckdb: "SELECT Timestamp, DeviceName, RemoteUrl FROM {events} WHERE RemoteIP = '203.0.113.77'",
        clickhouse: "SELECT Timestamp, DeviceName, RemoteUrl FROM {events} WHERE RemoteIP = '203.0.113.77'",
    },
    Query {
        name: "top",
        kusto: "DeviceNetworkEvents | summarize Count = count() by RemoteUrl | top 20 by Count",
        duckdb: "SELECT RemoteUrl, count(*) c FROM {events} GROUP BY RemoteUrl ORDER BY c DESC LIMIT 20",
        clickhouse: "SELECT RemoteUrl, count(*) c FROM {events} GROUP BY RemoteUrl ORDER BY c DESC LIMIT 20",
    },
    Query {
        name: "dcount",
        kusto: "DeviceNetworkEvents | summarize dcount(RemoteIP) by DeviceName",
        duckdb: "SELECT DeviceName, approx_count_distinct(RemoteIP) FROM {events} GROUP BY DeviceName",
        clickhouse: "SELECT DeviceName, uniq(RemoteIP) FROM {events} GROUP BY DeviceName",
    },
    Query {
        name: "bins",
        kusto: "DeviceNetworkEvents | summarize count() by bin(Timestamp, 1h)",
        duckdb: "SELECT date_trunc('hour', Timestamp) h, count(*) FROM {events} GROUP BY h",
        clickhouse: "SELECT toStartOfHour(Timestamp) h, count(*) FROM {events} GROUP BY h",
    },
    Query {
        name: "join",
        kusto: "DeviceNetworkEvents | where RemotePort == 8443 | join kind=inner (DeviceProcessEvents | project DeviceName, InitiatingProcessId = ProcessId, FileName) on DeviceName, InitiatingProcessId | summarize count() by FileName",
        duckdb: "SELECT p.FileName, count(*) FROM {events} e JOIN {processes} p ON e.DeviceName = p.DeviceName AND e.InitiatingProcessId = p.ProcessId WHERE e.RemotePort = 8443 GROUP BY p.FileName",
        clickhouse: "SELECT p.FileName, count(*) FROM {events} e JOIN {processes} p ON e.DeviceName = p.DeviceName AND e.InitiatingProcessId = p.ProcessId WHERE e.RemotePort = 8443 GROUP BY p.FileName",
    },
    Query {
        name: "has",
        kusto: "DeviceNetworkEvents | where RemoteUrl has 'tracker8' | summarize count() by DeviceName",
        duckdb: "SELECT DeviceName, count(*) FROM {events} WHERE regexp_matches(RemoteUrl, '(?i)(^|[^0-9a-z])tracker8($|[^0-9a-z])') GROUP BY DeviceName",
        clickhouse: "SELECT DeviceName, count(*) FROM {events} WHERE hasTokenCaseInsensitive(ifNull(RemoteUrl, ''), 'tracker8') GROUP BY DeviceName",
    },
    Query {
        name: "contains",
        kusto: "DeviceNetworkEvents | where RemoteUrl contains 'acker8' | summarize count() by DeviceName",
        duckdb: "SELECT DeviceName, count(*) FROM {events} WHERE RemoteUrl ILIKE '%acker8%' GROUP BY DeviceName",
        clickhouse: "SELECT DeviceName, count(*) FROM {events} WHERE positionCaseInsensitive(RemoteUrl, 'acker8') > 0 GROUP BY DeviceName",
    },
    Query {
        name: "regex",
        kusto: "DeviceNetworkEvents | where RemoteUrl matches regex @'^track[a-z]+9\\.' | summarize count() by DeviceName",
        duckdb: "SELECT DeviceName, count(*) FROM {events} WHERE regexp_matches(RemoteUrl, '^track[a-z]+9\\.') GROUP BY DeviceName",
        clickhouse: "SELECT DeviceName, count(*) FROM {events} WHERE match(RemoteUrl, '^track[a-z]+9\\\\.') GROUP BY DeviceName",
    },
    Query {
        name: "arg_max",
        kusto: "DeviceNetworkEvents | summarize arg_max(Timestamp, RemoteIP, RemoteUrl) by DeviceName",
        duckdb: "SELECT DeviceName, max(Timestamp), arg_max(RemoteIP, Timestamp), arg_max(RemoteUrl, Timestamp) FROM {events} GROUP BY DeviceName",
        clickhouse: "SELECT DeviceName, max(Timestamp), argMax(RemoteIP, Timestamp), argMax(RemoteUrl, Timestamp) FROM {events} GROUP BY DeviceName",
    },
    Query {
        name: "make_set",
        kusto: "DeviceNetworkEvents | where RemotePort == 8443 | summarize make_set(RemoteIP) by DeviceName",
        duckdb: "SELECT DeviceName, list(DISTINCT RemoteIP) FROM {events} WHERE RemotePort = 8443 GROUP BY DeviceName",
        clickhouse: "SELECT DeviceName, groupUniqArray(RemoteIP) FROM {events} WHERE RemotePort = 8443 GROUP BY DeviceName",
    },
];
