//! Which faults happen how often. A seed draws them: in some worlds nothing fails, in some one
//! thing alone, in most about half of everything. A failing test prints the record.

use super::rng::Rng;

macro_rules! options {
    ($($(#[$doc:meta])* $name:ident up to $max:literal,)*) => {
        /// Rates in 10,000 calls.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct FaultOptions {
            $($(#[$doc])* pub $name: u32,)*
        }

        impl FaultOptions {
            const COUNT: u64 = [$(stringify!($name)),*].len() as u64;

            fn each(&mut self, mut set: impl FnMut(&mut u32, u64)) {
                $(set(&mut self.$name, $max);)*
            }
        }

        impl std::fmt::Display for FaultOptions {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("faults in 10,000:")?;
                $(write!(f, " {}={}", stringify!($name), self.$name)?;)*
                Ok(())
            }
        }
    };
}

options! {
    /// No connection: surely not sent.
    connect_failed up to 2_000,
    /// Lost on the way there: the vendor saw nothing, and nobody can tell.
    request_lost up to 1_500,
    /// Lost on the way back: the vendor has acted. Some come as 504 from a proxy between.
    answer_lost up to 1_500,
    /// 429, with `Retry-After` in all the forms that vendors send.
    throttled up to 2_000,
    /// 500 or 503 before the vendor acts.
    server_error up to 1_500,
    /// The store does not answer.
    store_unavailable up to 200,
    /// A write that happened and whose outcome is unknown.
    write_unknown_done up to 400,
    /// A write that did not happen and whose outcome is unknown.
    write_unknown_not_done up to 400,
    /// Somebody else writes the same key first.
    write_lost up to 800,
    /// `apply` stops before the end.
    apply_short up to 2_000,
    /// A page of a scan holds fewer entries than asked, and there are more.
    page_short up to 3_000,
}

impl FaultOptions {
    /// Nothing fails.
    pub fn none() -> Self {
        Self::default()
    }

    /// The faults of a seed.
    pub fn draw(seed: u64) -> Self {
        let mut rng = Rng::new(seed, "fault options");
        let style = rng.below(10);
        let only = rng.below(Self::COUNT);
        let mut options = Self::none();
        let mut position = 0;
        options.each(|rate, max| {
            let on = match style {
                0 => false,
                1 | 2 => position == only,
                _ => rng.below(2) == 0,
            };
            let drawn = 1 + rng.below(max);
            if on {
                *rate = u32::try_from(drawn).unwrap_or(u32::MAX);
            }
            position += 1;
        });
        options
    }
}
