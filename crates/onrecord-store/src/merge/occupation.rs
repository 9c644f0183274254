//! What a person does, by their titles: enough to tell two people of one name apart.

/// A set of occupations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Occupations(u32);

/// Occupations, each with the words of titles and the PLOVER sectors that tell it, and those that the
/// same person is often known to have as well.
struct Occupation {
    words: &'static [&'static str],
    sectors: &'static [&'static str],
    goes_with: &'static [usize],
}

const EXECUTIVE: usize = 0;
const LEGISLATURE: usize = 1;
const PARTY: usize = 2;
const DIPLOMACY: usize = 3;
const MILITARY: usize = 4;
const POLICE: usize = 5;
const LAW: usize = 6;
const RESEARCH: usize = 7;

const OCCUPATIONS: &[Occupation] = &[
    Occupation {
        words: &[
            "minister",
            "president",
            "premier",
            "chancellor",
            "secretary",
            "governor",
            "mayor",
            "king",
            "queen",
            "prince",
            "emir",
            "sultan",
            "adviser",
            "advisor",
            "aide",
            "official",
            "prefect",
            "commissioner",
            "vice",
            "cabinet",
            "undersecretary",
        ],
        sectors: &["GOV"],
        goes_with: &[PARTY, DIPLOMACY],
    },
    Occupation {
        words: &[
            "mp",
            "mep",
            "senator",
            "sen",
            "congressman",
            "congresswoman",
            "rep",
            "representative",
            "deputy",
            "lawmaker",
            "legislator",
            "speaker",
            "councillor",
        ],
        sectors: &["LEG"],
        goes_with: &[PARTY],
    },
    Occupation {
        words: &["leader", "opposition", "candidate", "politician", "nominee"],
        sectors: &["PTY", "OPP"],
        goes_with: &[EXECUTIVE, LEGISLATURE],
    },
    Occupation {
        words: &["ambassador", "envoy", "diplomat", "consul", "negotiator", "attache"],
        sectors: &["IGO", "UNO", "EUR"],
        goes_with: &[EXECUTIVE],
    },
    Occupation {
        words: &[
            "general",
            "gen",
            "colonel",
            "col",
            "major",
            "maj",
            "captain",
            "lieutenant",
            "lt",
            "admiral",
            "commander",
            "brigadier",
            "sergeant",
            "sgt",
            "soldier",
            "marshal",
            "corporal",
        ],
        sectors: &["MIL"],
        goes_with: &[],
    },
    Occupation {
        words: &["police", "sheriff", "detective", "constable", "superintendent"],
        sectors: &["COP"],
        goes_with: &[],
    },
    Occupation {
        words: &["judge", "justice", "lawyer", "attorney", "prosecutor", "barrister", "solicitor"],
        sectors: &["JUD"],
        goes_with: &[],
    },
    Occupation {
        words: &[
            "professor",
            "prof",
            "analyst",
            "researcher",
            "scholar",
            "expert",
            "scientist",
            "historian",
            "economist",
            "fellow",
            "lecturer",
            "academic",
            "specialist",
            "rector",
            "dean",
            "sociologist",
        ],
        sectors: &["EDU"],
        goes_with: &[],
    },
    Occupation {
        words: &[
            "journalist",
            "reporter",
            "editor",
            "correspondent",
            "columnist",
            "presenter",
            "anchor",
            "broadcaster",
            "commentator",
        ],
        sectors: &["JRN"],
        goes_with: &[RESEARCH],
    },
    Occupation {
        words: &[
            "businessman",
            "businesswoman",
            "ceo",
            "banker",
            "trader",
            "entrepreneur",
            "owner",
            "investor",
            "executive",
            "chairman",
            "chairwoman",
            "manager",
            "magnate",
        ],
        sectors: &["BUS", "MNC"],
        goes_with: &[],
    },
    Occupation {
        words: &["activist", "campaigner", "organizer", "organiser", "dissident"],
        sectors: &["NGO", "SOC"],
        goes_with: &[],
    },
    Occupation {
        words: &[
            "footballer",
            "striker",
            "goalkeeper",
            "midfielder",
            "defender",
            "coach",
            "player",
            "boxer",
            "athlete",
            "swimmer",
            "wrestler",
            "cyclist",
            "cricketer",
            "referee",
            "champion",
            "trainer",
        ],
        sectors: &[],
        goes_with: &[],
    },
    Occupation {
        words: &[
            "actor",
            "actress",
            "singer",
            "director",
            "composer",
            "painter",
            "artist",
            "novelist",
            "poet",
            "writer",
            "musician",
            "pianist",
            "filmmaker",
            "author",
            "playwright",
        ],
        sectors: &[],
        goes_with: &[],
    },
    Occupation {
        words: &["doctor", "dr", "surgeon", "physician", "nurse", "epidemiologist", "dentist"],
        sectors: &[],
        goes_with: &[RESEARCH],
    },
    Occupation {
        words: &[
            "bishop",
            "archbishop",
            "cardinal",
            "imam",
            "priest",
            "pastor",
            "rabbi",
            "mufti",
            "pope",
        ],
        sectors: &["REL"],
        goes_with: &[],
    },
    Occupation {
        words: &[
            "farmer",
            "driver",
            "teacher",
            "student",
            "shopkeeper",
            "resident",
            "worker",
            "fisherman",
            "miner",
            "pensioner",
            "villager",
            "baker",
            "engineer",
            "refugee",
            "shepherd",
            "pilot",
        ],
        sectors: &["CVL", "LAB", "REF"],
        goes_with: &[],
    },
    Occupation {
        words: &["rebel", "militant", "insurgent", "warlord", "guerrilla"],
        sectors: &["REB", "PRM"],
        goes_with: &[MILITARY],
    },
    Occupation {
        words: &["suspect", "defendant", "convict", "gangster", "smuggler"],
        sectors: &["CRM"],
        goes_with: &[],
    },
    Occupation { words: &["spy"], sectors: &["SPY"], goes_with: &[MILITARY, POLICE, LAW] },
];

impl Occupations {
    /// Those that folded titles tell; where they tell none, those of the sectors.
    pub(super) fn of(titles: &str, sectors: &str) -> Occupations {
        let by = |tells: &dyn Fn(&Occupation) -> bool| {
            let bits = OCCUPATIONS.iter().enumerate().filter(|(_, one)| tells(one));
            Occupations(bits.fold(0, |bits, (idx, _)| bits | 1 << idx))
        };
        let titles = by(&|one| titles.split(' ').any(|word| one.words.contains(&word)));
        if titles.is_empty() {
            return by(&|one| sectors.split(' ').any(|sector| one.sectors.contains(&sector)));
        }
        titles
    }

    /// Whether nothing is known.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one of them is in both.
    pub(super) fn share(self, other: Occupations) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether one person may have both sets: they share one, or have two that go together.
    pub(super) fn go_with(self, other: Occupations) -> bool {
        self.is_empty()
            || other.is_empty()
            || self.wider().share(other)
            || self.share(other.wider())
    }

    fn wider(self) -> Occupations {
        let own = OCCUPATIONS.iter().enumerate().filter(|(idx, _)| self.0 & 1 << idx != 0);
        let along = own.flat_map(|(_, one)| one.goes_with);
        Occupations(along.fold(self.0, |bits, idx| bits | 1 << idx))
    }
}

/// Titles of which there is one a place: two people who hold one in two places are two people.
const LOCAL: &[&str] = &[
    "mayor",
    "governor",
    "sheriff",
    "captain",
    "coach",
    "ceo",
    "editor",
    "rector",
    "dean",
    "bishop",
    "archbishop",
    "mufti",
    "prefect",
    "ambassador",
    "director",
    "owner",
    "chairman",
    "chairwoman",
    "professor",
    "judge",
    "king",
    "queen",
    "president",
    "prosecutor",
    "goalkeeper",
    "striker",
    "imam",
    "commander",
    "superintendent",
    "lecturer",
];

/// Words of titles that say nothing of where.
const EMPTY: &[&str] = &[
    "of", "the", "at", "in", "for", "to", "and", "a", "an", "former", "ex", "vice", "deputy",
    "acting", "senior", "chief", "s",
];

/// Whether two folded titles name the same local office in two places: "mayor of Ostra", "mayor of Belin".
pub(super) fn are_apart(title: &str, other: &str) -> bool {
    let words = |title: &str| -> Vec<String> {
        title.split(' ').filter(|word| !EMPTY.contains(word)).map(str::to_owned).collect()
    };
    let (left, right) = (words(title), words(other));
    let office = left.iter().find(|word| LOCAL.contains(&word.as_str()) && right.contains(word));
    let Some(office) = office else { return false };
    let mut left = left.iter().filter(|word| *word != office).peekable();
    let n_right = right.iter().filter(|word| *word != office).count();
    left.peek().is_some() && n_right > 0 && !left.any(|word| right.contains(word))
}
