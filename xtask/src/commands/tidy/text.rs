//! What files may hold, read as plain text.

use proc_macro2::Span;
use syn::spanned::Spanned;

use super::Fault;
use super::functions::is_test;
use super::workspace::{File, Workspace};

/// No source file is longer, its test modules apart: then it holds a second idea that wants a file.
const LONGEST_FILE_LINES: usize = 800;

/// Files that people write, by the end of their names.
const WRITTEN: [&str; 9] = ["rs", "md", "toml", "ftl", "css", "js", "html", "tsv", "yml"];

/// Written in two parts each, so that this file does not break its own rule.
const SILENCED: &str = concat!("[", "allow(");
const MACHINE_PATHS: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("file:", "///")];
const NOT_THE_PROJECT: [&str; 3] = [
    concat!("issues", " show "),
    concat!("another", " helper"),
    concat!("this", " session's brief"),
];

/// No source file is longer than [`LONGEST_FILE_LINES`] without its tests.
pub(super) fn file_lengths(workspace: &Workspace) -> Vec<Fault> {
    let lengths = workspace
        .sources()
        .map(|(file, syntax)| (file, lines_without_tests(file, syntax)));
    lengths
        .filter(|(_, lines)| *lines > LONGEST_FILE_LINES)
        .map(|(file, lines)| {
            Fault::new(
                &file.path,
                format!("{lines} lines without tests; the limit is {LONGEST_FILE_LINES}"),
            )
        })
        .collect()
}

fn lines_without_tests(file: &File, syntax: &syn::File) -> usize {
    let tests = syntax.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) if is_test(&module.attrs) => Some(lines_of(module.span())),
        _ => None,
    });
    let all = file.text().map_or(0, |text| text.lines().count());
    all.saturating_sub(tests.sum())
}

fn lines_of(span: Span) -> usize {
    span.end().line.saturating_sub(span.start().line) + 1
}

/// No blanks at the end of a line, no carriage returns, and a line feed at the end of the file.
pub(super) fn whitespace(workspace: &Workspace) -> Vec<Fault> {
    let mut faults = on_lines(workspace, "a blank at the end of the line", |line| {
        line.ends_with([' ', '\t', '\r'])
    });
    // In a table of tab-separated values, what stands at the end of a line is the last cell.
    faults.retain(|fault| !fault.place.contains(".tsv:"));
    let unended = written(workspace).filter(|(_, text)| !text.is_empty() && !text.ends_with('\n'));
    faults.extend(unended.map(|(file, _)| Fault::new(&file.path, "no line feed at the end")));
    faults
}

/// A lint is not silenced for good, but expected with a reason.
pub(super) fn silenced_lints(workspace: &Workspace) -> Vec<Fault> {
    on_lines(workspace, "use `#[expect(lint, reason = \"…\")]`", |line| {
        line.contains(SILENCED) && line.contains('#')
    })
}

/// Paths of one machine and words about how the project is made say nothing to its readers.
pub(super) fn words(workspace: &Workspace) -> Vec<Fault> {
    let mut faults = on_lines(workspace, "a path of one machine", |line| {
        MACHINE_PATHS.iter().any(|word| line.contains(word))
    });
    faults.extend(on_lines(workspace, "words that are not about the project", |line| {
        NOT_THE_PROJECT.iter().any(|word| line.contains(word))
    }));
    faults
}

fn on_lines(workspace: &Workspace, what: &str, bad: impl Fn(&str) -> bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, text) in written(workspace) {
        let lines = text.split('\n').enumerate().filter(|(_, line)| bad(line));
        faults.extend(lines.map(|(index, _)| Fault::new(format!("{}:{}", file.path, index + 1), what)));
    }
    faults
}

/// The files that people write, with their text.
fn written(workspace: &Workspace) -> impl Iterator<Item = (&File, &str)> {
    let files = workspace.files.iter().filter(|file| !file.is_test_data());
    files
        .filter(|file| WRITTEN.iter().any(|extension| file.has_extension(extension)))
        .filter_map(|file| Some((file, file.text()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(path: &str, text: &str) -> Workspace {
        let syntax = path.ends_with(".rs").then(|| syn::parse_file(text).unwrap());
        Workspace {
            packages: vec![],
            files: vec![File {
                path: path.to_owned(),
                bytes: text.into(),
                syntax,
            }],
        }
    }

    #[test]
    fn a_blank_at_the_end_of_a_line_is_a_fault_with_its_line() {
        let faults = whitespace(&workspace("README.md", "one\ntwo \n"));
        assert_eq!(faults, [Fault::new("README.md:2", "a blank at the end of the line")]);
    }

    #[test]
    fn test_data_may_hold_anything() {
        assert!(whitespace(&workspace("crates/text/testdata/netstat/a.md", "a \n")).is_empty());
    }

    #[test]
    fn a_silenced_lint_and_a_machine_path_are_faults() {
        let text = format!("#{SILENCED}dead_code)]\nfn a() {{}}\n// {}here\n", MACHINE_PATHS[0]);
        let workspace = workspace("crates/a/src/lib.rs", &text);
        assert_eq!((silenced_lints(&workspace).len(), words(&workspace).len()), (1, 1));
    }

    #[test]
    fn test_modules_do_not_count_for_the_length_of_a_file() {
        let body = "fn a() {}\n".repeat(700);
        let tests = format!("#[cfg(test)]\nmod tests {{\n{body}}}\n");
        assert!(file_lengths(&workspace("a.rs", &format!("{body}{tests}"))).is_empty());
        assert_eq!(file_lengths(&workspace("a.rs", &format!("{body}{body}"))).len(), 1);
    }
}
