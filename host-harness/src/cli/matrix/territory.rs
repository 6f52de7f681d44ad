//! The countries of a cell: short for people, shorter still for spreadsheets.

/// Countries named one by one in a table; more are counted.
const COUNTRIES_NAMED: usize = 6;

/// The 249 countries of ISO 3166-1 (alpha-2), ascending, which are the world.
const WORLD: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL \
BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ \
DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS \
GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR \
KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU \
MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY \
QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH \
TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// For a table: named while they are few, the world by what it lacks, else counted.
pub fn in_words(codes: &[String]) -> String {
    let missing = missing(codes);
    match (codes.len(), missing.len()) {
        (0, _) => "not stated".to_owned(),
        (_, 0) => "world".to_owned(),
        (_, few) if few <= COUNTRIES_NAMED => format!("world except {}", missing.join(" ")),
        (few, _) if few <= COUNTRIES_NAMED => codes.join(" "),
        (many, _) => format!("{many}: {} ...", codes[..COUNTRIES_NAMED].join(" ")),
    }
}

/// For a program that reads the field: no country is left out. `WORLD`, as ONIX List 49 spells it,
/// is all 249; `except` goes before those that it lacks where that is shorter than naming the rest.
pub fn in_full(codes: &[String]) -> String {
    let missing = missing(codes);
    if missing.is_empty() {
        "WORLD".to_owned()
    } else if missing.len() < codes.len() {
        format!("WORLD except {}", missing.join(" "))
    } else {
        codes.join(" ")
    }
}

fn missing(codes: &[String]) -> Vec<&'static str> {
    WORLD.split(' ').filter(|code| codes.iter().all(|found| found != code)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use consonance_smintio::model::country::CountrySet;

    /// The world without these.
    fn all_but(codes: &[&str]) -> Vec<String> {
        WORLD.split(' ').filter(|code| !codes.contains(code)).map(str::to_owned).collect()
    }

    #[test]
    fn the_world_is_the_components() {
        let world: Vec<&str> = WORLD.split(' ').collect();
        assert_eq!(CountrySet::all().codes().collect::<Vec<_>>(), world);
    }

    #[test]
    fn the_world_is_named_and_not_listed() {
        let some = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        let many: Vec<&str> = WORLD.split(' ').take(20).collect();
        let named = many.join(" ");
        let cases = [
            (all_but(&[]), "world", "WORLD"),
            (all_but(&["CA", "US"]), "world except CA US", "WORLD except CA US"),
            (some(&["GB", "IE"]), "GB IE", "GB IE"),
            (some(&[]), "not stated", ""),
            (some(&many), "20: AD AE AF AG AI AL ...", &named),
        ];
        for (codes, table, csv) in cases {
            assert_eq!((in_words(&codes).as_str(), in_full(&codes).as_str()), (table, csv));
        }
        let lacking = in_full(&all_but(&many));
        assert_eq!(lacking, format!("WORLD except {named}"));
    }
}
