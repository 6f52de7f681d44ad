//! Every bound of the connector, each with its reason. Nothing here is tuned to a machine.

/// A Consonance answer: the vendor has no page size, so the first ids may be everything
/// (100,000 works at about 12 bytes), and a batch of 25 works with HTML texts stays under 4 MiB.
pub const CONSONANCE_BODY_BYTES_MAX: usize = 8 << 20;

/// A Smint.io answer: 50 purchases with licence texts in several languages.
pub const SMINTIO_BODY_BYTES_MAX: usize = 8 << 20;

/// JSON nesting that is still read. The vendors' deepest real answer is about 12.
pub const JSON_DEPTH_MAX: usize = 64;

/// A text field that is still kept. Longer ones make the record bad, not the run.
pub const TEXT_CHARS_MAX: usize = 100_000;

/// Works asked for in one aliased GraphQL query; halved on time-out or size.
pub const WORKS_PER_QUERY: usize = 25;

/// Imprints that each run looks at, each by one title: 40 requests at most. Publishers have some tens;
/// of further ones a new name is seen by the next full sweep.
pub const IMPRINTS_LOOKED_AT_MAX: usize = 1_000;

/// Purchases a page: the platform's documented maximum.
pub const PURCHASES_PER_PAGE: u32 = 50;

/// Entries a page of Portals: the platform's documented maximum. A portal that allows fewer is asked
/// for half, down to one.
pub const ASSETS_PER_PAGE: u32 = 50;

/// Pages of one listing before the connector calls it endless.
pub const PAGES_MAX: u32 = 20_000;

/// Requests to one vendor at once: polite without a documented limit.
pub const IN_FLIGHT_MAX: usize = 8;

/// Attempts per request: one, and three more for reads and proven-idempotent writes.
pub const ATTEMPTS_MAX: u32 = 4;

/// The longest `Retry-After` that is obeyed: a day. A vendor that asks for more is asked again
/// after that.
pub const RETRY_AFTER_MS_MAX: u64 = 86_400_000;

/// The longest wait inside a call; longer ones are returned as `paused`.
pub const WAIT_INSIDE_MS_MAX: u64 = 20_000;

/// Changes worked on at once: one read-back query and two store calls serve them all.
pub const OPERATIONS_AT_ONCE: usize = 25;

/// Lost races on one key before the run gives way.
pub const STATE_CONFLICTS_MAX: u32 = 5;

/// A rule expression as text, and how deep it may nest: the engine of the expressions has no
/// depth guard of its own.
pub const EXPRESSION_BYTES_MAX: usize = 2_048;
/// See above.
pub const EXPRESSION_DEPTH_MAX: usize = 64;
/// Operators of one expression: each may nest the parser by a level, and so many levels fit a stack
/// of 512 KiB several times over.
pub const EXPRESSION_OPERATORS_MAX: usize = 128;
/// Steps of one evaluation: a rule over a large asset needs some thousands, a hostile one millions.
pub const EXPRESSION_STEPS_MAX: usize = 500_000;
/// What an expression may produce.
pub const EXPRESSION_RESULT_BYTES_MAX: usize = 256 << 10;
/// See above.
pub const EXPRESSION_RESULT_NODES_MAX: usize = 10_000;

/// Outcomes listed in a report; the rest is counted.
pub const REPORT_OUTCOMES_MAX: usize = 1_000;

/// Items that one run raises; further ones wait until some of these are answered.
pub const INBOX_ITEMS_MAX: usize = 100_000;
/// Items that a run holds before it stores them: at 1 KiB an item half a MiB.
pub const INBOX_HELD_MAX: usize = 500;

/// How long a lease lasts without renewal.
pub const LEASE_MS: u64 = 120_000;

/// How long a background task of Portals may run before it counts as lost.
pub const TASK_MS_MAX: u64 = 900_000;

/// How long a running task is worth asking after in a later run: its result tells how things were
/// when it began, and may hold a signed address that runs out.
pub const TASK_NOTED_MS_MAX: u64 = 600_000;

/// The smallest request budget of one call: one operation with its polls and read-backs fits in.
pub const BUDGET_REQUESTS_MIN: u32 = 100;

/// Bytes of a file that are read to learn its size in pixels: the frame header of a JPEG stands
/// behind its metadata, which is at most a few segments of 64 KiB.
pub const IMAGE_HEAD_BYTES: usize = 256 << 10;
/// How long a connection may take: three SYN packets.
pub const HTTP_CONNECT_MS_MAX: u64 = 3_100;
/// How long the first byte of an answer may take.
pub const HTTP_FIRST_BYTE_MS_MAX: u64 = 10_000;
/// How long a body may stand still.
pub const HTTP_BETWEEN_BYTES_MS_MAX: u64 = 10_000;
/// How long one exchange may take in all: a body of 8 MiB at 140 KiB a second. It also bounds a
/// platform that does not know the three others, and a vendor that sends a byte at a time.
pub const HTTP_WHOLE_MS_MAX: u64 = 60_000;
/// The configuration as JSON: room for 10,000 attachments and then some.
pub const CONFIG_BYTES_MAX: usize = 4 << 20;

/// Problems listed for one configuration; the rest is counted.
pub const CONFIG_PROBLEMS_MAX: usize = 1_000;

/// Members of an unfinished listing in one stored value: at 40 bytes an id 20 KiB.
pub const SWEEP_CHUNK: usize = 500;
/// How long an unfinished listing may go on before it begins anew: what it saw first is old then.
pub const SWEEP_MS_MAX: u64 = 86_400_000;
/// How long a listing counts as new for the calls that go on after a pause.
pub const LISTED_MS_MAX: u64 = 600_000;

/// How long a listing of all collections counts for the calls that go on after a pause. It is longer,
/// because our own changes since are known, and a person's are seen by the next run.
pub const COLLECTIONS_LISTED_MS_MAX: u64 = 3_600_000;

/// How long a look into a collection counts for the calls that go on after a pause: some thousands
/// can be looked into meanwhile, and what a stranger put into one is seen by then.
pub const LOOKED_MS_MAX: u64 = 3_600_000;

/// Requests that a look into one collection needs, with its card and its share.
pub const LOOK_REQUESTS: u32 = 16;

/// Purchases whose files are asked for again in one run: one page of the feed.
pub const UNLISTED_ASKED_MAX: usize = 50;
/// How often the files of a purchase are asked for before a person is asked: about a day, doubling
/// the pause each time.
pub const UNLISTED_ATTEMPTS_MAX: u32 = 10;
/// The first pause, doubled after each vain attempt.
pub const UNLISTED_FIRST_MS: u64 = 60_000;
/// The longest pause.
pub const UNLISTED_MS_MAX: u64 = 86_400_000;

/// Changes that the guard shows in one stored value: at 20 bytes an id 40 KiB.
pub const GUARD_CHUNK: usize = 2_000;
