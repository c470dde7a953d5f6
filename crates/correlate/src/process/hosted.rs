//! What a shared host program runs: the service in svchost, the script in an interpreter.

use whotalks_record::{Grade, Text};

use super::image::file_name;
use super::instance::Instance;
use crate::ServiceAnswer;

/// Programs that host Windows services in common.
const SERVICE_HOSTS: [&str; 1] = ["svchost.exe"];

/// Whether an image is a program that hosts services.
pub(crate) fn is_service_host(image: &str) -> bool {
    let name = file_name(image).to_lowercase();
    SERVICE_HOSTS.contains(&name.as_str())
}

/// The service or code that a process hosts: `-s Name` in the command line is observed, one listed service is derived,
/// several are candidates and never a pick.
pub(crate) fn hosted_code(instance: &Instance) -> ServiceAnswer {
    let image = instance.image.as_deref().unwrap_or_default();
    if !is_service_host(image) {
        return interpreted(image, instance.command_line.as_deref());
    }
    if let Some(service) = instance
        .command_line
        .as_deref()
        .and_then(|line| option_value(line, "-s"))
    {
        return ServiceAnswer {
            grade: Grade::Observed,
            services: vec![service.into()],
        };
    }
    let grade = match instance.services.len() {
        0 => Grade::Unknown,
        1 => Grade::Derived,
        _ => Grade::Inferred,
    };
    ServiceAnswer {
        grade,
        services: instance.services.clone(),
    }
}

/// The word after an option, without quotes.
fn option_value<'a>(command_line: &'a str, option: &str) -> Option<&'a str> {
    let mut words = command_line.split_whitespace();
    words.find(|word| word.eq_ignore_ascii_case(option))?;
    words
        .next()
        .map(|word| word.trim_matches('"'))
        .filter(|word| !word.is_empty())
}

/// What an interpreter or loader was told to run, as its command line says.
fn interpreted(image: &str, command_line: Option<&str>) -> ServiceAnswer {
    let name = file_name(image).to_lowercase();
    let hosted = command_line.and_then(|line| hosted_argument(&name, line));
    match hosted {
        Some(code) => ServiceAnswer {
            grade: Grade::Observed,
            services: vec![code],
        },
        None => ServiceAnswer::default(),
    }
}

fn hosted_argument(name: &str, line: &str) -> Option<Text> {
    match name {
        "dllhost.exe" => prefixed(line, "/processid:"),
        "w3wp.exe" => option_value(line, "-ap").map(Text::from),
        "java.exe" | "javaw.exe" => option_value(line, "-jar").map(Text::from),
        "rundll32.exe" | "regsvr32.exe" | "mshta.exe" => first_argument(line),
        "python.exe" | "pythonw.exe" | "wscript.exe" | "cscript.exe" | "node.exe" => first_argument(line),
        _ => None,
    }
}

fn prefixed(line: &str, prefix: &str) -> Option<Text> {
    let word = line
        .split_whitespace()
        .find(|word| word.to_lowercase().starts_with(prefix))?;
    word.get(prefix.len()..).map(Text::from)
}

/// The first argument that is no option.
fn first_argument(line: &str) -> Option<Text> {
    let rest = after_program(line.trim_start())?;
    let argument = rest.split_whitespace().find(|word| !word.starts_with(['-', '/']))?;
    Some(argument.trim_matches('"').into())
}

/// What follows the program itself, which may be quoted.
fn after_program(line: &str) -> Option<&str> {
    match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map(|(_, rest)| rest),
        None => line.split_once(char::is_whitespace).map(|(_, rest)| rest),
    }
}

#[cfg(test)]
mod tests {
    use whotalks_record::{Pid, Timestamp};

    use super::super::instance::Bound;
    use super::*;

    fn instance(image: &str, command_line: Option<&str>, services: &[&str]) -> Instance {
        Instance {
            pid: Pid(1),
            start: Bound::Beyond(Timestamp::MIN),
            end: Bound::Beyond(Timestamp::MAX),
            image: Some(image.into()),
            command_line: command_line.map(Text::from),
            parent_pid: None,
            parent_image: None,
            user: None,
            services: services.iter().map(|name| Text::from(*name)).collect(),
            proof: Vec::new(),
        }
    }

    #[test]
    fn the_service_in_the_command_line_is_observed() {
        let line = r"C:\Windows\System32\svchost.exe -k utcsvc -p -s DiagTrack";
        let answer = hosted_code(&instance(r"C:\Windows\System32\svchost.exe", Some(line), &[]));
        assert_eq!((answer.grade, &*answer.services[0]), (Grade::Observed, "DiagTrack"));
    }

    #[test]
    fn several_listed_services_are_candidates_and_no_pick() {
        let answer = hosted_code(&instance(
            "svchost.exe",
            Some("svchost.exe -k netsvcs"),
            &["BITS", "Themes"],
        ));
        assert_eq!((answer.grade, answer.services.len()), (Grade::Inferred, 2));
    }

    #[test]
    fn the_script_of_an_interpreter_is_named() {
        let answer = hosted_code(&instance(
            "python.exe",
            Some(r#""C:\Py 3\python.exe" -u "C:\x\agent.py""#),
            &[],
        ));
        assert_eq!(&*answer.services[0], r"C:\x\agent.py");
    }
}
