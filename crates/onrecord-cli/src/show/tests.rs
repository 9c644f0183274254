//! Records made by hand, and what a person sees of them.

use onrecord::{Article, Form, Note, NoteKind, Record, Span, Statement, StatementId, Text};

/// The spans of these words, each the first after the one before.
fn spans(text: &Text, words: &[&str]) -> Vec<Span> {
    let mut from = 0;
    let find = |word: &&str| {
        let start =
            from + text.as_str()[from..].find(word).unwrap_or_else(|| panic!("no {word:?}"));
        from = start + word.len();
        text.span(start, from).unwrap()
    };
    words.iter().map(find).collect()
}

/// A statement of an article with this text.
fn statement(text: &Text, id: u32, words: [&[&str]; 3]) -> Statement {
    let [source, cue, content] = words.map(|words| spans(text, words));
    Statement {
        id: StatementId(id),
        form: Form::Direct,
        content,
        source,
        cue,
        within: None,
        continues: None,
        speaker: None,
        about: Vec::new(),
        confidence: 0.94,
    }
}

/// What is shown at this width, without its colours.
#[track_caller]
fn check(record: &Record, width: usize, expected: &str) {
    let shown = super::record(record, width);
    let shown = anstream::adapter::strip_str(&shown).to_string();
    assert_eq!(shown.trim_end(), expected.trim(), "\n{shown}");
}

#[test]
fn statements_with_pieces_within_others_and_going_on() {
    let mut article = Article::new(
        "Baku and the Alliance\n\n“The Alliance has a wide range of areas for cooperation,” MP \
         Rasim Musabayov emphasised on Friday, “including demining. The Azerbaijani side has\n\
         repeatedly stressed that it does not view membership as an objective.”\n\
         “We will continue.”\nThe cost is reportedly low.\n",
    );
    article.path = Some("nato.txt".into());
    article.title = Some("Baku and the Alliance".into());
    article.published = Some(jiff::civil::date(2026, 1, 23));
    let text = &article.text;
    let content = [
        "“The Alliance has a wide range of areas for cooperation,”",
        "“including demining. The Azerbaijani side has\nrepeatedly stressed that it does not view \
         membership as an objective.”",
    ];
    let statements = vec![
        statement(text, 0, [&["MP Rasim Musabayov"], &["emphasised"], &content]),
        statement(text, 1, [&[], &[], &["“We will continue.”"]]),
        statement(
            text,
            2,
            [
                &["The Azerbaijani side"],
                &["repeatedly stressed"],
                &["that it does not view membership as an objective"],
            ],
        ),
        statement(text, 3, [&[], &["reportedly"], &["The cost is", "low"]]),
    ];
    let mut record = Record { statements, ..Record::empty(article) };
    record.statements[1].continues = Some(StatementId(0));
    record.statements[1].confidence = 1.0;
    record.statements[2].within = Some(StatementId(0));
    record.statements[2].form = Form::Indirect;
    record.statements[3].form = Form::Mixed;
    record.statements[3].confidence = 0.076;
    check(
        &record,
        72,
        "
Baku and the Alliance
nato.txt · 2026-01-23 · 4 statements

  s1  MP Rasim Musabayov · emphasised                        direct  94%
      “The Alliance has a wide range of areas for cooperation,” …
      “including demining. The Azerbaijani side has repeatedly stressed
      that it does not view membership as an objective.”

      s3  The Azerbaijani side · repeatedly stressed       indirect  94%
          that it does not view membership as an objective

  s2  MP Rasim Musabayov · going on from s1                  direct 100%
      “We will continue.”

  s4  no source named · reportedly                            mixed   8%
      The cost is … low
",
    );
}

#[test]
fn long_sources_and_wide_letters_keep_to_their_column() {
    let article = Article::new("北约秘书长周五在布鲁塞尔表示：“我们将继续合作，直到实现目标。”");
    let text = &article.text;
    let words: [&[&str]; 3] =
        [&["北约秘书长周五在布鲁塞尔"], &["表示"], &["“我们将继续合作，直到实现目标。”"]];
    let statements = vec![statement(text, 0, words)];
    check(
        &Record { statements, ..Record::empty(article) },
        32,
        "
Untitled
1 statement

  s1  北约秘书长周   direct  94%
      五在布鲁塞尔 · 表示
      “我们将继续合作，直到实现
      目标。”
",
    );
}

#[test]
fn notes_come_last() {
    let mut article = Article::new("One.\nTwo.\n");
    article.path = Some("-".into());
    let span = article.text.span(5, 9);
    let message = "the text is too long to be read to its end".to_owned();
    let notes = vec![
        Note { kind: NoteKind::TooLong, span, message: message.clone() },
        Note { kind: NoteKind::NoWords, span: None, message },
    ];
    check(
        &Record { notes, ..Record::empty(article) },
        40,
        "
standard input
no statements

  note on line 2: the text is too long
  to be read to its end

  note: the text is too long to be read
  to its end
",
    );
}

#[test]
fn no_statement_is_lost_in_a_circle_nor_at_any_depth() {
    let article = Article::new("word");
    let n_statements = 200;
    let mut statements: Vec<Statement> = (0..n_statements)
        .map(|id| statement(&article.text, id, [&["word"], &["word"], &["word"]]))
        .collect();
    for (idx, statement) in statements.iter_mut().enumerate() {
        statement.within = Some(StatementId((idx as u32 + 1) % n_statements));
        statement.continues = Some(StatementId(idx as u32));
    }
    let shown = super::record(&Record { statements, ..Record::empty(article) }, 60);
    for id in 0..n_statements {
        let label = format!("\u{1b}[2m{}\u{1b}[0m ", StatementId(id));
        assert_eq!(shown.matches(&label).count(), 1, "{label:?}");
    }
}

#[test]
fn text_does_not_act_on_the_terminal() {
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m";
    let mut article = Article::new(hostile);
    article.title = Some(hostile.into());
    article.path = Some(hostile.into());
    let words: [&[&str]; 3] = [&[hostile], &[hostile], &[hostile]];
    let statements = vec![statement(&article.text, 0, words)];
    let notes = vec![Note { kind: NoteKind::TooLong, span: None, message: hostile.into() }];
    let shown = super::record(&Record { statements, notes, ..Record::empty(article) }, 80);
    assert_eq!(shown.matches("owned").count(), 6, "{shown:?}");
    let is_style = |code: &str| {
        let end = code.find(|c: char| !c.is_ascii_digit()).unwrap();
        end > 0 && code[end..].starts_with('m')
    };
    for code in shown.split('\u{1b}').skip(1) {
        assert!(code.strip_prefix('[').is_some_and(is_style), "ESC {code:?}");
    }
    assert!(!shown.contains(|c: char| c.is_control() && c != '\u{1b}' && c != '\n'), "{shown:?}");
}
