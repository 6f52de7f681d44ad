//! Subject codes of the right shape with headings of our own: neither Thema's nor BISAC's list is
//! shipped (their licences do not allow it), so the pairs mean nothing beyond this world.

use super::rng::Rng;

/// Scheme, code, heading.
const SUBJECTS: [(&str, &str, &str); 12] = [
    ("THEMA", "JB", "Society, made up"),
    ("THEMA", "DS", "Writing about writing, made up"),
    ("THEMA", "NH", "The past, made up"),
    ("THEMA", "QD", "Thinking, made up"),
    ("THEMA", "AT", "Stage and screen, made up"),
    ("THEMA", "JN", "Teaching, made up"),
    ("BISAC", "SOC000000", "SOCIETY / Made up"),
    ("BISAC", "LIT000000", "WRITING / Made up"),
    ("BISAC", "HIS000000", "THE PAST / Made up"),
    ("BISAC", "PHI000000", "THINKING / Made up"),
    ("BISAC", "ART000000", "ART / Made up"),
    ("BISAC", "EDU000000", "TEACHING / Made up"),
];

/// One main subject of each scheme and perhaps a further one: scheme, code, heading, main.
pub fn of(rng: &mut Rng) -> Vec<(String, String, String, bool)> {
    let main = rng.below(6) as usize;
    let mut chosen = vec![(main, true), (main + 6, true)];
    if rng.percent(40) {
        chosen.push(((main + 1) % 6, false));
    }
    let entry = |(n, main): (usize, bool)| {
        let (scheme, code, heading) = SUBJECTS[n];
        (scheme.to_owned(), code.to_owned(), heading.to_owned(), main)
    };
    chosen.into_iter().map(entry).collect()
}
