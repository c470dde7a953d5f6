//! Captures that were taken together with a host's log: every flow that the log names must get the log's process.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use serde_json::Value;
use whotalks_correlate::Conversation;
use whotalks_record::{Endpoint, Grade, is_public};
use xtask::error::{Error, Result};
use xtask::output::say;

use crate::proof::Proof;

/// Protocol, the end of the host that logs, the far end.
type Ends = (u8, SocketAddr, SocketAddr);

/// The processes that a log gives to each conversation.
type Owners = BTreeMap<Ends, BTreeSet<Owner>>;

/// A process as an event names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Owner {
    /// Its identifier; some exporters drop it.
    pid: Option<u32>,
    /// The file name of its program, lower case.
    program: String,
}

/// External flows, and those that got a process, a name, and both.
#[derive(Default)]
struct External {
    all: u64,
    with_process: u64,
    with_name: u64,
    with_both: u64,
}

/// Asks about every pair of `pcap/NAME….pcap` and `evtx/NAME.jsonl`.
pub(super) fn compare(corpus: &Path, files: &[String], proof: &mut Proof) -> Result {
    let mut external = External::default();
    for (capture, log) in pairs(files) {
        let owners = owners(&std::fs::read_to_string(corpus.join(log)).map_err(Error::reading(log))?);
        let mut named = 0;
        for conversation in crate::told::tell(&[corpus.join(capture), corpus.join(log)])?.conversations {
            external.note(&conversation);
            let Some(owners) = owners.get(&ends(&conversation)).filter(|_| conversation.flow.is_some()) else {
                continue;
            };
            named += 1;
            proof.case(
                &format!("{capture} {} → {}", conversation.local, conversation.remote),
                owned(&conversation, owners),
            );
        }
        say(&format!(
            "corpus: {capture} with {log}: {named} flows are named by the log"
        ));
    }
    external.tell(proof);
    Ok(())
}

/// Captures and logs of one scenario: the capture's name begins with the log's.
fn pairs(files: &[String]) -> Vec<(&str, &str)> {
    let logs = files
        .iter()
        .filter_map(|log| Some((log, log.strip_prefix("evtx/")?.strip_suffix(".jsonl")?)));
    let of_log = logs.flat_map(|(log, name)| {
        let captures = files
            .iter()
            .filter(move |file| file.strip_prefix("pcap/").is_some_and(|file| file.starts_with(name)));
        captures.map(move |capture| (capture.as_str(), log.as_str()))
    });
    of_log.collect()
}

/// Whether the conversation got one of the processes that the log names: by identifier, or where the log has none by
/// program.
fn owned(conversation: &Conversation, owners: &BTreeSet<Owner>) -> std::result::Result<(), String> {
    let process = conversation.process.process.as_ref();
    let pid = process.and_then(|process| process.pid).map(|pid| pid.0);
    let program = process.and_then(|process| process.image.as_deref()).map(file_name);
    let same = |owner: &Owner| match owner.pid {
        Some(_) => owner.pid == pid,
        None => Some(&owner.program) == program.as_ref(),
    };
    match process {
        Some(_) if owners.iter().any(same) => Ok(()),
        Some(_) => Err(format!("got {program:?} pid {pid:?}, the log says {owners:?}")),
        None => Err(format!(
            "got no process ({:?}), the log says {owners:?}",
            conversation.process.unknown
        )),
    }
}

fn ends(conversation: &Conversation) -> Ends {
    let socket = |end: Endpoint| SocketAddr::new(end.address, end.port);
    (
        conversation.protocol.0,
        socket(conversation.local),
        socket(conversation.remote),
    )
}

/// Reads Security 5156 and 5157 and Sysmon 3 out of JSON lines, without the product's reader.
fn owners(lines: &str) -> Owners {
    let mut owners = Owners::new();
    for event in lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
    {
        if let Some((ends, owner)) = owner(&event) {
            owners.entry(ends).or_default().insert(owner);
        }
    }
    owners
}

/// The audit events of the connect and accept layers name the host's own end first whoever opened the connection; Sysmon
/// names the end that opened it first.
fn owner(event: &Value) -> Option<(Ends, Owner)> {
    let (fields, local_first) = match text(event, "EventID")?.as_str() {
        "5156" | "5157" => (
            ["SourceAddress", "SourcePort", "DestAddress", "DestPort", "Application"],
            true,
        ),
        "3" => (
            ["SourceIp", "SourcePort", "DestinationIp", "DestinationPort", "Image"],
            text(event, "Initiated")? == "true",
        ),
        _ => return None,
    };
    let [source, source_port, destination, destination_port, image] = fields.map(|field| text(event, field));
    let (source, destination) = (
        socket(&source?, &source_port?)?,
        socket(&destination?, &destination_port?)?,
    );
    let (local, remote) = if local_first {
        (source, destination)
    } else {
        (destination, source)
    };
    let pid = text(event, "ProcessID").or_else(|| text(event, "ProcessId"));
    let owner = Owner {
        pid: pid.and_then(|pid| pid.parse().ok()),
        program: file_name(&image?),
    };
    Some(((protocol(event)?, local, remote), owner))
}

fn protocol(event: &Value) -> Option<u8> {
    match text(event, "Protocol")?.as_str() {
        "tcp" => Some(6),
        "udp" => Some(17),
        number => number.parse().ok(),
    }
}

fn file_name(image: &str) -> String {
    image.rsplit('\\').next().unwrap_or(image).to_lowercase()
}

fn socket(address: &str, port: &str) -> Option<SocketAddr> {
    let address: IpAddr = address.parse().ok()?;
    Some(SocketAddr::new(address.to_canonical(), port.parse().ok()?))
}

/// A field as text; exporters write numbers with and without quotes.
fn text(event: &Value, field: &str) -> Option<String> {
    match event.get(field)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl External {
    fn note(&mut self, conversation: &Conversation) {
        if conversation.flow.is_none() || !is_public(conversation.remote.address) {
            return;
        }
        let process = conversation.process.grade > Grade::Unknown;
        let name = conversation.name.best.is_some();
        self.all += 1;
        self.with_process += u64::from(process);
        self.with_name += u64::from(name);
        self.with_both += u64::from(process && name);
    }

    fn tell(&self, proof: &mut Proof) {
        let Self {
            all,
            with_process,
            with_name,
            with_both,
        } = self;
        say(&format!(
            "corpus: of {all} external flows in paired captures {with_process} got a process, {with_name} a name, {with_both} both"
        ));
        let counts = [
            ("flows", all),
            ("with_process", with_process),
            ("with_name", with_name),
            ("with_both", with_both),
        ];
        for (what, count) in counts {
            proof.figure(format!("paired_external_{what}"), *count as f64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capture_belongs_to_the_log_whose_name_begins_its_own() {
        let files = [
            "evtx/otrf__a.jsonl",
            "evtx/b.evtx",
            "pcap/otrf__a_2020.cap",
            "pcap/otrf__c.cap",
        ]
        .map(str::to_owned);
        assert_eq!(pairs(&files), [("pcap/otrf__a_2020.cap", "evtx/otrf__a.jsonl")]);
    }

    #[test]
    fn an_event_names_the_owner_of_the_logging_hosts_own_end() {
        let audit = r#"{"EventID":5156,"Protocol":"6","ProcessId":"4","Application":"System","SourceAddress":"192.0.2.2",
            "SourcePort":"443","DestAddress":"192.0.2.1","DestPort":"50000"}"#;
        let sysmon = r#"{"EventID":3,"Protocol":"tcp","Image":"C:\\a\\B.exe","Initiated":"false","SourceIp":"192.0.2.1",
            "SourcePort":50000,"DestinationIp":"192.0.2.2","DestinationPort":443}"#;
        let other = r#"{"EventID":4688,"ProcessId":9}"#;
        let lines = [audit, sysmon, other].map(|event| event.replace('\n', ""));
        let owners = owners(&lines.join("\n"));
        let here: Vec<&Ends> = owners.keys().collect();
        assert_eq!(
            here,
            [&(6, "192.0.2.2:443".parse().unwrap(), "192.0.2.1:50000".parse().unwrap())]
        );
        let expected = [(None, "b.exe"), (Some(4), "system")];
        let expected = expected.map(|(pid, program)| Owner {
            pid,
            program: program.to_owned(),
        });
        assert_eq!(owners.into_values().next().unwrap(), BTreeSet::from(expected));
    }
}
