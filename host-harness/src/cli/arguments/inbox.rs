//! What can be typed about the inbox and what is stored.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `inbox`.
#[derive(Args, Debug)]
pub struct InboxOptions {
    /// What to do.
    #[command(subcommand)]
    pub command: InboxCommand,
}

/// The commands of `inbox`.
#[derive(Debug, Subcommand)]
pub enum InboxCommand {
    /// List the open items, and answers that no run has acted on yet.
    List {
        /// Only items of this kind, such as `unlinked`.
        #[arg(long, value_parser = INBOX_KINDS)]
        kind: Option<String>,
    },
    /// Show one item.
    Show {
        /// Its id.
        id: String,
    },
    /// Answer an item; the next run acts on it. Until one begins, another answer takes its place.
    Resolve {
        /// Its id.
        id: String,
        /// One of its choices.
        choice: String,
    },
    /// List what runs changed, newest last.
    Changes {
        /// Only changes of this asset.
        #[arg(long)]
        asset: Option<String>,
        /// Only changes of this run.
        #[arg(long)]
        run: Option<String>,
    },
    /// Take a withdrawal or a replacement back; the next run acts on it.
    Undo {
        /// The change, as `inbox changes` shows it: RUN/SEQUENCE.
        change: String,
    },
    /// Drop an item and its answer, so that its record is looked at afresh.
    Replay {
        /// Its id.
        id: String,
    },
    /// Forget how far the vendors were read, so that the next run reads everything again.
    Reset {
        /// The flow whose next run shall read everything.
        #[arg(long)]
        flow: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Write everything that is stored as JSON lines, for support; no secret is in it.
    Export {
        /// Write into this file, which only its owner may read, instead of standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Write it even where such a file is already.
        #[arg(long, requires = "out")]
        overwrite: bool,
    },
}

/// The kinds of inbox items, as in `wit/inbox.wit`.
const INBOX_KINDS: [&str; 18] = [
    "bad-record",
    "unlinked",
    "ambiguous",
    "first-run",
    "guard",
    "withdrawal",
    "wrong-file",
    "adoption",
    "mapping-changed",
    "foreign-edit",
    "maybe-created",
    "collection-gone",
    "collection-doubled",
    "collection-renamed",
    "card-edited",
    "card-unknown",
    "share-uncleared",
    "share-foreign",
];
