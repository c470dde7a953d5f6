//! `docs/formats.md`: what is recognised, and what is done with it.

use whotalks_evidence::{Format, Role};

const HEAD: &str = "# Formats\n\n\
    Made by `cargo xtask docs` from the formats that `crates/evidence` tells apart. A file is known by its content; its name\n\
    does not matter. The words are those of the manifest (`whotalks evidence`).\n";

/// The page.
pub(super) fn page() -> String {
    let sections = [
        ("Read", Role::Read, "A reader turns it into records."),
        (
            "Unpacked",
            Role::Unpack,
            "Its members are looked at, five levels deep, within limits on size and ratio.",
        ),
        (
            "Named",
            Role::Name,
            "It has its line in the manifest that says what it is; nothing in it is read.",
        ),
    ];
    let sections = sections.map(|(title, role, what)| section(title, role, what));
    format!("{HEAD}{}", sections.concat())
}

fn section(title: &str, role: Role, what: &str) -> String {
    let words: Vec<&str> = Format::all()
        .filter(|format| format.role() == role)
        .map(Format::word)
        .collect();
    let list: String = words.iter().map(|word| format!("- `{word}`\n")).collect();
    format!("\n## {title}\n\n{what}\n\n{list}")
}
