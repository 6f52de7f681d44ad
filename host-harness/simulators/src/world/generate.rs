//! A whole world from real titles.

use super::seed::World;
use super::{assets, collections, purchases, rights, titles};
use time::Date;

/// What a world is made from; the same options always make the same world.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many titles. 429 is each real work once; beyond that they come again as new volumes.
    pub titles: usize,
    /// Decides everything that is made up.
    pub seed: u64,
    /// The day on which the world begins.
    pub today: Date,
}

/// Makes the world.
pub fn generate(options: &Options) -> World {
    let titles = titles::make(options);
    let (mut assets, piles) = assets::make(options, &titles);
    let purchases = purchases::make(options, &titles, &mut assets, &piles);
    World {
        today: options.today,
        collections: collections::make(&assets, &piles),
        declarations: rights::declarations(options.today, &assets),
        provider_profiles: rights::provider_profiles(options.today),
        titles,
        assets,
        purchases,
    }
}
