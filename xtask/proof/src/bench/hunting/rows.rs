//! Rows as a case of many hosts has them, written as a case writes them.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::time::Instant;

use arrow_schema::SchemaRef;
use whotalks_case::kql::Column;
use whotalks_record::{Nanoseconds, Text, Timestamp};
use whotalks_store::{CaseStore, HuntingRows, HuntingTable, WriterIdentity};
use whotalks_tables::hunting::{DeviceNetworkEvents, DeviceProcessEvents, NetworkEventRow, ProcessCreationRow, Take};
use xtask::error::Result;
use xtask::output::say;

use super::{Files, ROWS_PER_SECOND, product};
use crate::proof::Proof;

/// When the rows begin.
const START: Timestamp = Timestamp::from_seconds(1_764_547_200, 0);
/// Over how many days they lie.
const DAYS: i64 = 10;
/// Nanoseconds of a day.
const NANOSECONDS_OF_DAY: i64 = 86_400 * 1_000_000_000;
/// How many hosts there are.
const DEVICES: u64 = 2_000;
/// How many addresses are talked to.
const ADDRESSES: u64 = 200_000;
/// How many names are asked for.
const NAMES: u64 = 50_000;
/// How many processes a host has.
const PROCESSES: u64 = 1_000;
/// Programs of which the processes are instances.
const PROGRAMS: [&str; 8] = [
    "chrome.exe",
    "msedge.exe",
    "svchost.exe",
    "OneDrive.exe",
    "Teams.exe",
    "powershell.exe",
    "updater.exe",
    "outlook.exe",
];
/// One of so many rows goes to the address that is asked for.
const ONE_IN: u64 = 1_000_000;

/// How many rows are handed over at once: few enough to stay in the cache on their way.
const CHUNK_ROWS: usize = 256;
/// How many such chunks may wait.
const WAITING_CHUNKS: usize = 4;

/// A table on disk.
pub(super) struct Written {
    pub(super) files: Files,
    pub(super) columns: Vec<Column>,
    pub(super) schema: SchemaRef,
}

/// Random numbers that are the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// Small numbers often, large ones seldom, as names and addresses are.
    const fn skewed(&mut self, bound: u64) -> u64 {
        let (one, two) = (self.below(bound), self.below(bound));
        one * two / bound
    }
}

/// Writes `rows` connections and a tenth as many processes as hunting tables of a case in `folder`.
pub(super) fn write(folder: &Path, rows: u64, proof: &mut Proof) -> Result<Vec<Written>> {
    let store = CaseStore::create(&folder.join("case")).map_err(product)?;
    let writer = store
        .writer(&WriterIdentity::this_process("bench", START))
        .map_err(product)?;
    let mut hunting = writer.hunting().map_err(product)?;
    let texts = Texts::new();
    let start = Instant::now();
    std::thread::scope(|scope| {
        let (sender, chunks) = sync_channel(WAITING_CHUNKS);
        let (spent, back) = channel();
        let texts = &texts;
        scope.spawn(move || invent(texts, rows, &sender, &back));
        for chunk in chunks {
            for row in &chunk {
                Take::<DeviceNetworkEvents>::take(hunting.desks(), row);
            }
            let _ = spent.send(chunk);
        }
    });
    let mut dice = Dice(2);
    for number in 0..rows / 10 {
        Take::<DeviceProcessEvents>::take(hunting.desks(), &process(&texts, &mut dice, number));
    }
    let tables = hunting.commit().map_err(product)?;
    let seconds = start.elapsed().as_secs_f64();
    let written: Vec<Written> = tables.into_iter().filter_map(written).collect();
    tell(&written, rows, seconds, proof);
    Ok(written)
}

/// Makes the connections, beside the thread that writes them: inventing rows is no part of taking them in. Rows come back to be dropped
/// here, so that two threads do not count the users of the same texts.
fn invent(texts: &Texts, rows: u64, sender: &SyncSender<Vec<NetworkEventRow>>, back: &Receiver<Vec<NetworkEventRow>>) {
    let mut dice = Dice(1);
    for first in (0..rows).step_by(CHUNK_ROWS) {
        let mut chunk = back.try_recv().unwrap_or_default();
        chunk.clear();
        let numbers = first..rows.min(first + CHUNK_ROWS as u64);
        chunk.extend(numbers.map(|number| connection(texts, &mut dice, number, rows)));
        if sender.send(chunk).is_err() {
            return;
        }
    }
}

fn tell(written: &[Written], rows: u64, seconds: f64, proof: &mut Proof) {
    let all = (rows + rows / 10) as f64;
    let paths = written.iter().flat_map(|table| &table.files.paths);
    let bytes: u64 = paths
        .filter_map(|path| std::fs::metadata(path).ok())
        .map(|metadata| metadata.len())
        .sum();
    let (rate, each) = (all / seconds, bytes as f64 / all);
    say(&format!(
        "hunting: {all} rows in {seconds:.1} s, {rate:.0} rows/s, {each:.1} bytes per row"
    ));
    proof.figure("hunting_rows_per_second", rate);
    proof.figure("hunting_bytes_per_row", each);
    proof.require(
        rate >= ROWS_PER_SECOND,
        format!("{rate:.0} rows/s, wanted {ROWS_PER_SECOND:.0}"),
    );
}

fn written(table: HuntingTable) -> Option<Written> {
    let schema = table.schema();
    let columns = table.description.columns.iter();
    let columns = columns.map(|column| Column::new(column.name, column.kusto)).collect();
    let HuntingRows::Files(paths) = table.rows else {
        return None;
    };
    let files = Files {
        table: table.description.name,
        paths,
    };
    Some(Written { files, columns, schema })
}

/// Texts that many rows share.
struct Texts {
    devices: Vec<Text>,
    names: Vec<Text>,
    programs: Vec<Text>,
    command_lines: Vec<Text>,
    actions: [Text; 2],
    protocol: Text,
    kind: Text,
}

impl Texts {
    fn new() -> Self {
        let name = |number: u64| match number % 16 {
            0 => format!("tracker{}.ads{}.example.net", number % 100, number / 100),
            1 => format!(
                "track{}{}.example.org",
                nth(&["ing", "er", "pad"], number / 16),
                number % 100
            ),
            _ => format!("host{}.cdn{}.example.com", number, number % 300),
        };
        let program = |number: u64| Text::from(nth(&PROGRAMS, number));
        Self {
            devices: (0..DEVICES)
                .map(|number| format!("PC-{number:05}.corp.example").into())
                .collect(),
            names: (0..NAMES).map(|number| name(number).into()).collect(),
            programs: (0..PROCESSES).map(program).collect(),
            command_lines: (0..PROCESSES)
                .map(|number| {
                    format!(
                        r#""C:\Program Files\App{number}\{}" --profile {number} --quiet"#,
                        nth(&PROGRAMS, number)
                    )
                    .into()
                })
                .collect(),
            actions: ["ConnectionSuccess".into(), "ConnectionFailed".into()],
            protocol: "Tcp".into(),
            kind: "Public".into(),
        }
    }
}

/// One of a few texts, again and again in turn.
fn nth(texts: &[&'static str], number: u64) -> &'static str {
    let count = texts.len().max(1) as u64;
    let place = usize::try_from(number % count).unwrap_or_default();
    texts.get(place).copied().unwrap_or_default()
}

fn pick(texts: &[Text], number: u64) -> Option<Text> {
    texts.get(usize::try_from(number).unwrap_or_default()).cloned()
}

fn address(number: u64) -> IpAddr {
    IpAddr::V4(Ipv4Addr::from(
        0x2e00_0000_u32.wrapping_add(u32::try_from(number).unwrap_or_default()),
    ))
}

fn connection(texts: &Texts, dice: &mut Dice, number: u64, rows: u64) -> NetworkEventRow {
    let span = i128::from(DAYS * NANOSECONDS_OF_DAY) * i128::from(number) / i128::from(rows.max(1));
    let process = dice.below(PROCESSES);
    let remote = if dice.below(ONE_IN) == 0 {
        IpAddr::V4(Ipv4Addr::new(203, 0, 113, 77))
    } else {
        address(dice.skewed(ADDRESSES))
    };
    let has_name = dice.below(10) < 7;
    NetworkEventRow {
        timestamp: Some(START + Nanoseconds(i64::try_from(span).unwrap_or_default())),
        device_name: pick(&texts.devices, dice.skewed(DEVICES)),
        action_type: pick(&texts.actions, u64::from(dice.below(20) == 0)),
        remote_ip: Some(remote),
        remote_port: Some(if dice.below(100) == 0 { 8443 } else { 443 }),
        remote_url: has_name.then(|| pick(&texts.names, dice.skewed(NAMES))).flatten(),
        local_ip: Some(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1))),
        local_port: Some(i32::try_from(1_024 + dice.below(60_000)).unwrap_or_default()),
        protocol: Some(texts.protocol.clone()),
        remote_ip_type: Some(texts.kind.clone()),
        initiating_process_file_name: pick(&texts.programs, process),
        initiating_process_id: i64::try_from(4 * process).ok(),
        initiating_process_command_line: pick(&texts.command_lines, process),
        report_id: i64::try_from(number).ok(),
        sent_bytes: i64::try_from(dice.below(100_000)).ok(),
        received_bytes: i64::try_from(dice.below(10_000_000)).ok(),
        ..NetworkEventRow::default()
    }
}

fn process(texts: &Texts, dice: &mut Dice, number: u64) -> ProcessCreationRow {
    let process = number / DEVICES % PROCESSES;
    ProcessCreationRow {
        timestamp: Some(START + Nanoseconds(i64::try_from(dice.below(1 << 49)).unwrap_or_default())),
        device_name: pick(&texts.devices, number % DEVICES),
        file_name: pick(&texts.programs, process),
        process_id: i64::try_from(4 * process).ok(),
        process_command_line: pick(&texts.command_lines, process),
        ..ProcessCreationRow::default()
    }
}
