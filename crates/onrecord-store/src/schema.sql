-- Schema 2. Offsets are [start, end) in Unicode code points of article.text, as substr() counts:
-- substr(text, start + 1, end - start). Lists of spans are written 805-1138 1200-1215. Dates are ISO
-- 8601, probabilities per mille.
--
-- What an article holds has numbers in a row: its statements are those from first_statement on,
-- n_statements of them, and so on. That saves an index a table.

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
-- Half of the hash's digits are more than enough to find it by.
CREATE INDEX article_hash ON article(substr(hash, 1, 16));
-- All that is counted by day and outlet.
CREATE INDEX article_published ON article(published, outlet, n_statements, n_events);
CREATE INDEX article_copy ON article(copy_of) WHERE copy_of IS NOT NULL;

-- Signatures by which nearly equal texts are found.
CREATE TABLE article_band (
    band INTEGER NOT NULL,       -- hash of a part of the text's MinHash signature
    article_id INTEGER NOT NULL REFERENCES article(id),
    PRIMARY KEY (band, article_id)
) WITHOUT ROWID;

-- Who speaks, acts or is spoken of, across all articles.
CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,          -- its name
    kind TEXT NOT NULL,          -- person, state, organization, group, place, document
    country TEXT                 -- ISO 3166-1 alpha-3
);
CREATE INDEX actor_country ON actor(country) WHERE kind = 'state';

-- Folded names under which actors are brought together.
CREATE TABLE name_key (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE     -- p or o (person or other), a space, the folded name
);

-- As whom an actor appears: everything by which it is told from others of its name.
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

-- Words that name an actor, folded.
CREATE TABLE alias (
    folded TEXT NOT NULL,
    name_key_id INTEGER NOT NULL REFERENCES name_key(id),
    PRIMARY KEY (folded, name_key_id)
) WITHOUT ROWID;

-- What a person decided about who is who; kept for ever, applied in order.
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY,
    verb TEXT NOT NULL,          -- merge or split
    capacity_id INTEGER NOT NULL REFERENCES capacity(id),
    other_id INTEGER REFERENCES capacity(id), -- merge: what it is one with
    because TEXT                 -- in the person's words
);

-- An actor in an article.
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

-- Whom a statement is about.
CREATE TABLE about (
    appearance_id INTEGER NOT NULL REFERENCES appearance(id),
    statement_id INTEGER NOT NULL REFERENCES statement(id),
    number INTEGER NOT NULL,     -- in the order of the record, from 1
    stance REAL,                 -- of the speaker toward the actor, -1 to 1
    PRIMARY KEY (appearance_id, statement_id, number)
) WITHOUT ROWID;
CREATE INDEX about_statement ON about(statement_id);

-- A report that something happened.
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

-- Who did it, and to whom.
CREATE TABLE event_actor (
    appearance_id INTEGER NOT NULL REFERENCES appearance(id),
    event_id INTEGER NOT NULL REFERENCES event(id),
    part INTEGER NOT NULL,       -- 1: did it; 2: had it done to them
    number INTEGER NOT NULL,     -- in the order of the record, from 1
    PRIMARY KEY (appearance_id, event_id, part, number)
) WITHOUT ROWID;
CREATE INDEX event_actor_event ON event_actor(event_id);

-- What happened, reported once or many times.
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

-- How often each capacity is quoted, by outlet.
CREATE TABLE quoted (
    capacity_id INTEGER NOT NULL REFERENCES capacity(id),
    outlet TEXT NOT NULL,        -- empty: unknown
    n INTEGER NOT NULL,
    PRIMARY KEY (capacity_id, outlet)
) WITHOUT ROWID;

-- For people who look into the file with other tools.
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

-- Words that refer to an actor, one by one. After a span, m is a metonym, d a description (nominal), p a
-- pronoun; nothing is a name.
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

-- Full text; case and diacritics folded. The words themselves are kept only where they stand above.
CREATE VIRTUAL TABLE statement_fts USING fts5(
    words, content='statement_words', content_rowid='id', columnsize=0,
    tokenize="unicode61 remove_diacritics 2");
-- Which articles have a word, not where in them: a phrase is looked for in those that have its words.
CREATE VIRTUAL TABLE article_fts USING fts5(
    title, text, content='article', content_rowid='id', columnsize=0, detail=none,
    tokenize="unicode61 remove_diacritics 2");
INSERT INTO statement_fts(statement_fts, rank) VALUES ('hashsize', 33554432);
INSERT INTO article_fts(article_fts, rank) VALUES ('hashsize', 33554432);
-- Half as many merges as by default: adding is faster, searching has up to eight parts to look into.
INSERT INTO statement_fts(statement_fts, rank) VALUES ('automerge', 8);
INSERT INTO article_fts(article_fts, rank) VALUES ('automerge', 8);

INSERT INTO statement_form(id, name) VALUES (0, 'direct'), (1, 'indirect'), (2, 'mixed');
