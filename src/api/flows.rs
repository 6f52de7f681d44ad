//! The eight flows by their slugs, and which of them this version runs.

/// A flow as `describe` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowInfo {
    /// The slug, which is also the name of its stream.
    pub slug: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// `to-consonance`, `to-smintio` or `both`.
    pub direction: &'static str,
    /// Whether `run` can run it.
    pub available: bool,
}

/// All flows, in the order of their numbers.
pub const FLOWS: [FlowInfo; 8] = [
    FlowInfo {
        slug: "approved-assets",
        summary: "Puts approved and cleared covers, author photos and promotional graphics onto \
                  the right work and products.",
        direction: "to-consonance",
        available: true,
    },
    FlowInfo {
        slug: "rights-exchange",
        summary: "Shows publication data beside each linked asset, and licence terms, expiry and \
                  permitted use beside each product.",
        direction: "both",
        available: true,
    },
    FlowInfo {
        slug: "search-and-attach",
        summary: "Finds approved assets and attaches them to titles, manuscripts and production \
                  tasks.",
        direction: "to-consonance",
        available: false,
    },
    FlowInfo {
        slug: "launch-metadata",
        summary: "Keeps a launch kit of cleared assets and title data for each title inside its \
                  window.",
        direction: "to-smintio",
        available: true,
    },
    FlowInfo {
        slug: "format-milestones",
        summary: "Compares what each format needs by each milestone with what is approved and \
                  cleared.",
        direction: "both",
        available: false,
    },
    FlowInfo {
        slug: "stock-licences",
        summary: "Links purchases on their title to their page in Smint.io; `clearance` shows the \
                  matrix by edition, territory and print run.",
        direction: "to-consonance",
        available: true,
    },
    FlowInfo {
        slug: "title-tags",
        summary: "Tags assets with title, imprint, author and campaign.",
        direction: "to-smintio",
        available: true,
    },
    FlowInfo {
        slug: "reissue",
        summary: "Keeps, replaces or retires each asset when an edition is revised, reissued or \
                  withdrawn.",
        direction: "both",
        available: false,
    },
];
