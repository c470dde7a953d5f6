//! Lines `748(0x2ec)<tab>svchost.exe` that support collectors write before the table.

use super::process::{self, Process};
use crate::lines::Line;

/// A process, if both numbers of the line agree.
pub(crate) fn parse(line: &Line) -> Option<Process> {
    let (decimal, rest) = line.text.trim().split_once("(0x")?;
    let (hexadecimal, name) = rest.split_once(')')?;
    let pid = process::pid(decimal)?;
    let name = name.strip_prefix(['\t', ' '])?.trim();
    let agrees = u32::from_str_radix(hexadecimal, 16) == Ok(pid.0);
    (agrees && !name.is_empty()).then(|| Process {
        span: line.span,
        image: name.to_owned(),
        pid,
        user: None,
        services: Vec::new(),
    })
}
