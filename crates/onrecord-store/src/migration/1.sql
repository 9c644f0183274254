-- From schema 1 to 2: spans of statements and their form as numbers, mentions as a list, what an article
-- holds as a range of numbers instead of an index, articles searched by word.
DROP VIEW mention_words;
DROP VIEW said;
DROP VIEW statement_words;
DROP TABLE statement_fts;
DROP TABLE article_fts;

CREATE TABLE statement_form (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL           -- direct, indirect, mixed
);

INSERT INTO statement_form(id, name) VALUES (0, 'direct'), (1, 'indirect'), (2, 'mixed');

CREATE TABLE new_article (
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

INSERT INTO new_article
SELECT id, hash, url, path, title, outlet, authors, canonical_url, section, published, published_at,
       updated, language, origins, notes, copy_of, digest,
       ifnull((SELECT min(id) FROM appearance WHERE article_id = article.id), 0),
       (SELECT count(*) FROM appearance WHERE article_id = article.id),
       ifnull((SELECT min(id) FROM statement WHERE article_id = article.id), 0),
       (SELECT count(*) FROM statement WHERE article_id = article.id),
       ifnull((SELECT min(id) FROM event WHERE article_id = article.id), 0),
       (SELECT count(*) FROM event WHERE article_id = article.id),
       text
FROM article ORDER BY id;

CREATE TABLE new_statement (
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

-- A list of spans is written 805-1138 1200-1215: a number is read as far as it goes.
INSERT INTO new_statement
SELECT id, article_id, number, (SELECT id FROM statement_form WHERE name = form),
       CAST(content AS INTEGER), CAST(substr(content, instr(content, '-') + 1) AS INTEGER),
       CAST(source AS INTEGER), CAST(substr(source, instr(source, '-') + 1) AS INTEGER),
       CAST(cue AS INTEGER), CAST(substr(cue, instr(cue, '-') + 1) AS INTEGER),
       nullif('{' || substr(
           CASE WHEN instr(content, ' ') THEN ',"content":' || '[[' || replace(replace(
               substr(content, instr(content, ' ') + 1), '-', ','), ' ', '],[') || ']]' ELSE '' END ||
           CASE WHEN instr(source, ' ') THEN ',"source":' || '[[' || replace(replace(
               substr(source, instr(source, ' ') + 1), '-', ','), ' ', '],[') || ']]' ELSE '' END ||
           CASE WHEN instr(cue, ' ') THEN ',"cue":' || '[[' || replace(replace(
               substr(cue, instr(cue, ' ') + 1), '-', ','), ' ', '],[') || ']]' ELSE '' END, 2) || '}', '{}'),
       speaker_id, speaker_confidence, within_id, continues_id, confidence
FROM statement ORDER BY id;

CREATE TABLE new_appearance (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    number INTEGER NOT NULL,     -- a1 of the record is 1
    capacity_id INTEGER NOT NULL REFERENCES capacity(id),
    organization_id INTEGER REFERENCES appearance(id), -- for whom it speaks or works
    mentions TEXT                -- spans that refer to it, 600-653 1140-1142p; see the view mention
);

INSERT INTO new_appearance
SELECT id, article_id, number, capacity_id, organization_id,
       (SELECT group_concat(start || '-' || end ||
                   CASE form WHEN 2 THEN 'm' WHEN 3 THEN 'd' WHEN 4 THEN 'p' ELSE '' END, ' ')
        FROM (SELECT start, end, form FROM mention WHERE appearance_id = appearance.id ORDER BY number))
FROM appearance ORDER BY id;

DROP TABLE article;
DROP TABLE statement;
DROP TABLE appearance;
DROP TABLE mention;
DROP TABLE mention_form;
ALTER TABLE new_article RENAME TO article;
ALTER TABLE new_statement RENAME TO statement;
ALTER TABLE new_appearance RENAME TO appearance;
-- Half of the hash's digits are more than enough to find it by.
CREATE INDEX article_hash ON article(substr(hash, 1, 16));
-- All that is counted by day and outlet.
CREATE INDEX article_published ON article(published, outlet, n_statements, n_events);
CREATE INDEX article_copy ON article(copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX appearance_capacity ON appearance(capacity_id);
CREATE INDEX statement_speaker ON statement(speaker_id) WHERE speaker_id IS NOT NULL;
DROP INDEX event_article;

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

-- Not by 'rebuild', which finds no json_each in the view.
INSERT INTO statement_fts(rowid, words) SELECT id, words FROM statement_words;
INSERT INTO article_fts(article_fts) VALUES ('rebuild');
