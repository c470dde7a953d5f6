//! Which conversation to follow.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("conversation").required(true).args(["tcp", "udp", "flow"]))]
pub(crate) struct Follow {
    #[arg(value_name = "PATH", id = "capture")]
    pub(crate) path: PathBuf,
    #[arg(long, value_name = "N")]
    pub(crate) tcp: Option<u32>,
    #[arg(long, value_name = "N")]
    pub(crate) udp: Option<u32>,
    #[arg(long, value_name = "COMMUNITY_ID")]
    pub(crate) flow: Option<String>,
    #[arg(
        long = "as",
        id = "shape",
        value_name = "SHAPE",
        value_enum,
        default_value = "ascii",
        hide_default_value = true
    )]
    pub(crate) shape: As,
}

// How it is shown.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum As {
    Ascii,
    Hex,
    Raw,
}
