PRAGMA foreign_keys = 0;
PRAGMA application_id = 1869509219;
PRAGMA user_version = 2;
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,          -- SHA-256 of text in UTF-8, hexadecimal: the record's article id
    url TEXT,                    -- where it was published; with hash, what makes it one article
    path TEXT,                   -- the file it came from
    title TEXT,                  -- headline
    outlet TEXT,                 -- who published it
    authors TEXT,                -- by-line, JSON list; null: none
    canonical_url TEXT,          -- the address that its publisher prefers
    section TEXT,                -- the part of the outlet it stood in
    published TEXT,              -- day of publication
    published_at TEXT,           -- moment of publication, RFC 3339
    updated TEXT,                -- day of the last change
    language TEXT,               -- ISO 639-1
    origins TEXT,                -- where each field came from, JSON object; null: unknown
    notes TEXT,                  -- what was not read and why, JSON list; null: nothing
    copy_of INTEGER REFERENCES article(id), -- the first article with nearly this text; null: itself
    digest INTEGER NOT NULL,     -- hash of all that was read in it, for `onrecord verify`
    first_appearance INTEGER NOT NULL, -- the id of its first actor; 0: none
    n_appearances INTEGER NOT NULL,
    first_statement INTEGER NOT NULL,
    n_statements INTEGER NOT NULL,
    first_event INTEGER NOT NULL,
    n_events INTEGER NOT NULL,
    text TEXT NOT NULL           -- the text that all spans point into
);
CREATE INDEX article_hash ON article(substr(hash, 1, 16));
CREATE INDEX article_published ON article(published, outlet, n_statements, n_events);
CREATE INDEX article_copy ON article(copy_of) WHERE copy_of IS NOT NULL;
CREATE TABLE article_band (
    band INTEGER NOT NULL,       -- hash of a part of the text's MinHash signature
    article_id INTEGER NOT NULL REFERENCES article(id),
    PRIMARY KEY (band, article_id)
) WITHOUT ROWID;
CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,          -- its name
    kind TEXT NOT NULL,          -- person, state, organization, group, place, document
    country TEXT                 -- ISO 3166-1 alpha-3
);
CREATE INDEX actor_country ON actor(country) WHERE kind = 'state';
CREATE TABLE name_key (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE     -- p or o (person or other), a space, the folded name
);
CREATE TABLE capacity (
    id INTEGER PRIMARY KEY,
    actor_id INTEGER NOT NULL REFERENCES actor(id),
    name_key_id INTEGER REFERENCES name_key(id), -- null: never brought together by its name
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    sector TEXT,                 -- PLOVER sectors, a space between; null: none
    organization TEXT,           -- name of the organization it speaks or works for
    office TEXT,                 -- office on the day of publication, by the knowledge base
    role TEXT,                   -- titles as printed, " | " between; null: none
    links TEXT,                  -- ids elsewhere, JSON object; null: none
    link TEXT,                   -- the one of them that decides: wikidata:Q227
    ruling_id INTEGER REFERENCES ruling(id), -- the split that made it; null: none
    reason TEXT                  -- why it is this actor; null: nothing of its name was there before
);
CREATE INDEX capacity_actor ON capacity(actor_id);
CREATE INDEX capacity_country ON capacity(country) WHERE country IS NOT NULL;
CREATE INDEX capacity_key ON capacity(name_key_id) WHERE name_key_id IS NOT NULL;
CREATE INDEX capacity_link ON capacity(link) WHERE link IS NOT NULL;
CREATE TABLE alias (
    folded TEXT NOT NULL,
    name_key_id INTEGER NOT NULL REFERENCES name_key(id),
    PRIMARY KEY (folded, name_key_id)
) WITHOUT ROWID;
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY,
    verb TEXT NOT NULL,          -- merge or split
    capacity_id INTEGER NOT NULL REFERENCES capacity(id),
    other_id INTEGER REFERENCES capacity(id), -- merge: what it is one with
    because TEXT                 -- in the person's words
);
CREATE TABLE appearance (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    number INTEGER NOT NULL,     -- a1 of the record is 1
    capacity_id INTEGER NOT NULL REFERENCES capacity(id),
    organization_id INTEGER REFERENCES appearance(id), -- for whom it speaks or works
    mentions TEXT                -- spans that refer to it, 600-653 1140-1142p; see the view mention
);
CREATE INDEX appearance_capacity ON appearance(capacity_id);
CREATE TABLE role (
    appearance_id INTEGER NOT NULL REFERENCES appearance(id),
    number INTEGER NOT NULL,     -- in the order of the text, from 1
    start INTEGER NOT NULL,      -- the title as printed
    end INTEGER NOT NULL,
    organization_id INTEGER REFERENCES appearance(id), -- where the office is held
    PRIMARY KEY (appearance_id, number)
) WITHOUT ROWID;
CREATE TABLE statement_form (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL           -- direct, indirect, mixed
);
CREATE TABLE statement (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    number INTEGER NOT NULL,     -- s1 of the record is 1
    form INTEGER NOT NULL REFERENCES statement_form(id),
    content_start INTEGER NOT NULL, -- the first span of what was said
    content_end INTEGER NOT NULL,
    source_start INTEGER,        -- the first span that names the source; null: none
    source_end INTEGER,
    cue_start INTEGER,           -- the first span that makes it a statement; null: none
    cue_end INTEGER,
    more TEXT,                   -- further spans: {"content":[[1200,1215]]}; null: none
    speaker_id INTEGER REFERENCES appearance(id),
    speaker_confidence INTEGER,  -- probability that it is this one, per mille
    within_id INTEGER REFERENCES statement(id),    -- the statement that reports it
    continues_id INTEGER REFERENCES statement(id), -- the statement it goes on from
    confidence INTEGER NOT NULL  -- probability that content and source are right, per mille
);
CREATE INDEX statement_speaker ON statement(speaker_id) WHERE speaker_id IS NOT NULL;
CREATE TABLE about (
    appearance_id INTEGER NOT NULL REFERENCES appearance(id),
    statement_id INTEGER NOT NULL REFERENCES statement(id),
    number INTEGER NOT NULL,     -- in the order of the record, from 1
    stance REAL,                 -- of the speaker toward the actor, -1 to 1
    PRIMARY KEY (appearance_id, statement_id, number)
) WITHOUT ROWID;
CREATE INDEX about_statement ON about(statement_id);
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    number INTEGER NOT NULL,     -- e1 of the record is 1
    type TEXT NOT NULL,          -- PLOVER 2, and ALIGN, RIVAL
    status TEXT NOT NULL,        -- occurred, ongoing, planned, called_for, possible, denied
    trigger TEXT NOT NULL,       -- spans of the words that name it
    start TEXT,                  -- first day, month or year
    end TEXT,                    -- last
    date TEXT,                   -- span of the words that say when
    place_id INTEGER REFERENCES appearance(id),
    contexts TEXT,               -- a space between; null: none
    said_id INTEGER REFERENCES statement(id), -- on whose word; null: the outlet's own voice
    occurrence_id INTEGER NOT NULL REFERENCES occurrence(id),
    confidence INTEGER NOT NULL  -- probability that it is an event of this type, per mille
);
CREATE INDEX event_occurrence ON event(occurrence_id);
CREATE TABLE event_actor (
    appearance_id INTEGER NOT NULL REFERENCES appearance(id),
    event_id INTEGER NOT NULL REFERENCES event(id),
    part INTEGER NOT NULL,       -- 1: did it; 2: had it done to them
    number INTEGER NOT NULL,     -- in the order of the record, from 1
    PRIMARY KEY (appearance_id, event_id, part, number)
) WITHOUT ROWID;
CREATE INDEX event_actor_event ON event_actor(event_id);
CREATE TABLE occurrence (
    id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL,        -- hash of type, actors, recipients and what else tells it from others
    start TEXT,                  -- first day of all its reports; null: none has a date
    end TEXT,                    -- last day
    n_reports INTEGER NOT NULL,
    n_claimed INTEGER NOT NULL,  -- reports that it occurred or is under way
    n_denied INTEGER NOT NULL    -- reports that deny it
);
CREATE INDEX occurrence_key ON occurrence(key, start);
CREATE INDEX occurrence_disputed ON occurrence(start) WHERE n_claimed > 0 AND n_denied > 0;
CREATE TABLE quoted (
    capacity_id INTEGER NOT NULL REFERENCES capacity(id),
    outlet TEXT NOT NULL,        -- empty: unknown
    n INTEGER NOT NULL,
    PRIMARY KEY (capacity_id, outlet)
) WITHOUT ROWID;
CREATE VIEW statement_words AS
SELECT statement.id AS id,
       CASE WHEN more IS NULL THEN substr(text, content_start + 1, content_end - content_start)
       ELSE substr(text, content_start + 1, content_end - content_start) || ifnull(
           (SELECT group_concat(' … ' || substr(text, json_extract(value, '$[0]') + 1,
                                                json_extract(value, '$[1]') - json_extract(value, '$[0]')), '')
            FROM json_each(more, '$.content')), '')
       END AS words
FROM statement JOIN article ON article.id = statement.article_id;
CREATE VIEW said AS
SELECT statement.id AS statement, actor.name AS speaker, capacity.role AS role,
       statement_form.name AS form, statement_words.words,
       substr(article.text, source_start + 1, source_end - source_start) AS source,
       substr(article.text, cue_start + 1, cue_end - cue_start) AS cue,
       article.outlet, article.published, article.title, article.id AS article
FROM statement
JOIN statement_form ON statement_form.id = statement.form
JOIN statement_words ON statement_words.id = statement.id
JOIN article ON article.id = statement.article_id
LEFT JOIN appearance ON appearance.id = statement.speaker_id
LEFT JOIN capacity ON capacity.id = appearance.capacity_id
LEFT JOIN actor ON actor.id = capacity.actor_id;
CREATE VIEW mention AS
SELECT appearance.id AS appearance_id,
       json_each.key + 1 AS number,  -- in the order of the text, from 1
       CAST(value AS INTEGER) AS start,
       CAST(substr(value, instr(value, '-') + 1) AS INTEGER) AS end,
       CASE substr(value, -1) WHEN 'm' THEN 'metonym' WHEN 'd' THEN 'nominal' WHEN 'p' THEN 'pronoun'
       ELSE 'name' END AS form
FROM appearance, json_each('["' || replace(appearance.mentions, ' ', '","') || '"]')
WHERE appearance.mentions IS NOT NULL;
CREATE VIEW mention_words AS
SELECT actor.name AS actor, mention.form,
       substr(article.text, mention.start + 1, mention.end - mention.start) AS words,
       article.id AS article
FROM mention
JOIN appearance ON appearance.id = mention.appearance_id
JOIN capacity ON capacity.id = appearance.capacity_id
JOIN actor ON actor.id = capacity.actor_id
JOIN article ON article.id = appearance.article_id;
CREATE VIRTUAL TABLE statement_fts USING fts5(
    words, content='statement_words', content_rowid='id', columnsize=0,
    tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE article_fts USING fts5(
    title, text, content='article', content_rowid='id', columnsize=0, detail=none,
    tokenize="unicode61 remove_diacritics 2");
INSERT INTO "article" VALUES (1, '041250191afc7691b6baf9830c45fe730f391fbbd7d2865f344cc79c16e56623', 'https://khazar-review.example/2026-01-20', NULL, 'Khazar Review on 2026-01-20', 'Khazar Review', NULL, NULL, NULL, '2026-01-20', NULL, NULL, NULL, NULL, NULL, NULL, -5120977012358405213, 1, 3, 1, 1, 1, 1, 'Ostra and Belin met in Port Sael. “We will share the water,” Mila Tereny, foreign minister of Ostra, said of Belin.');
INSERT INTO "article" VALUES (2, '6d17e9adbe7ce52f949d8c50c022eab7080009ad1fcce8d91062a1c693c2cf6d', 'https://delta-post.example/2026-01-21', NULL, 'Delta Post on 2026-01-21', 'Delta Post', NULL, NULL, NULL, '2026-01-21', NULL, NULL, NULL, NULL, NULL, NULL, -6321941312138413457, 4, 3, 2, 1, 2, 1, 'Port Sael hosted talks of Ostra and Belin, who met on Monday, the Ostra government said. “We will share all the water,” Mila Tereny said.');
INSERT INTO "article" VALUES (3, '6db7da0d587c0a925ddade320d6b614f1771aea066d91ca102e72f76aafcd30f', 'https://belin-today.example/2026-01-23', NULL, 'Belin Today on 2026-01-23', 'Belin Today', NULL, NULL, NULL, '2026-01-23', NULL, NULL, NULL, NULL, NULL, NULL, -7733149275562189633, 7, 4, 3, 2, 3, 2, 'Pavol Dresz, energy minister of Belin, accused Ostra of shelling a dam. “Ostra shelled us.” The army of Ostra denied shelling anything.');
INSERT INTO "article" VALUES (4, 'fd51e29b48808f37563aca5bd5560ffe1d9cf12f9feb220141b548bd1f1e4f1a', 'https://khazar-review.example/2026-01-26', NULL, 'Khazar Review on 2026-01-26', 'Khazar Review', NULL, NULL, NULL, '2026-01-26', NULL, NULL, NULL, NULL, NULL, NULL, -8411327486231556567, 11, 3, 5, 1, 5, 1, 'Mila Tereny, foreign minister of Ostra, called Belin “a neighbour that lies”.');
INSERT INTO "article_band" VALUES (110063668364, 2);
INSERT INTO "article_band" VALUES (288497274624, 3);
INSERT INTO "article_band" VALUES (646540725469, 2);
INSERT INTO "article_band" VALUES (944421893219, 1);
INSERT INTO "actor" VALUES (1, 'Ostra', 'state', 'OST');
INSERT INTO "actor" VALUES (2, 'Belin', 'state', 'BEL');
INSERT INTO "actor" VALUES (3, 'Mila Tereny', 'person', 'OST');
INSERT INTO "actor" VALUES (4, 'Pavol Dresz', 'person', 'BEL');
INSERT INTO "actor" VALUES (5, 'army of Ostra', 'organization', 'OST');
INSERT INTO "name_key" VALUES (1, 'o ostra');
INSERT INTO "name_key" VALUES (2, 'o belin');
INSERT INTO "name_key" VALUES (3, 'p mila tereny');
INSERT INTO "name_key" VALUES (4, 'p pavol dresz');
INSERT INTO "capacity" VALUES (1, 1, 1, 'Ostra', 'state', 'OST', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "capacity" VALUES (2, 2, 2, 'Belin', 'state', 'BEL', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "capacity" VALUES (3, 3, 3, 'Mila Tereny', 'person', 'OST', NULL, NULL, NULL, 'foreign minister', NULL, NULL, NULL, NULL);
INSERT INTO "capacity" VALUES (4, 3, 3, 'Mila Tereny', 'person', 'OST', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'same name and country OST');
INSERT INTO "capacity" VALUES (5, 4, 4, 'Pavol Dresz', 'person', 'BEL', NULL, NULL, NULL, 'energy minister', NULL, NULL, NULL, NULL);
INSERT INTO "capacity" VALUES (6, 5, NULL, 'army of Ostra', 'organization', 'OST', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "alias" VALUES ('belin', 2);
INSERT INTO "alias" VALUES ('mila tereny', 3);
INSERT INTO "alias" VALUES ('ostra', 1);
INSERT INTO "alias" VALUES ('pavol dresz', 4);
INSERT INTO "alias" VALUES ('port sael', 1);
INSERT INTO "appearance" VALUES (1, 1, 1, 1, NULL, '0-5');
INSERT INTO "appearance" VALUES (2, 1, 2, 2, NULL, '10-15');
INSERT INTO "appearance" VALUES (3, 1, 3, 3, NULL, '61-72');
INSERT INTO "appearance" VALUES (4, 2, 1, 1, NULL, '26-31 0-9m');
INSERT INTO "appearance" VALUES (5, 2, 2, 2, NULL, '36-41');
INSERT INTO "appearance" VALUES (6, 2, 3, 4, NULL, '120-131');
INSERT INTO "appearance" VALUES (7, 3, 1, 2, NULL, '32-37');
INSERT INTO "appearance" VALUES (8, 3, 2, 1, NULL, '47-52');
INSERT INTO "appearance" VALUES (9, 3, 3, 5, NULL, '0-11');
INSERT INTO "appearance" VALUES (10, 3, 4, 6, NULL, '96-109d');
INSERT INTO "appearance" VALUES (11, 4, 1, 1, NULL, '33-38');
INSERT INTO "appearance" VALUES (12, 4, 2, 2, NULL, '47-52');
INSERT INTO "appearance" VALUES (13, 4, 3, 3, NULL, '0-11');
INSERT INTO "role" VALUES (3, 1, 74, 90, NULL);
INSERT INTO "role" VALUES (9, 1, 13, 28, NULL);
INSERT INTO "role" VALUES (13, 1, 13, 29, NULL);
INSERT INTO "statement_form" VALUES (0, 'direct');
INSERT INTO "statement_form" VALUES (1, 'indirect');
INSERT INTO "statement_form" VALUES (2, 'mixed');
INSERT INTO "statement" VALUES (1, 1, 1, 0, 34, 60, 61, 72, NULL, NULL, NULL, 3, 900, NULL, NULL, 875);
INSERT INTO "statement" VALUES (2, 2, 1, 0, 89, 119, 120, 131, NULL, NULL, NULL, 6, 900, NULL, NULL, 875);
INSERT INTO "statement" VALUES (3, 3, 1, 0, 72, 91, 0, 11, NULL, NULL, NULL, 9, 900, NULL, NULL, 875);
INSERT INTO "statement" VALUES (4, 3, 2, 1, 117, 134, 96, 109, NULL, NULL, NULL, 10, 900, NULL, NULL, 875);
INSERT INTO "statement" VALUES (5, 4, 1, 2, 53, 76, 0, 11, NULL, NULL, NULL, 13, 900, NULL, NULL, 875);
INSERT INTO "about" VALUES (2, 1, 1, 0.6);
INSERT INTO "about" VALUES (8, 3, 1, -0.8);
INSERT INTO "about" VALUES (12, 5, 1, -0.7);
INSERT INTO "event" VALUES (1, 1, 1, 'CONSULT', 'occurred', '16-19', '2026-01-19', '2026-01-19', NULL, NULL, 'diplomatic', NULL, 1, 500);
INSERT INTO "event" VALUES (2, 2, 1, 'CONSULT', 'occurred', '47-50', '2026-01-19', '2026-01-19', NULL, NULL, 'diplomatic', NULL, 1, 500);
INSERT INTO "event" VALUES (3, 3, 1, 'ASSAULT', 'occurred', '79-86', '2026-01-22', '2026-01-22', NULL, NULL, 'diplomatic', 3, 2, 500);
INSERT INTO "event" VALUES (4, 3, 2, 'ASSAULT', 'denied', '117-134', '2026-01-22', '2026-01-22', NULL, NULL, 'diplomatic', 4, 2, 500);
INSERT INTO "event" VALUES (5, 4, 1, 'ACCUSE', 'occurred', '40-46', '2026-01-26', '2026-01-26', NULL, NULL, 'diplomatic', NULL, 3, 500);
INSERT INTO "event_actor" VALUES (1, 1, 1, 1);
INSERT INTO "event_actor" VALUES (2, 1, 1, 2);
INSERT INTO "event_actor" VALUES (4, 2, 1, 1);
INSERT INTO "event_actor" VALUES (5, 2, 1, 2);
INSERT INTO "event_actor" VALUES (7, 3, 2, 1);
INSERT INTO "event_actor" VALUES (8, 3, 1, 1);
INSERT INTO "event_actor" VALUES (7, 4, 2, 1);
INSERT INTO "event_actor" VALUES (8, 4, 1, 1);
INSERT INTO "event_actor" VALUES (11, 5, 1, 1);
INSERT INTO "event_actor" VALUES (12, 5, 2, 1);
INSERT INTO "occurrence" VALUES (1, 5108629999934166452, '2026-01-19', '2026-01-19', 2, 2, 0);
INSERT INTO "occurrence" VALUES (2, 5621167355432810492, '2026-01-22', '2026-01-22', 2, 1, 1);
INSERT INTO "occurrence" VALUES (3, 5501287900453145976, '2026-01-26', '2026-01-26', 1, 1, 0);
INSERT INTO "quoted" VALUES (3, 'Khazar Review', 2);
INSERT INTO "quoted" VALUES (4, 'Delta Post', 1);
INSERT INTO "quoted" VALUES (5, 'Belin Today', 1);
INSERT INTO "quoted" VALUES (6, 'Belin Today', 1);
INSERT INTO statement_fts(rowid, words) SELECT id, words FROM statement_words;
INSERT INTO article_fts(rowid, title, text) SELECT id, title, text FROM article;
