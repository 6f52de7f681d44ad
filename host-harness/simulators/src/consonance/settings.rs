//! How the simulated Consonance behaves. The defaults are the unfriendly personality: a connector
//! that works with them does not lean on a kindness that no source promises.

/// What `SupportingResource.imageRemoteUrl` shows afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RewriteRemoteUrl {
    /// The URL as it was sent.
    Keep,
    /// A URL of the vendor's own.
    Rewritten,
    /// Null.
    Absent,
}

/// The shape of `errors` in mutation payloads, about which the vendor's drafts disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MutationErrors {
    /// `[String!]`.
    Strings,
    /// `[{ field messages }]`.
    FieldMessages,
    /// `[{ attribute message }]`.
    AttributeMessage,
}

/// How exact `changedSince` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangedSince {
    /// Works changed on the day or later.
    Exact,
    /// Also those changed the day before, and the neighbours of a changed work in its imprint.
    Overreport,
}

/// How closely a file is looked at before it becomes an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decode {
    /// All of it is decoded.
    Whole,
    /// Only its header, and that it ends where a JPEG ends: for large runs.
    Header,
}

/// The settings of a simulated Consonance.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The key of the client whose works the world holds.
    pub api_key: String,
    /// The key of another client of the same installation, whose ids lie between.
    pub other_api_key: String,
    /// Scheme, host and port of the image store; it may be the API's own.
    pub images_origin: String,
    /// The most records that a root list returns; `None`: everything.
    pub page_cap: Option<usize>,
    /// For how many requests that read it a fetched resource still says `isProcessing`.
    pub processing_reads: u32,
    /// How long the vendor waits before it fetches a remote image.
    pub fetch_delay_ms: u64,
    /// How long a presigned upload URL is good.
    pub presigned_url_ms: u64,
    /// What becomes of a remote URL.
    pub rewrite_remote_url: RewriteRemoteUrl,
    /// The shape of payload errors.
    pub mutation_errors: MutationErrors,
    /// How exact `changedSince` is.
    pub changed_since: ChangedSince,
    /// How closely files are looked at.
    pub decode: Decode,
    /// Every n-th mutation is refused with a payload error and changes nothing; 0: none.
    pub refuse_every: u64,
    /// Products on a page of the REST list.
    pub rest_per_page: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api_key: "k7Q2mZ9xV4bT1nR8sD3fG6hJ5wL0pYcA".to_owned(),
            other_api_key: "B1vX8cN3zM6qK9tW2rE5yU7iO4pA0sDf".to_owned(),
            images_origin: "http://images.consonance.test".to_owned(),
            page_cap: None,
            processing_reads: 2,
            fetch_delay_ms: 0,
            presigned_url_ms: 15 * 60 * 1000,
            rewrite_remote_url: RewriteRemoteUrl::Keep,
            mutation_errors: MutationErrors::Strings,
            changed_since: ChangedSince::Overreport,
            decode: Decode::Whole,
            refuse_every: 0,
            rest_per_page: 25,
        }
    }
}
