//! One grant, made ready to be compared: a term of a purchase, or a declaration. Grants are
//! alternatives, and the dimensions of one are never mixed with those of another.

use crate::model::date::Day;
use crate::model::declaration::Declaration;
use crate::model::licence::{Bound, KeyLists, Term};
use crate::model::role::Role;

use super::asked::Use;
use super::dimension::keys::Lists;
use super::dimension::language::Tongues;
use super::dimension::print_run::Caps;
use super::dimension::time::Window;
use super::dimension::{
    editorial, industry, language, media, placement, print_run, size, territory, time, usage,
};
use super::findings::Findings;
use super::geography::Geography;
use super::need::NeedTable;
use super::reason::{Code, Dimension, Key};
use super::vocabulary::Vocabulary;

/// A grant.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub usages: Lists,
    /// Asset roles that a declaration grants by name.
    roles: Vec<Role>,
    media: Lists,
    placements: Lists,
    sizes: Lists,
    industries: Lists,
    allowed_territory: Geography,
    restricted_territory: Geography,
    allowed_languages: Tongues,
    restricted_languages: Tongues,
    caps: Caps,
    window: Window,
    /// Editorial use only?
    pub is_editorial: Option<bool>,
    /// What a grant that is over is called.
    ended: Code,
    /// What a declaration lacks.
    lacks: Vec<&'static str>,
    /// When a declaration was signed.
    signed_on: Bound,
}

impl Grant {
    /// A licence term.
    pub fn of_term(term: &Term) -> Self {
        Self {
            usages: key_lists(Vocabulary::Usages, &term.usages),
            roles: Vec::new(),
            media: key_lists(Vocabulary::Distributions, &term.distributions),
            placements: key_lists(Vocabulary::Placements, &term.placements),
            sizes: key_lists(Vocabulary::Sizes, &term.sizes),
            industries: key_lists(Vocabulary::Industries, &term.industries),
            allowed_territory: Geography::of_keys(texts(&term.geographies.allowed)),
            restricted_territory: Geography::of_keys(texts(&term.geographies.restricted)),
            allowed_languages: Tongues::of(texts(&term.languages.allowed)),
            restricted_languages: Tongues::of(texts(&term.languages.restricted)),
            caps: Caps::of(texts(&term.usage_limits)),
            window: Window {
                from: term.valid_from.clone(),
                until: term.valid_until.clone(),
                first_use: term.to_be_used_until.clone(),
            },
            is_editorial: term.is_editorial_use,
            ended: Code::Expired,
            lacks: Vec::new(),
            signed_on: Bound::None,
        }
    }

    /// A declaration. It has no cap on copies and is not editorial; what it does not have lists
    /// for (placements, sizes, industries) it leaves open.
    pub fn of_declaration(declaration: &Declaration) -> Self {
        let usages = declaration.usages.iter().map(String::as_str);
        let role_of = |text: &str| Role::parse(&text.trim().to_ascii_lowercase());
        Self {
            usages: allowed(
                Vocabulary::Usages,
                usages.clone().filter(|text| role_of(text).is_none()),
            ),
            roles: usages.filter_map(role_of).collect(),
            media: allowed(Vocabulary::Distributions, texts(&declaration.media).map(medium_key)),
            placements: Lists::default(),
            sizes: Lists::default(),
            industries: Lists::default(),
            allowed_territory: Geography::of_declared(texts(&declaration.territories)),
            restricted_territory: Geography::default(),
            allowed_languages: Tongues::of(texts(&declaration.languages)),
            restricted_languages: Tongues::default(),
            caps: Caps::unlimited(),
            window: Window {
                from: declaration.valid_from.clone(),
                until: declaration.valid_until.clone(),
                ..Window::default()
            },
            is_editorial: Some(false),
            ended: Code::DeclarationExpired,
            lacks: lacking(declaration),
            signed_on: declaration.signed_on.clone(),
        }
    }

    /// Compares every dimension with the use.
    pub fn check(&self, term: Option<u32>, asked: &Use, needs: &NeedTable) -> Findings {
        let mut found = Findings::new(term);
        for part in &self.lacks {
            found.review(Code::DeclarationIncomplete, Dimension::Asset, Key::Known(part));
        }
        if !self.is_signed_by(asked.today) {
            let key = Key::Known("signed_on");
            found.review(Code::DeclarationIncomplete, Dimension::Asset, key);
        }
        if !self.roles.contains(&asked.role) && !self.lacks.contains(&USAGES) {
            usage::check(&self.usages, self.roles.is_empty(), asked, needs, &mut found);
        }
        media::check(&self.media, asked, needs, &mut found);
        placement::check(&self.placements, asked, needs, &mut found);
        size::check(&self.sizes, asked, needs, &mut found);
        industry::check(&self.industries, needs, &mut found);
        territory::check(&self.allowed_territory, &self.restricted_territory, asked, &mut found);
        language::check(&self.allowed_languages, &self.restricted_languages, asked, &mut found);
        print_run::check(&self.caps, asked, &mut found);
        time::check(&self.window, self.ended, asked, &mut found);
        editorial::check(self.is_editorial, asked, &mut found);
        found
    }

    /// What somebody will sign is not signed. Without a date the signer's name counts.
    fn is_signed_by(&self, today: Day) -> bool {
        match self.signed_on {
            Bound::None => true,
            Bound::Day(day) => day <= today,
            Bound::Unreadable(_) => false,
        }
    }
}

const USAGES: &str = "usages";

/// A declaration without these clears nothing.
fn lacking(declaration: &Declaration) -> Vec<&'static str> {
    let signed = declaration.signer.as_deref().is_some_and(|s| !s.trim().is_empty());
    let parts = [
        ("signer", signed),
        ("scope", !declaration.scope.is_empty()),
        (USAGES, !declaration.usages.is_empty()),
    ];
    parts.into_iter().filter(|(_, has)| !has).map(|(part, _)| part).collect()
}

fn medium_key(text: &str) -> &str {
    match text {
        text if text.eq_ignore_ascii_case("print") => "media_print",
        text if text.eq_ignore_ascii_case("digital") => "media_digital",
        text => text,
    }
}

fn key_lists(vocabulary: Vocabulary, lists: &KeyLists) -> Lists {
    Lists {
        allowed: vocabulary.set(texts(&lists.allowed)),
        restricted: vocabulary.set(texts(&lists.restricted)),
    }
}

fn allowed<'a>(vocabulary: Vocabulary, keys: impl Iterator<Item = &'a str>) -> Lists {
    Lists { allowed: vocabulary.set(keys), ..Lists::default() }
}

fn texts(keys: &[String]) -> impl Iterator<Item = &str> {
    keys.iter().map(String::as_str)
}
