//! The 249 countries of ISO 3166-1 (alpha-2), for lists of where a book is and is not sold.

/// Every code, ascending.
const ALL: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL \
BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ \
DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS \
GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR \
KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU \
MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY \
QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH \
TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The Commonwealth home market of a British publisher, roughly.
pub const HOME: &[&str] = &["AU", "GB", "IE", "IN", "NZ", "ZA"];
/// Where North American rights are often sold on.
pub const NORTH_AMERICA: &[&str] = &["CA", "MX", "US"];
/// European markets.
pub const EUROPE: &[&str] = &["AT", "BE", "CH", "DE", "DK", "ES", "FR", "GB", "IE", "IT", "NL"];

/// These countries as owned codes.
pub fn list(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

/// Every other country.
pub fn all_but(codes: &[&str]) -> Vec<String> {
    let others = ALL.split_whitespace().filter(|code| !codes.contains(code));
    others.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_complete_and_sorted() {
        let all = all_but(&[]);
        assert_eq!(all.len(), 249);
        assert!(all.is_sorted());
        for part in [HOME, NORTH_AMERICA, EUROPE] {
            assert_eq!(all_but(part).len(), 249 - part.len());
        }
    }
}
