//! Every published query is bound and run over a generated case.

use std::num::NonZeroUsize;
use std::time::Duration;

use whotalks_kql_plan::values::DateTime;
use whotalks_kql_plan::{Answer, Embedded, Limits, TableSet, Tables as _};
use whotalks_tables::hunting::Flavour;
use xtask::error::{Error, Result};
use xtask::output::say;

use super::explained::Explained;
use super::official::Columns;
use super::oracle::Oracle;
use super::places;
use super::tables::{NOW_NANOSECONDS, generated};
use super::texts::Text;
use super::witness::{self, Sought};
use crate::proof::Proof;

/// The least share of the queries that can run that must.
const LEAST_RUNNING: f64 = 1.0;
/// The least share of the queries over network events that can find something that must.
const LEAST_FINDING: f64 = 1.0;
/// The least share of all other queries that must find something: nothing was made with them in view.
const LEAST_FINDING_OTHERS: f64 = 0.92;
/// The least number of queries that a plain reading is compared with.
const LEAST_COMPARED: usize = 40;
/// Memory that a query may use.
const MEMORY_BYTES: usize = 1 << 30;
/// How long a query may take.
const TIME: Duration = Duration::from_secs(30);

type Failed = whotalks_kql_plan::PlanError;

/// The generated case in the two flavours of its tables.
struct Case {
    engine: Embedded,
    defender: TableSet,
    sentinel: TableSet,
}

/// A query that has an answer.
pub(super) struct Answered {
    /// What it is called.
    pub(super) name: String,
    /// What it says.
    pub(super) text: String,
    /// The columns of the answer: their names and types.
    pub(super) columns: Columns,
}

/// How many of some queries did what they should.
#[derive(Default)]
struct Share {
    held: usize,
    all: usize,
    /// Those that did not.
    missed: Vec<String>,
    /// Those that cannot, with their reasons.
    cannot: Vec<String>,
}

/// Runs every published query; the columns of each that has an answer.
pub(super) fn run(texts: &[Text], proof: &mut Proof) -> Result<Vec<Answered>> {
    let explained = Explained::read()?;
    let published: Vec<_> = texts.iter().filter(|text| text.published).collect();
    let numbered = published.iter().enumerate();
    let sought: Vec<_> = numbered.map(|(number, text)| witness::of(number, &text.text)).collect();
    let failed = |error: Failed| Error::Product {
        message: error.to_string(),
    };
    let case = Case::generated(&sought).map_err(failed)?;
    let (mut running, mut network, mut others) = (Share::default(), Share::default(), Share::default());
    let mut answered = Vec::new();
    for (text, sought) in published.iter().zip(&sought) {
        let outcome = case.answer(text, sought);
        let found = outcome.as_ref().is_ok_and(|answer| answer.row_count() > 0);
        answered.extend(outcome.as_ref().ok().map(|answer| Answered::of(text, answer)));
        running.count(text, outcome.is_ok(), explained.error(text));
        let finding = if is_over_network(text) {
            &mut network
        } else {
            &mut others
        };
        finding.count(text, found, explained.empty(text).or_else(|| explained.error(text)));
        if explained.error(text).is_none() {
            proof.case(&format!("{} answered", text.name), outcome.map(|_| ()));
        }
    }
    let compared = compare(&case, &published, proof).map_err(failed)?;
    proof.figure("compared_queries", compared as f64);
    proof.require(
        compared >= LEAST_COMPARED,
        format!("{compared} queries compared with a plain reading, wanted {LEAST_COMPARED}"),
    );
    say(&format!(
        "hunting: {compared} queries compared with a plain reading of them"
    ));
    running.judge("queries that can run do", "running_share", LEAST_RUNNING, proof);
    network.judge(
        "queries over network events that can find something do",
        "finding_share",
        LEAST_FINDING,
        proof,
    );
    others.judge(
        "other queries find something",
        "finding_others_share",
        LEAST_FINDING_OTHERS,
        proof,
    );
    Ok(answered)
}

impl Answered {
    fn of(text: &Text, answer: &Answer) -> Self {
        let columns = answer.columns.iter();
        Self {
            name: text.name.clone(),
            text: text.text.clone(),
            columns: columns
                .map(|column| (column.name.clone(), column.kusto_type.to_string()))
                .collect(),
        }
    }

    /// In which flavour of the tables it was asked.
    pub(super) fn flavour(&self) -> Flavour {
        flavour(&self.text)
    }
}

fn is_over_network(text: &Text) -> bool {
    text.text.contains("DeviceNetworkEvents")
}

/// The flavour of the tables that a query is written for.
fn flavour(text: &str) -> Flavour {
    if text.contains("TimeGenerated") {
        Flavour::Sentinel
    } else {
        Flavour::Xdr
    }
}

impl Case {
    fn generated(sought: &[Sought]) -> std::result::Result<Self, Failed> {
        let witnesses: Vec<_> = sought
            .iter()
            .flat_map(|sought| sought.witnesses.iter().cloned())
            .collect();
        let limits = Limits {
            memory_bytes: MEMORY_BYTES,
            threads: NonZeroUsize::MIN.saturating_add(1),
            time: Some(TIME),
        };
        let tables = |flavour| {
            let mut tables = generated(&witnesses, flavour)?;
            tables.set_places(places::of(sought));
            Ok::<_, Failed>(tables)
        };
        Ok(Self {
            engine: Embedded::new(limits)?,
            defender: tables(Flavour::Xdr)?,
            sentinel: tables(Flavour::Sentinel)?,
        })
    }

    /// What a query gives that may read the files it names.
    fn answer(&self, text: &Text, sought: &Sought) -> std::result::Result<Answer, String> {
        let mut tables = match flavour(&text.text) {
            Flavour::Sentinel => &self.sentinel,
            Flavour::Xdr => &self.defender,
        }
        .clone();
        for (location, content) in &sought.files {
            tables.allow(location, content.clone().into_bytes());
        }
        let answer = self.engine.query(&text.text, &tables, now());
        answer.map_err(|error| error.to_string())
    }
}

impl Share {
    /// Counts a query; one that cannot by its own fault is left out, and missed where it can after all.
    fn count(&mut self, text: &Text, held: bool, cannot: Option<&str>) {
        match cannot {
            Some(reason) if !held => self.cannot.push(format!("{}: {reason}", text.name)),
            Some(_) => {
                self.all += 1;
                self.missed.push(format!("{} (listed as one that cannot)", text.name));
            }
            None => {
                self.all += 1;
                self.held += usize::from(held);
                self.missed.extend((!held).then(|| text.name.clone()));
            }
        }
    }

    fn judge(&self, what: &str, figure: &str, least: f64, proof: &mut Proof) {
        let share = if self.all == 0 {
            1.0
        } else {
            self.held as f64 / self.all as f64
        };
        say(&format!(
            "hunting: {} of {} {what} ({:.2} %)",
            self.held,
            self.all,
            share * 100.0
        ));
        if !self.missed.is_empty() {
            say(&format!("hunting: not {}", self.missed.join(", ")));
        }
        self.cannot
            .iter()
            .for_each(|reason| say(&format!("hunting: cannot: {reason}")));
        proof.figure(figure, share);
        proof.require(
            share >= least,
            format!("{:.2} % of the {what}, wanted {:.0} %", share * 100.0, least * 100.0),
        );
    }
}

/// Compares how many rows simple queries over network events give with a plain reading of them; how many could be compared.
fn compare(case: &Case, published: &[&Text], proof: &mut Proof) -> std::result::Result<usize, Failed> {
    let mut compared = 0;
    for (tables, wanted) in [(&case.defender, Flavour::Xdr), (&case.sentinel, Flavour::Sentinel)] {
        let mut oracle = Oracle::default();
        for name in tables.names() {
            oracle.learn(&name, &case.engine.query(&name, tables, now())?);
        }
        let chosen = |text: &&&Text| is_over_network(text) && flavour(&text.text) == wanted;
        for text in published.iter().filter(chosen) {
            let Some(expected) = oracle.count(&text.text) else {
                continue;
            };
            compared += 1;
            let outcome = rows(&case.engine, &text.text, tables).and_then(|found| match found == expected {
                true => Ok(()),
                false => Err(format!("{found} rows, a plain reading gives {expected}")),
            });
            proof.case(&format!("{} read plainly", text.name), outcome);
        }
    }
    Ok(compared)
}

fn now() -> DateTime {
    DateTime::from_unix_nanoseconds(NOW_NANOSECONDS).unwrap_or(DateTime::UNIX_EPOCH)
}

fn rows(engine: &Embedded, text: &str, tables: &TableSet) -> std::result::Result<usize, String> {
    let answer = engine.query(text, tables, now());
    answer
        .map(|answer| answer.row_count())
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Queries that ask for rows in the ways that published ones do.
    const QUERIES: [&str; 20] = [
        r#"DeviceNetworkEvents | extend Country = tostring(geo_info_from_ip_address(RemoteIP).country) | where Country == "Japan""#,
        r#"let hash = "9858"; find in (DeviceFileEvents, DeviceNetworkEvents) where SHA1 == hash or InitiatingProcessSHA1 == hash"#,
        r#"DeviceNetworkEvents | where RemoteUrl endswith ".top" and RemoteUrl contains "pay" and RemoteUrl !contains "/" "#,
        r#"DeviceNetworkEvents | where RemotePort in (21, 22, 23) | summarize Ports = dcount(RemotePort) by RemoteIP | where Ports == 3"#,
        r#"DeviceNetworkEvents | extend Tld = tostring(split(extract(@"\.([a-z]{2,})$", 0, RemoteUrl), ".")[1]) | where Tld in~ ("zip", "mov")"#,
        r#"DeviceNetworkEvents | where ActionType == "NetworkSignatureInspected" | extend Seen = tostring(parse_json(AdditionalFields).Content)
            | where tostring(split(Seen, " /", 0)[0]) == "GET" | extend File = extract(@".*/(.*)HTTP", 1, Seen)
            | where isnotempty(extract(@".*\.(.*)$", 1, File))"#,
        r#"let Old = DeviceNetworkEvents | where RemotePort == 3389 and Timestamp > ago(20d);
            Old | where Timestamp > ago(2d) | join kind=leftanti (Old | where Timestamp > ago(1d)) on DeviceName"#,
        r#"let Recent = DeviceNetworkEvents | where Timestamp > ago(8h) | summarize by DeviceId;
            DeviceNetworkEvents | where Timestamp > ago(1d) and DeviceId !in (Recent)"#,
        r#"let List = externaldata(sort: string, value: string) ["https://host/list.csv"] with (format="csv", ignoreFirstRecord=True)
            | project value; DeviceNetworkEvents | where RemoteUrl in~ (List)"#,
        r#"let List = externaldata(line: string) ["https://host/list.txt"] | extend Hash = extract("[a-f0-9]{32}", 0, line) | distinct Hash;
            DeviceFileEvents | where MD5 in (List)"#,
        r#"let Nets = toscalar(externaldata(xml: string) ["https://host/a.xml"] with (format="txt")
            | extend Net = tostring(parse_xml(xml).Range.["@Subnet"]) | summarize make_set(Net));
            DeviceNetworkEvents | extend Net = Nets | mv-expand Net to typeof(string) | where ipv4_is_in_range(RemoteIP, Net)"#,
        r#"DeviceNetworkEvents | extend Domain = case(RemoteUrl contains "//", tostring(parse_url(RemoteUrl).Host), RemoteUrl)
            | where Domain in ("a.example", "b.example") and ActionType == "ConnectionFailed""#,
        r#"DeviceNetworkEvents | where RemoteUrl endswith ".tk" | summarize make_set(RemoteUrl) by DeviceId, bin(Timestamp, 10m)
            | where array_length(set_RemoteUrl) >= 5"#,
        r#"let Busy = DeviceNetworkEvents | summarize Seen = count() by DeviceName, bin(Timestamp, 2h) | where Seen > 5
            | summarize Each = make_list(Seen) by DeviceName | extend Out = series_decompose_anomalies(Each, 3) | mv-expand Out
            | where Out == 1 | distinct DeviceName; DeviceNetworkEvents | where DeviceName in (Busy)"#,
        r#"DeviceNetworkEvents | summarize arg_max(Timestamp, *) by DeviceName | where datetime_diff("day", now(), Timestamp) > 30"#,
        r#"DeviceProcessEvents | project Begun = Timestamp, DeviceName, ProcessId | join kind=inner (DeviceNetworkEvents
            | project Called = Timestamp, DeviceName, InitiatingProcessId, RemoteIP) on $left.ProcessId == $right.InitiatingProcessId
            and $left.DeviceName == $right.DeviceName | where Called < Begun + 4h and Called > Begun + 1h"#,
        r#"DeviceEvents | where AdditionalFields startswith "user=" | parse AdditionalFields with "user=" Who:string ";port=" Port:long
            | where Who == "root" and Port > 1000"#,
        r#"search in (DeviceNetworkEvents) "tcp" and "public" | where isempty(RemoteUrl) and ActionType == "ConnectionSuccess""#,
        r#"let IsDomain = (text: string) { text matches regex @"^[a-z]+\.test$" };
            DeviceNetworkEvents | where IsDomain(RemoteUrl) and not(ipv4_is_private(RemoteIP))"#,
        r#"DeviceNetworkEvents | where (RemotePort == 1 or RemotePort == 443) and RemotePort > 100 and not(LocalIP == "127.0.0.1")"#,
    ];

    #[test]
    fn the_generated_case_holds_what_queries_look_for() {
        let texts: Vec<Text> = QUERIES
            .iter()
            .map(|query| Text {
                name: String::new(),
                text: (*query).to_owned(),
                published: true,
            })
            .collect();
        let numbered = texts.iter().enumerate();
        let sought: Vec<_> = numbered.map(|(number, text)| witness::of(number, &text.text)).collect();
        let case = Case::generated(&sought).unwrap();
        for (text, sought) in texts.iter().zip(&sought) {
            let rows = case.answer(text, sought).map(|answer| answer.row_count());
            assert!(rows.as_ref().is_ok_and(|rows| *rows > 0), "{rows:?}: {}", text.text);
        }
    }

    #[test]
    fn a_query_that_is_listed_as_one_that_cannot_is_missed_where_it_can() {
        let text = Text {
            name: "a".to_owned(),
            text: String::new(),
            published: true,
        };
        let mut share = Share::default();
        share.count(&text, false, Some("a reason"));
        assert_eq!((share.held, share.all, share.cannot.len()), (0, 0, 1));
        share.count(&text, true, Some("a reason"));
        assert_eq!((share.held, share.all, share.missed.len()), (0, 1, 1));
    }
}
