//! Prompts and the commands typed at them, as people paste them with the output.

use crate::stated_time::{self, StatedTime};

/// The tools whose listings, or whose listings' ends, a command line announces.
const TOOLS: [&str; 4] = ["netstat", "ss", "tasklist", "lsof"];

/// Option letters kept of one command; no tool has more.
const MOST_OPTIONS: usize = 64;

/// `[user@host directory with blanks]` is about the longest prompt; a row that quotes one is longer.
const MOST_PROMPT_WORDS: usize = 4;

/// A prompt, with what was typed at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Command {
    /// The single-letter options of a listing tool, in order.
    pub(crate) options: String,
    /// The computer a shell prompt names (`user@host`).
    pub(crate) host: Option<String>,
    /// The time a prompt states.
    pub(crate) time: Option<StatedTime>,
}

impl Command {
    /// Whether one of `letters` was among the options.
    pub(crate) fn has(&self, letters: &[char]) -> bool {
        self.options.contains(letters)
    }

    /// Reads `C:\>netstat -ano`, `PS C:\> netstat -ano`, `[root@web ~]# ss -tunap`, `$ ss -tunap` or a bare `netstat -ano`.
    /// Any prompt counts, whatever was typed, since it ends the listing before it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((prompt, typed)) = windows_prompt(text).or_else(|| unix_prompt(text)) {
            return Some(Self {
                options: options(typed).unwrap_or_default(),
                host: host(prompt),
                time: stated_time::within(prompt),
            });
        }
        let typed = text.strip_prefix(['$', '#', '%']).unwrap_or(text);
        Some(Self {
            options: options(typed)?,
            ..Self::default()
        })
    }
}

/// `C:\Users\a b>`, `PS C:\>`, `[10:00:00] C:\>`, `\\server\share>`. A window title of `tasklist /v` may look like a prompt too,
/// but stands behind other columns.
fn windows_prompt(text: &str) -> Option<(&str, &str)> {
    let (prompt, typed) = text.split_once('>')?;
    let path = prompt
        .find(":\\")
        .and_then(|colon| colon.checked_sub(1))
        .or_else(|| prompt.find("\\\\"))?;
    let before = prompt.get(..path)?.trim();
    let enclosed = before.starts_with(['[', '(']) && before.ends_with([']', ')']);
    let clock = before.chars().all(|c| c.is_ascii_digit() || " :-/.,+TZ".contains(c));
    (enclosed || clock || before == "PS").then_some((prompt, typed))
}

fn unix_prompt(text: &str) -> Option<(&str, &str)> {
    let (prompt, typed) = text.split_once("# ").or_else(|| text.split_once("$ "))?;
    let named = prompt.split_once('@').is_some_and(|(user, host)| {
        user.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-') && host.starts_with(char::is_alphanumeric)
    });
    (named && prompt.split_whitespace().count() <= MOST_PROMPT_WORDS).then_some((prompt, typed))
}

fn host(prompt: &str) -> Option<String> {
    let (_, rest) = prompt.split_once('@')?;
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '.' || c == '_'))
        .unwrap_or(rest.len());
    rest.get(..end).filter(|host| !host.is_empty()).map(str::to_owned)
}

/// The option letters, if `typed` runs one of the listing tools; none for any other text, prose about the tool included.
fn options(typed: &str) -> Option<String> {
    let mut words = typed.split_whitespace().filter(|word| *word != "sudo");
    let name = words.next()?.rsplit(['\\', '/']).next()?.to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    if !TOOLS.contains(&name) {
        return None;
    }
    let arguments: Vec<&str> = words
        .take_while(|word| !matches!(*word, "|" | ">" | ">>" | "&" | "&&" | ";"))
        .collect();
    let proper = arguments.first().is_none_or(|word| word.starts_with(['-', '/']));
    let letters = arguments
        .iter()
        .filter(|word| word.starts_with(['-', '/']) && !word.starts_with("--"));
    proper.then(|| {
        letters
            .flat_map(|word| word.chars().skip(1))
            .take(MOST_OPTIONS)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options_of(text: &str) -> Option<String> {
        Command::parse(text).map(|command| command.options)
    }

    #[test]
    fn options_are_read_behind_every_kind_of_prompt() {
        for text in [
            "C:\\>netstat -ano",
            "C:\\Users\\a b> netstat.exe -ano | findstr 443",
            "PS C:\\Windows\\system32> netstat -a -n -o",
            "[2026-11-21 10:00:00] C:\\>netstat -ano",
            "netstat -ano",
            "$ netstat -ano",
        ] {
            assert_eq!(options_of(text).as_deref(), Some("ano"), "{text}");
        }
    }

    #[test]
    fn a_shell_prompt_names_the_host() {
        for text in [
            "[root@web01 ~]# ss -tunap",
            "root@web01:/var/log# sudo ss -tunap",
            "me@web01:~$ ss -tunap",
        ] {
            let command = Command::parse(text).unwrap();
            assert_eq!(
                (command.host.as_deref(), command.options.as_str()),
                (Some("web01"), "tunap"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_prompt_with_another_command_is_a_prompt() {
        assert_eq!(options_of("C:\\>ipconfig /all").as_deref(), Some(""));
    }

    #[test]
    fn prose_and_rows_are_no_commands() {
        for text in [
            "netstat shows the connections",
            "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       748",
            "a > b",
            "cmd.exe  4120 Console  1  3,000 K Running  A\\b  0:00:01 C:\\Windows> more",
            "",
            "ss",
        ] {
            let empty = text == "ss";
            assert_eq!(options_of(text).is_some(), empty, "{text}");
        }
    }
}
