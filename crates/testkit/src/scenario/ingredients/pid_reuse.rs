//! One process id, two programs, one after the other.

use crate::clock::{MILLISECOND, SECOND};
use crate::scenario::builder::{HostBuilder, NewProcess};
use crate::scenario::model::Account;
use crate::scenario::sites::{DOWNLOAD, PAGES};

pub(crate) fn play(builder: &mut HostBuilder<'_>) {
    let random = &mut builder.fork("pid reuse");
    let length_ns = builder.capture.ends_ns - builder.capture.begins_ns;
    let first_start_ns = builder.capture.begins_ns + random.between(5, 30) * SECOND;
    let first_end_ns = builder.capture.begins_ns + length_ns * 2 / 5;
    let image = builder.profile("Downloads\\setup-helper.exe");
    let first = builder.run(
        &image,
        &format!("\"{image}\" /quiet"),
        first_start_ns,
        Some(first_end_ns),
    );
    builder.visit(first, &DOWNLOAD, first_start_ns + 2 * SECOND, "pid_reuse");
    builder.visit(first, &DOWNLOAD, first_start_ns + 30 * SECOND, "pid_reuse");
    let pid = builder.host.process(first).map_or(0, |process| process.pid);
    let start_ns = first_end_ns + random.between(400, 9_000) * MILLISECOND;
    let image = "C:\\Program Files\\Notepad++\\notepad++.exe";
    let new = NewProcess {
        image,
        command_line: &format!("\"{image}\""),
        parent: builder.cast.explorer,
        account: Account::Person,
        services: &[],
        start_ns,
        end_ns: None,
    };
    let second = builder.spawn_as(&new, pid);
    builder.visit(second, &random.pick(&PAGES), start_ns + 3 * SECOND, "pid_reuse");
    builder.visit(second, &DOWNLOAD, start_ns + 25 * SECOND, "pid_reuse");
}
