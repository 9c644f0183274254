//! Asks each question many times.

use onrecord_store::{By, Filter, NoNames, Result, Store};

use crate::invent::OUTLETS;
use crate::time::Time;

/// How often each question is asked, each time otherwise.
const N_TIMES: usize = 60;

const STATES: [&str; 8] =
    ["Azerbaijan", "Türkiye", "Russia", "Kazakhstan", "Armenia", "Iran", "France", "China"];

const WORDS: [&str; 10] = [
    "border treaty",
    "\"foreign minister\"",
    "sanction*",
    "nuclear deal",
    "refugees",
    "pipeline gas",
    "election fraud",
    "ceasefire",
    "\"no comment\"",
    "parliament vote",
];

/// Prints the time that answers take: the middle one and the one that one in a hundred exceeds.
pub(crate) fn questions(store: &Store) {
    let names = &NoNames;
    let some = |text: &str| Some(text.to_owned());
    let filter = || Filter { limit: Some(50), ..Filter::default() };
    // Those who are quoted most: the questions about them are the longest.
    let most = Filter { limit: Some(N_TIMES as u32), ..Filter::default() };
    let most = store.sources(By::Speaker, &most, names).expect("it can be counted");
    let one =
        |n: usize| format!("#{}", most[n % most.len()].speaker_id.expect("counted by speaker"));
    let is_one = |state: &&&str| store.somebody(state, names).is_ok();
    let states: Vec<&str> = STATES.iter().filter(is_one).copied().collect();
    let state = |n: usize| states[n % states.len()];
    let word = |n: usize| WORDS[n % WORDS.len()];
    println!(
        "{:<24} {:>8} {:>9} {:>9} {:>9} {:>9}",
        "question", "rows", "median", "99th", "median*", "99th*"
    );
    let ask = |question: &str, ask: &dyn Fn(usize) -> Result<usize>| {
        let (mut clock, mut processor, mut n_rows) = (Vec::new(), Vec::new(), 0);
        for n in 0..N_TIMES {
            let time = Time::now();
            match ask(n) {
                Ok(n) => n_rows += n,
                Err(error) if error.is_unknown_name() || error.is_ambiguous_name() => continue,
                Err(error) => panic!("{question}: {error}"),
            }
            let spent = time.spent();
            clock.push(spent.clock * 1e3);
            processor.push(spent.processor * 1e3);
        }
        assert!(clock.len() * 3 > N_TIMES, "{question}: hardly a name is known");
        let share = |times: &mut Vec<f64>, share: f64| {
            times.sort_by(f64::total_cmp);
            times[((times.len() - 1) as f64 * share).ceil() as usize]
        };
        println!(
            "{question:<24} {:>8} {:>6.1} ms {:>6.1} ms {:>6.1} ms {:>6.1} ms",
            n_rows / clock.len(),
            share(&mut clock, 0.5),
            share(&mut clock, 0.99),
            share(&mut processor, 0.5),
            share(&mut processor, 0.99)
        );
    };
    ask("said WORDS", &|n| {
        Ok(store.said(&Filter { words: some(word(n)), ..filter() }, names)?.len())
    });
    ask("search WORDS", &|n| {
        let filter = Filter { words: some(word(n)), limit: Some(20), ..Filter::default() };
        let answer = store.search(&filter, names)?;
        Ok((answer.n_statements + answer.n_articles) as usize)
    });
    ask("search (nothing)", &|n| {
        let filter = Filter { limit: Some(20), skip: n as u32 * 20, ..Filter::default() };
        Ok(store.search(&filter, names)?.statements.len())
    });
    ask("search --about STATE", &|n| {
        let filter = Filter { about: some(state(n)), limit: Some(20), ..Filter::default() };
        Ok(store.search(&filter, names)?.n_statements as usize)
    });
    ask("months", &|_| Ok(store.months(&filter(), names)?.len()));
    ask("months WORDS", &|n| {
        Ok(store.months(&Filter { words: some(word(n)), ..filter() }, names)?.len())
    });
    ask("network", &|_| Ok(store.network(&filter(), names)?.edges.len()));
    ask("network --about STATE", &|n| {
        Ok(store.network(&Filter { about: some(state(n)), ..filter() }, names)?.edges.len())
    });
    ask("article", &|n| {
        let filter = Filter { skip: n as u32 * 100, limit: Some(1), ..Filter::default() };
        let row = store.said(&filter, names)?.pop().expect("there are that many");
        let article = store.article(&row.article)?.expect("it was just found");
        Ok(article.statements.len())
    });
    ask("suggest BEGINNING", &|n| {
        let beginning = ["a", "be", "mir", "sel", "tu", "the p"][n % 6];
        Ok(store.suggest(beginning, 10)?.len())
    });
    ask("said --by PERSON", &|n| {
        Ok(store.said(&Filter { by: some(&one(n)), ..filter() }, names)?.len())
    });
    ask("said --by STATE", &|n| {
        Ok(store.said(&Filter { by: some(state(n)), ..filter() }, names)?.len())
    });
    ask("said --about STATE WORDS", &|n| {
        let filter = Filter { about: some(state(n)), words: some(word(n / 8)), ..filter() };
        Ok(store.said(&filter, names)?.len())
    });
    ask("said --outlet --since", &|n| {
        let filter = Filter {
            outlet: some(OUTLETS[n % OUTLETS.len()]),
            since: Some(jiff::civil::date(2025, 10, 1)),
            words: some(word(n)),
            ..filter()
        };
        Ok(store.said(&filter, names)?.len())
    });
    ask("actor PERSON", &|n| Ok(store.actor(&one(n), &filter(), names)?.capacities.len()));
    ask("actor STATE", &|n| Ok(store.actor(state(n), &filter(), names)?.capacities.len()));
    ask("between STATE STATE", &|n| {
        let answer = store.between(state(n), state(n / 8 + n + 1), &filter(), names)?;
        Ok(answer.events.len() + answer.statements.len())
    });
    ask("compare STATE", &|n| Ok(store.compare(state(n), &filter(), names)?.len()));
    ask("compare WORDS", &|n| Ok(store.compare(word(n), &filter(), names)?.len()));
    ask("shifts --about STATE", &|n| {
        Ok(store.shifts(&Filter { about: some(state(n)), ..filter() }, names)?.len())
    });
    ask("shifts --by PERSON", &|n| {
        Ok(store.shifts(&Filter { by: some(&one(n)), ..filter() }, names)?.len())
    });
    ask("disputed", &|_| Ok(store.disputed(&filter(), names)?.len()));
    ask("disputed --about STATE", &|n| {
        Ok(store.disputed(&Filter { about: some(state(n)), ..filter() }, names)?.len())
    });
    ask("sources", &|_| Ok(store.sources(By::Speaker, &filter(), names)?.len()));
    ask("sources --count outlet", &|_| Ok(store.sources(By::Outlet, &filter(), names)?.len()));
    ask("sources --about STATE", &|n| {
        Ok(store.sources(By::Country, &Filter { about: some(state(n)), ..filter() }, names)?.len())
    });
    ask("variants --by PERSON", &|n| {
        Ok(store.variants(&Filter { by: some(&one(n)), ..filter() }, names)?.len())
    });
}
