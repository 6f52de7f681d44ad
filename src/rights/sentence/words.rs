//! The words for each reason code. `key` is what the reason names, already readable.

use crate::rights::reason::{Code, Weight};

/// The clause for a reason, without a full stop.
pub(super) fn words(code: Code, weight: Weight, key: Option<&str>) -> String {
    granted(code, key)
        .or_else(|| in_time(code, key))
        .or_else(|| of_the_whole(code, weight, key))
        .unwrap_or_else(|| code.as_str().to_owned())
}

/// What is granted and denied: usage, media, placement, size, trade, territory, language.
fn granted(code: Code, key: Option<&str>) -> Option<String> {
    use Code::*;
    let is = |default: &str| key.unwrap_or(default).to_owned();
    Some(match code {
        UsageUnstated => "the licence does not say which usages it grants".to_owned(),
        UsageNotGranted => format!("the licence does not grant the use as {}", is("this role")),
        UsageProhibited => format!("the licence denies the usage {}", is("asked about")),
        MediaUnstated => "the licence does not say for which media it holds".to_owned(),
        MediaNotGranted => format!("the licence does not grant {} media", is("these")),
        MediaProhibited => format!("the licence denies {}", is("these media")),
        PlacementNotGranted => format!("the licence does not grant a place as {}", is("this")),
        PlacementProhibited => format!("the licence denies the placement {}", is("needed")),
        SizeNotGranted => "the licence grants only sizes that do not cover this use".to_owned(),
        SizeProhibited => format!("the licence denies the size {}", is("needed")),
        AlterationUncertain => format!("the image may not be altered ({})", is("not stated how")),
        IndustryProhibited => format!("the licence denies the industry {}", is("we are in")),
        TerritoryUnstated => "the licence does not say where it holds".to_owned(),
        TerritoryNotGranted => format!("the licence does not grant {}", is("a country")),
        TerritoryProhibited => format!("the licence denies {}", is("a country")),
        TerritoryKeyUnknown => format!("the licence names the unknown territory {}", is("key")),
        TerritoryRegionAmbiguous => {
            format!("a region of the licence may or may not include {}", is("a country"))
        }
        TerritoryProductUnknown => "where the product is sold is not known in full".to_owned(),
        LanguageNotGranted => format!("the licence does not grant the language {}", is("asked")),
        LanguageProhibited => format!("the licence denies the language {}", is("asked about")),
        LanguageKeyUnknown => format!("the licence is unclear about the language {}", is("asked")),
        LanguageProductUnknown => {
            "the licence speaks of languages and the product's language is not known".to_owned()
        }
        MediaProductUnknown => "the product's form does not tell its media".to_owned(),
        UnknownKey => format!("the licence uses a key that nobody here knows: {}", is("not named")),
        _ => return None,
    })
}

/// How many and when.
fn in_time(code: Code, key: Option<&str>) -> Option<String> {
    use Code::*;
    let by = |word: &str| key.map(|key| format!(" {word} {key}")).unwrap_or_default();
    Some(match code {
        PrintRunUnstated => "the licence does not say how many copies it allows".to_owned(),
        PrintRunUnknown => "the licence has a cap and the number of copies is not known".to_owned(),
        PrintRunExceeded => format!("more copies than the licence allows{}", by("at most")),
        NotYetValid => format!("the use begins before the licence{}", by("does on")),
        Expired => format!("the licence is over{}", by("after")),
        ExpiresDuringSale => "the licence ends while the product is on sale".to_owned(),
        FirstUseDeadlineMissed => {
            format!("the first use comes too late for the licence{}", by("it had to be by"))
        }
        DateImprecise => format!("a date is not known exactly enough{}", by("against")),
        UseDateUnknown => {
            "the licence is bound in time and the publication date is not known".to_owned()
        }
        DatesContradictory => "the use ends before it begins".to_owned(),
        _ => return None,
    })
}

/// What holds for the purchase or declaration as a whole.
fn of_the_whole(code: Code, weight: Weight, key: Option<&str>) -> Option<String> {
    use Code::*;
    Some(match code {
        EditorialOnly => "the image is for editorial use only".to_owned(),
        EditorialUnknown => "whether the image is for editorial use only is not stated".to_owned(),
        EditorialOtherTerm => "another term is for editorial use only".to_owned(),
        DeniedByOtherTerm => format!("another term denies the usage {}", key.unwrap_or("asked")),
        TermsEmpty => "the purchase has no licence terms".to_owned(),
        PurchaseCancelled => "the purchase was cancelled".to_owned(),
        PurchaseIncomplete => "the purchase is not completed".to_owned(),
        ModelReleaseMissing => "a person in the picture has not agreed".to_owned(),
        ModelReleaseUnknown => "whether the people in the picture agreed is not known".to_owned(),
        PropertyReleaseMissing => "the owner of something in the picture has not agreed".to_owned(),
        PropertyReleaseUnknown => {
            "whether the owners of what it shows agreed is not known".to_owned()
        }
        ReuseLimit if weight == Weight::Review => {
            "reuse is limited and how often it was reused is not known".to_owned()
        }
        ReuseLimit => "the image was reused as often as the purchase allows".to_owned(),
        LicenseeOther => match key {
            Some(other) => format!("the licence is held by {other}"),
            None => "the licence does not say who holds it".to_owned(),
        },
        FreeTextUnread => "there is licence text that nobody has turned into terms".to_owned(),
        NoRightsSource => "neither a purchase nor a declaration covers the image".to_owned(),
        DeclarationExpired => match key {
            Some(day) => format!("the declaration is over after {day}"),
            None => "the declaration is over".to_owned(),
        },
        DeclarationIncomplete => {
            format!("the declaration lacks its {}", key.unwrap_or("signer, scope or usages"))
        }
        _ => return None,
    })
}
