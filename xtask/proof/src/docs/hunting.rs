//! `docs/hunting.md`: what of the Kusto Query Language is supported.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use whotalks_kql_functions::{Family, Function};
use whotalks_kql_plan::documentation::{Construct, OPERATORS, PLUGINS, Support, aggregations};

const INTRODUCTION: &str = "# Hunting

<!-- Made by `cargo xtask docs` from the sources; do not edit. -->

`whotalks hunt 'QUERY' PATH…` asks evidence in the Kusto Query Language, as Microsoft Defender's advanced hunting and Sentinel do; with
`--case DIR` a case, or several. `-f FILE` reads the query from a file, `-` from standard input. The tables are listed in [tables.md](tables.md) and by `whotalks schema`.
Several cases, charts, `--explain`, files, saved queries and the shell are described in [hunting-usage.md](hunting-usage.md).

```console
$ whotalks hunt 'DeviceNetworkEvents | where RemoteUrl has \"example\" | summarize count() by InitiatingProcessFileName' chief-pc.zip
```

- `--format table|csv|json|jsonl|markdown|parquet` (or `--json`, `--csv`) chooses the form of the answer, `--limit N` how many rows are written.
- `--flavour xdr|sentinel` chooses the columns of the tables: `Timestamp` as in Defender, or `TimeGenerated`, dynamic `AdditionalFields` and what a
  workspace adds as in Sentinel ([tables.md](tables.md) has the list). Where nothing is said, a query that names `TimeGenerated` is one of Sentinel.
- `--time-limit SECONDS` and `--memory MIB` bound what a query may use; one that goes beyond says so. Memory is a quarter of the machine's where nothing is said.
- What is not supported is an error that names it and its place, never a wrong answer. What an answer lacks although the query asks for it
  (`externaldata`, `FileProfile`, `geo_info_from_ip_address`) is said below it.
- Nothing is fetched. `--external LOCATION=FILE` gives `externaldata` a file for a location, which is the text in the query;
  `--places FILE.mmdb` gives `geo_info_from_ip_address` a database of places.
- Answers agree with those recorded of the real engine; `cargo xtask conformance` compares them, `cargo xtask hunting` runs published hunting queries.

## General differences

- `dcount` and `dcountif` count exactly up to 2,048 values and estimate above, with a standard error of 0.8 %; `count_distinct` always counts exactly. `percentile` is the nearest rank over all values.
- `take_any` and `any` give the smallest value, so that two runs say the same.
- `ingestion_time()` is the time of the row: a case knows no other.
- What the real engine leaves open (the order of rows without `sort`, which rows `take` gives) may differ.
";

/// The page.
pub(super) fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    constructs(&mut page, "Operators", OPERATORS);
    constructs(&mut page, "Plugins of `evaluate`", PLUGINS);
    page.push_str("\n## Aggregations\n\n");
    for names in aggregations() {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        // Writing into a string cannot fail.
        let _ = writeln!(page, "- {}", names.join(", "));
    }
    functions(&mut page);
    page
}

fn constructs(page: &mut String, title: &str, constructs: &[Construct]) {
    let _ = write!(
        page,
        "\n## {title}\n\n| name | what it does | support |\n|---|---|---|\n"
    );
    for construct in constructs {
        let support = match construct.support {
            Support::Whole => "yes".to_owned(),
            Support::Differs(difference) => format!("yes; {difference}"),
            Support::Refused(instead) => format!("refused. {instead}"),
        };
        let _ = writeln!(page, "| `{}` | {} | {support} |", construct.name, construct.summary);
    }
}

fn functions(page: &mut String) {
    let mut families: BTreeMap<Family, Vec<&Function>> = BTreeMap::new();
    for function in whotalks_kql_functions::all() {
        families.entry(function.family).or_default().push(function);
    }
    for (family, mut functions) in families {
        functions.sort_by_key(|function| function.name);
        let _ = write!(
            page,
            "\n## Functions: {family:?}\n\n| function | what it does | differences |\n|---|---|---|\n"
        );
        for function in functions {
            let _ = writeln!(
                page,
                "| `{}` | {} | {} |",
                function.syntax(),
                cell(function.summary),
                cell(function.differences)
            );
        }
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
