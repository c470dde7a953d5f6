//! Writes `tasklist /svc`: image name, process id and the services in it, wrapped at 44 columns.

use super::text::{encode, fill};
use crate::clock::SECOND;
use crate::scenario::Language;
use crate::scenario::model::{Host, Process, Scenario};

const WIDTHS: [usize; 3] = [25, 8, 44];

/// When the list was taken: shortly after the sockets.
pub(crate) fn taken_ns(scenario: &Scenario) -> i64 {
    scenario.snapshot_ns + 3 * SECOND
}

/// The processes that the list shows, in the order of their ids.
pub(crate) fn listed<'a>(scenario: &Scenario, host: &'a Host) -> Vec<&'a Process> {
    let at_ns = taken_ns(scenario);
    let mut processes: Vec<&Process> = host
        .processes
        .iter()
        .filter(|process| process.alive_at(at_ns))
        .collect();
    processes.sort_by_key(|process| process.pid);
    processes
}

/// The file as redirected.
pub(crate) fn tasklist_file(scenario: &Scenario, host: &Host) -> Vec<u8> {
    let headings = match scenario.knobs.language {
        Language::English => ["Image Name", "PID", "Services"],
        Language::Japanese => ["イメージ名", "PID", "サービス"],
    };
    let rule = WIDTHS.map(|width| "=".repeat(width));
    let mut text = format!("\n{}\n{}\n", row(headings), rule.join(" "));
    text.push_str(&format!("{}\n", row(["System Idle Process", "0", "N/A"])));
    for process in listed(scenario, host) {
        push_process(&mut text, process);
    }
    encode(&text, scenario.knobs.encoding)
}

fn push_process(text: &mut String, process: &Process) {
    let mut image: String = process.file_name().to_owned();
    image = image.chars().take(25).collect();
    let mut lines = wrapped(&process.services).into_iter();
    let first = lines.next().unwrap_or_else(|| "N/A".to_owned());
    text.push_str(&format!("{}\n", row([&image, &process.pid.to_string(), &first])));
    for line in lines {
        text.push_str(&format!("{}{line}\n", " ".repeat(35)));
    }
}

fn row([image, pid, services]: [&str; 3]) -> String {
    let [image_width, pid_width, _] = WIDTHS;
    format!("{} {pid:>pid_width$} {services}", fill(image, image_width))
}

/// The services with commas between them, in lines of at most 44 columns; a comma stays at the end of its line.
fn wrapped(services: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (index, service) in services.iter().enumerate() {
        let comma = if index + 1 < services.len() { "," } else { "" };
        match lines.last_mut() {
            Some(line) if line.len() + 1 + service.len() + comma.len() <= 44 => {
                line.push_str(&format!(" {service}{comma}"))
            }
            _ => lines.push(format!("{service}{comma}")),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn services_wrap_at_commas() {
        let services = ["Appinfo", "BITS", "ProfSvc", "Schedule", "SENS", "ShellHWDetection"].map(str::to_owned);
        assert_eq!(
            wrapped(&services),
            ["Appinfo, BITS, ProfSvc, Schedule, SENS,", "ShellHWDetection"]
        );
        assert!(wrapped(&[]).is_empty());
    }
}
