//! The command line in the language of the user: the structure of `arguments` with the words of `render`.

use clap::{Arg, ArgAction, Command, CommandFactory as _};
use whotalks_render::messages::HelpMessage;
use whotalks_render::{Language, Messages};

use crate::arguments::Arguments;

/// Help and version stand behind the options of the command.
const LAST: usize = 900;

/// The command with its help.
pub(crate) fn command(language: Language) -> Command {
    let words = Messages::new(language);
    let text = |message: HelpMessage| words.get(&message);
    let command = dress(Arguments::command(), &words)
        .about(text(HelpMessage::About))
        .long_about(text(HelpMessage::AboutLong))
        .after_help(text(HelpMessage::ExitCodes))
        .disable_version_flag(true)
        .arg(flag("version", 'V', ArgAction::Version, &words, HelpMessage::Version));
    let names: Vec<String> = command
        .get_subcommands()
        .map(|part| part.get_name().to_owned())
        .collect();
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(&name, |part| dressed(part, &name, &words))
    })
}

/// A command with what it is about; so are the commands within it.
fn dressed(command: Command, path: &str, words: &Messages) -> Command {
    let about = about(path).map(|message| words.get(&message)).unwrap_or_default();
    let names: Vec<String> = command
        .get_subcommands()
        .map(|part| part.get_name().to_owned())
        .collect();
    names
        .into_iter()
        .fold(dress(command, words).about(about), |command, name| {
            command.mut_subcommand(&name, |part| dressed(part, &format!("{path} {name}"), words))
        })
}

/// Headings, the help of every argument and the help flag.
fn dress(command: Command, words: &Messages) -> Command {
    let text = |message: HelpMessage| words.get(&message);
    let (arguments, options) = (text(HelpMessage::Arguments), text(HelpMessage::Options));
    let template = format!(
        "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
        text(HelpMessage::Usage)
    );
    let mut order = 0..;
    command
        .mut_args(|argument| {
            let heading = if argument.is_positional() { &arguments } else { &options };
            let help = help(argument.get_id().as_str()).map(|message| words.get(&message));
            argument
                .help_heading(heading.clone())
                .help(help.unwrap_or_default())
                .display_order(order.next().unwrap_or_default())
        })
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, words, HelpMessage::Help))
        .subcommand_help_heading(text(HelpMessage::Commands))
        .help_template(template)
}

fn flag(name: &'static str, short: char, action: ArgAction, words: &Messages, help: HelpMessage) -> Arg {
    Arg::new(name)
        .short(short)
        .long(name)
        .action(action)
        .help(words.get(&help))
        .help_heading(words.get(&HelpMessage::Options))
        .display_order(LAST)
}

fn about(command: &str) -> Option<HelpMessage> {
    Some(match command {
        "investigate" => HelpMessage::Investigate,
        "ask" => HelpMessage::Ask,
        "explain" => HelpMessage::Explain,
        "evidence" => HelpMessage::Evidence,
        "hunt" => HelpMessage::Hunt,
        "case" => HelpMessage::CaseUpkeep,
        "case info" => HelpMessage::CaseInfo,
        "case verify" => HelpMessage::CaseVerify,
        "case compact" => HelpMessage::CaseCompact,
        "case retain" => HelpMessage::CaseRetain,
        "case rebuild" => HelpMessage::CaseRebuild,
        "case export" => HelpMessage::CaseExport,
        "etl" => HelpMessage::Etl,
        "schema" => HelpMessage::Schema,
        "packets" => HelpMessage::Packets,
        "follow" => HelpMessage::Follow,
        "compare" => HelpMessage::Compare,
        "doctor" => HelpMessage::Doctor,
        "completions" => HelpMessage::Completions,
        "man" => HelpMessage::Man,
        _ => return None,
    })
}

fn help(argument: &str) -> Option<HelpMessage> {
    Some(match argument {
        "paths" => HelpMessage::Paths,
        "case" => HelpMessage::Case,
        "case_folder" => HelpMessage::CaseFolder,
        "days" => HelpMessage::RetainDays,
        "most_mebibytes" => HelpMessage::RetainSize,
        "export_folder" => HelpMessage::ExportFolder,
        "export_format" => HelpMessage::ExportFormat,
        "traces" => HelpMessage::Traces,
        "html" => HelpMessage::Html,
        "json" => HelpMessage::Json,
        "csv" => HelpMessage::Csv,
        "query" => HelpMessage::Query,
        "query_file" => HelpMessage::QueryFile,
        "hunt_cases" => HelpMessage::HuntCases,
        "saved_query" => HelpMessage::SavedQuery,
        "query_parameters" => HelpMessage::QueryParameters,
        "query_folders" => HelpMessage::QueryFolders,
        "list_queries" => HelpMessage::ListQueries,
        "hunt_shell" => HelpMessage::HuntShell,
        "hunt_explain" => HelpMessage::HuntExplain,
        "hunt_output" => HelpMessage::HuntOutput,
        "hunt_html" => HelpMessage::HuntHtml,
        "hunt_format" => HelpMessage::HuntFormat,
        "hunt_flavour" => HelpMessage::HuntFlavour,
        "hunt_json" => HelpMessage::Json,
        "hunt_csv" => HelpMessage::PacketsCsv,
        "schema_table" => HelpMessage::SchemaTable,
        "flavour" => HelpMessage::Flavour,
        "external_files" => HelpMessage::ExternalFiles,
        "place_database" => HelpMessage::PlaceDatabase,
        "time_limit" => HelpMessage::TimeLimit,
        "memory" => HelpMessage::Memory,
        "statistics" => HelpMessage::Statistics,
        "interval" => HelpMessage::Interval,
        "limit" => HelpMessage::Limit,
        "filter" => HelpMessage::Filter,
        "table" => HelpMessage::Table,
        "fields" => HelpMessage::Fields,
        "count" => HelpMessage::Count,
        "capture" => HelpMessage::Capture,
        "tcp" => HelpMessage::Tcp,
        "udp" => HelpMessage::Udp,
        "flow" => HelpMessage::Flow,
        "shape" => HelpMessage::Shape,
        "before" => HelpMessage::Before,
        "after" => HelpMessage::After,
        "compare_case" => HelpMessage::CompareCase,
        "compare_html" => HelpMessage::CompareHtml,
        "write" => HelpMessage::Write,
        "policy" => HelpMessage::Policy,
        "case_policy" => HelpMessage::CasePolicy,
        "packets_case" => HelpMessage::PacketsCase,
        "packets_json" => HelpMessage::Json,
        "packets_csv" => HelpMessage::PacketsCsv,
        "lang" => HelpMessage::Lang,
        "wide" => HelpMessage::Wide,
        "utc_offset" => HelpMessage::UtcOffset,
        "subject" => HelpMessage::Subject,
        "reference" => HelpMessage::Reference,
        "shell" => HelpMessage::Shell,
        "man_folder" => HelpMessage::ManFolder,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_every_argument_has_its_help_in_both_languages() {
        for language in Language::ALL {
            let mut command = command(language);
            command.build();
            let nested = command.get_subcommands().flat_map(clap::Command::get_subcommands);
            for part in std::iter::once(&command).chain(command.get_subcommands()).chain(nested) {
                assert!(
                    part.get_about().is_some_and(|about| !about.to_string().is_empty()),
                    "{}",
                    part.get_name()
                );
                for argument in part.get_arguments() {
                    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                    assert!(!help.is_empty(), "{} {}", part.get_name(), argument.get_id());
                }
            }
            command.debug_assert();
        }
    }

    #[test]
    fn the_japanese_help_has_no_english_headings() {
        let help = command(Language::Japanese).render_long_help().to_string();
        for word in ["Usage:", "Commands:", "Options:", "Arguments:", "Print"] {
            assert!(!help.contains(word), "{word} in {help}");
        }
        assert!(help.contains("終了コード"));
    }
}
