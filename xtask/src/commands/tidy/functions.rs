//! How long functions are: short ones are read, long ones are believed.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::Fault;
use super::workspace::Workspace;

/// Half of all functions are at most this long.
const MEDIAN_LINES: usize = 10;
/// 95 of 100 functions are at most this long.
const MOST_LINES: usize = 60;
/// No function is longer, tests included.
const LONGEST_LINES: usize = 120;

/// A function: from `fn` to its closing brace.
#[derive(Debug, PartialEq, Eq)]
struct Function {
    name: String,
    first_line: usize,
    lines: usize,
    /// Whether it is part of a test.
    test: bool,
}

/// Checks the median, the 95th percentile and the maximum.
pub(super) fn lengths(workspace: &Workspace) -> Vec<Fault> {
    let mut faults = too_long(workspace);
    let lengths = sorted_lengths(workspace);
    for (share, limit) in [(50, MEDIAN_LINES), (95, MOST_LINES)] {
        let actual = percentile(&lengths, share);
        if actual > limit {
            faults.push(Fault::new(
                "all functions",
                format!("{share} % are up to {actual} lines long; the limit is {limit}"),
            ));
        }
    }
    faults
}

/// One line of figures.
pub(super) fn summary(workspace: &Workspace) -> String {
    let lengths = sorted_lengths(workspace);
    let (median, most) = (percentile(&lengths, 50), percentile(&lengths, 95));
    format!(
        "{} functions: median {median} lines, 95 % at most {most}",
        lengths.len()
    )
}

fn too_long(workspace: &Workspace) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, syntax) in workspace.sources() {
        let long = functions(syntax)
            .into_iter()
            .filter(|function| function.lines > LONGEST_LINES);
        faults.extend(long.map(|function| {
            let place = format!("{}:{}", file.path, function.first_line);
            Fault::new(
                place,
                format!(
                    "`{}` has {} lines; the limit is {LONGEST_LINES}",
                    function.name, function.lines
                ),
            )
        }));
    }
    faults
}

fn sorted_lengths(workspace: &Workspace) -> Vec<usize> {
    let product = workspace.sources().filter(|(file, _)| !file.path.contains("/tests/"));
    let functions = product
        .flat_map(|(_, syntax)| functions(syntax))
        .filter(|function| !function.test);
    let mut lengths: Vec<usize> = functions.map(|function| function.lines).collect();
    lengths.sort_unstable();
    lengths
}

fn percentile(sorted: &[usize], share: usize) -> usize {
    let index = (sorted.len() * share / 100).min(sorted.len().saturating_sub(1));
    sorted.get(index).copied().unwrap_or(0)
}

fn functions(syntax: &syn::File) -> Vec<Function> {
    let mut finder = Finder::default();
    finder.visit_file(syntax);
    finder.found
}

#[derive(Default)]
struct Finder {
    found: Vec<Function>,
    in_test: bool,
}

impl Finder {
    fn add(&mut self, signature: &syn::Signature, end: Span) {
        let first_line = signature.span().start().line;
        let lines = end.end().line.saturating_sub(first_line) + 1;
        self.found.push(Function {
            name: signature.ident.to_string(),
            first_line,
            lines,
            test: self.in_test,
        });
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.sig, function.block.span());
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.sig, function.block.span());
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.add(&function.sig, block.span());
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let outside = self.in_test;
        self.in_test = outside || is_test(&module.attrs);
        visit::visit_item_mod(self, module);
        self.in_test = outside;
    }
}

/// Whether an item is compiled for tests only.
pub(super) fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let list = attribute.meta.require_list();
        attribute.path().is_ident("cfg") && list.is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_measured_from_its_signature_to_its_brace_without_docs() {
        let source = "/// Words.\n/// More words.\nfn one(\n    a: u8,\n) {\n    b();\n}\n\n#[cfg(test)]\nmod tests {\n    fn two() {}\n}\n";
        let found = functions(&syn::parse_file(source).unwrap());
        let expected = [
            Function {
                name: "one".to_owned(),
                first_line: 3,
                lines: 5,
                test: false,
            },
            Function {
                name: "two".to_owned(),
                first_line: 11,
                lines: 1,
                test: true,
            },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn percentiles_of_an_even_spread_are_where_they_should_be() {
        let lengths: Vec<usize> = (1..=100).collect();
        assert_eq!(
            (percentile(&lengths, 50), percentile(&lengths, 95), percentile(&[], 50)),
            (51, 96, 0)
        );
    }
}
