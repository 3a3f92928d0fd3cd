-- archive.db. SQLite 3.37 or newer, no extension needed to open or search it.
-- The comments are the documentation: archive/schema.py fills the table `descriptions` from them.
-- A column called `key` is a row number of this one file; whatever must last is called `id`.

-- Administrative divisions that a portal, an address or a text has named, with those they lie in and became.
CREATE TABLE divisions (
  code TEXT PRIMARY KEY,  -- six digits down to the county, nine for a township or street
  name TEXT,              -- its latest; null where the register of divisions does not know the code
  level TEXT CHECK (level IN ('province', 'prefecture', 'county', 'zone', 'township', 'office')),  -- zone: a development zone or the like in a county's place; office: a farm, a park or the like in a township's
  parent TEXT REFERENCES divisions (code) DEFERRABLE INITIALLY DEFERRED,  -- what it lies in
  first_year INTEGER,     -- first year of the code; null where that is before what the register knows
  last_year INTEGER CHECK (last_year >= first_year),  -- year in which it ended; null where it still stands
  CHECK (code GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]' OR code GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]')
) STRICT;

-- What became of a division that ended.
CREATE TABLE division_successors (
  division TEXT NOT NULL REFERENCES divisions (code),   -- what there was
  successor TEXT NOT NULL REFERENCES divisions (code),  -- what there is instead; several where it was split
  PRIMARY KEY (division, successor)
) STRICT, WITHOUT ROWID;

-- Publishers. Two bodies of one name in two divisions are two bodies.
CREATE TABLE bodies (
  id TEXT PRIMARY KEY,                        -- division and name; begins with `unresolved-` until the division is proved
  name TEXT NOT NULL CHECK (name <> ''),      -- the register's where it knows the body, else as printed; body_names has all that are printed
  division TEXT REFERENCES divisions (code),  -- null while nothing proves it
  kind TEXT NOT NULL CHECK (kind IN ('government', 'department', 'township', 'subdistrict', 'other')),  -- told from the name; decides the deadline
  first_year INTEGER,                         -- earliest report year known; null where only a portal's directory names the body
  last_year INTEGER CHECK (last_year >= first_year),  -- latest report year known
  CHECK ((first_year IS NULL) = (last_year IS NULL))
) STRICT;
CREATE INDEX bodies_place ON bodies (division, id);

-- Under which names the reports of a body are known, and for which years.
CREATE TABLE body_names (
  body TEXT NOT NULL REFERENCES bodies (id),  -- the publisher
  name TEXT NOT NULL CHECK (name <> ''),      -- as printed, folded to compare
  source TEXT NOT NULL CHECK (source IN ('report', 'portal')),  -- who prints it so: a report, or only the portal around it
  first_year INTEGER NOT NULL,                -- earliest report year under that name
  last_year INTEGER NOT NULL CHECK (last_year >= first_year),  -- latest report year under it
  PRIMARY KEY (body, name, source)
) STRICT, WITHOUT ROWID;

-- What a department became in a reform of government: another body of its division, whose reports begin when its own have ended.
CREATE TABLE body_successors (
  body TEXT PRIMARY KEY REFERENCES bodies (id),   -- what ceased; its reports stay its own
  successor TEXT NOT NULL REFERENCES bodies (id), -- what took its place; several may have become one
  first_year INTEGER NOT NULL,                    -- year of the successor's first report, from which on the body is not obliged
  source TEXT NOT NULL CHECK (source <> ''),      -- the reform by which that is known
  CHECK (body <> successor)
) STRICT, WITHOUT ROWID;
CREATE INDEX body_successors_successor ON body_successors (successor);

-- How it is known whose the reports under a name are, and of those that stay unresolved what would settle it.
CREATE TABLE body_evidence (
  body TEXT NOT NULL REFERENCES bodies (id),      -- the publisher, or a provisional one
  name TEXT NOT NULL CHECK (name <> ''),          -- as printed, folded to compare
  portal TEXT NOT NULL REFERENCES portals (key),  -- where it was met
  known_from TEXT NOT NULL,                       -- what was gone by, in words
  decides TEXT,                                   -- what would settle whose the name is; null where that is sure
  documents INTEGER NOT NULL CHECK (documents >= 0),  -- captured documents of which that is so; 0 where only the portal's directory has the name
  PRIMARY KEY (body, name, portal, known_from)
) STRICT, WITHOUT ROWID;

-- Ids under which an earlier archive may have published a body, before more was known: an id answers for ever.
CREATE TABLE former_ids (
  id TEXT PRIMARY KEY,                            -- what is an id no more; of a report, with its year behind it
  body TEXT NOT NULL REFERENCES bodies (id),      -- whose it was
  says TEXT NOT NULL                              -- why it changed
) STRICT, WITHOUT ROWID;

-- The web sites reports were collected from.
CREATE TABLE portals (
  key TEXT PRIMARY KEY,                                -- name of the portal's file; of an import, import, the portal or host, and who captured
  division TEXT REFERENCES divisions (code),           -- whose portal it is; null of an import where no portal file names the host
  name TEXT NOT NULL,                                  -- what the site calls itself
  home TEXT NOT NULL,                                  -- address of its front page
  cms TEXT NOT NULL,                                   -- family of its software; import where others captured
  via TEXT NOT NULL                                    -- of the last crawl: direct, or through which proxy; of an import, who captured
) STRICT;

-- How each run of ours found a portal. What others captured is no run and not here.
CREATE TABLE portal_runs (
  portal TEXT NOT NULL REFERENCES portals (key),       -- which portal
  run TEXT NOT NULL,                                   -- the crawl, as in captures.run
  started TEXT NOT NULL,                               -- when it began, in UTC: the clock by which it is judged
  via TEXT NOT NULL,                                   -- direct, or through which proxy
  state TEXT NOT NULL CHECK (state IN ('blocked from here', 'unreachable', 'changed shape', 'shrunk', 'silent', 'ok', 'nothing new')),  -- the gravest that holds; blocked from here: it may answer others, and nothing is said of what it publishes
  conclusive INTEGER NOT NULL CHECK (conclusive IN (0, 1)),  -- 0 where the run stopped before it could tell
  because TEXT NOT NULL,                               -- a line for each state that holds; empty where all is well
  reports INTEGER NOT NULL CHECK (reports >= 0),       -- that stand on the portal as far as is known
  new INTEGER NOT NULL CHECK (new >= 0),               -- reports met for the first time
  changed INTEGER NOT NULL CHECK (changed >= 0),       -- reports with another text or other files
  gone INTEGER NOT NULL CHECK (gone >= 0),             -- reports of which this run confirmed that they are gone
  refused INTEGER NOT NULL CHECK (refused >= 0),       -- pages that were not had, which proves nothing of them
  requests INTEGER NOT NULL CHECK (requests >= 0),     -- answers had
  bytes INTEGER NOT NULL CHECK (bytes >= 0),           -- bytes of them
  stopped TEXT,                                        -- why work was left for the next run, in a word
  PRIMARY KEY (portal, run)
) STRICT, WITHOUT ROWID;

-- Distinct bytes, whatever address and day they came from.
CREATE TABLE documents (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),  -- of the bytes after content decoding
  media_type TEXT NOT NULL,                             -- what the bytes are, else what the server said
  length INTEGER NOT NULL CHECK (length >= 0),          -- in bytes
  outcome TEXT NOT NULL CHECK (outcome IN ('report', 'refused', 'bundle', 'not_read')),  -- bundle: an archive, see members; not_read: a list, or a page that was itself a refusal
  refusal TEXT,                                         -- word for programs: not-a-report, empty, damaged, no-text, challenge …
  says TEXT,                                            -- the refusal as a sentence; of a bundle, why it could not be unpacked to its end
  CHECK ((outcome = 'refused') = (refusal IS NOT NULL) OR outcome IN ('bundle', 'not_read'))
) STRICT, WITHOUT ROWID;

-- What archives (ZIP, RAR, 7z) hold. Each file in them is a document of its own, by its own digest.
CREATE TABLE members (
  bundle TEXT NOT NULL REFERENCES documents (sha256),   -- the archive
  position INTEGER NOT NULL CHECK (position >= 0),      -- in its order, from 0
  name TEXT NOT NULL,                                   -- as the archive names it; of an archive in the archive, its name, ! and the name in there
  document TEXT REFERENCES documents (sha256),          -- null where it could not be unpacked
  length INTEGER NOT NULL CHECK (length >= 0),          -- in bytes, unpacked
  refusal TEXT,                                         -- word for programs why it could not be unpacked: encrypted, damaged, too-large …
  says TEXT,                                            -- that as a sentence
  PRIMARY KEY (bundle, position),
  CHECK ((document IS NULL) = (refusal IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Every exchange that ended in bytes. The bytes are in the WARC file.
CREATE TABLE captures (
  id TEXT PRIMARY KEY,                                  -- of address, time and bytes
  url TEXT NOT NULL,                                    -- the address asked for
  fetched TEXT NOT NULL,                                -- when, in UTC
  status INTEGER NOT NULL,                              -- of the HTTP answer; 0 where none is known, only what was saved of it, or what a browser made of it (#shown)
  media_type TEXT NOT NULL,                             -- as the server said
  role TEXT NOT NULL CHECK (role IN ('list', 'article', 'attachment', 'robots')),  -- what it was asked for as
  portal TEXT NOT NULL REFERENCES portals (key),        -- through which portal
  title TEXT,                                           -- as the column prints it
  listed TEXT,                                          -- date as the column prints it
  body_name TEXT,                                       -- publisher as the column names it
  parent TEXT,                                          -- address of the page that led here
  document TEXT NOT NULL REFERENCES documents (sha256), -- what came
  length INTEGER NOT NULL CHECK (length >= 0),          -- in bytes, after content decoding
  warc TEXT NOT NULL,                                   -- the file that holds it
  offset INTEGER NOT NULL CHECK (offset >= 0),          -- where in that file its record begins
  run TEXT NOT NULL,                                    -- the crawl that made it, or the import that brought it: the portal says who captured
  refusal TEXT                                          -- why these bytes are no report: challenge, soft-404, login …
) STRICT, WITHOUT ROWID;

-- One report a body and year: what its current version says of itself.
CREATE TABLE reports (
  key INTEGER PRIMARY KEY,                              -- row number of this file; not lasting
  id TEXT NOT NULL UNIQUE,                              -- body id and year
  body TEXT NOT NULL REFERENCES bodies (id),            -- the publisher
  year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2200),  -- the year it speaks of; it is published the year after
  version TEXT NOT NULL UNIQUE REFERENCES versions (id) DEFERRABLE INITIALLY DEFERRED,  -- the current version
  document TEXT NOT NULL REFERENCES documents (sha256), -- what was read
  capture TEXT NOT NULL REFERENCES captures (id),       -- when and where it was last seen
  url TEXT NOT NULL,                                    -- its address
  form TEXT CHECK (form IN ('2021', '2019', '2014', 'free')),  -- the generation of tables printed, null where none is recognised
  scope TEXT NOT NULL CHECK (scope IN ('aggregate', 'own', 'unstated')),  -- whole county, own office, or not said; never add the first two
  title TEXT,                                           -- as printed
  published TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),  -- date of publication, null where unknown
  due TEXT CHECK (due GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),  -- deadline, null where no rule is known
  days_late INTEGER,                                    -- published after due by; negative is early; null where a date is unknown, or late on a day that reports of several years share, as where a portal moved
  figures_read INTEGER NOT NULL,                        -- figures printed and read
  figures_blank INTEGER NOT NULL,                       -- cells there and empty
  figures_mark INTEGER NOT NULL,                        -- cells with a dash, a stroke and the like
  figures_unreadable INTEGER NOT NULL,                  -- printed, not readable with certainty
  figures_absent INTEGER NOT NULL,                      -- codes of the form for which no cell was found
  UNIQUE (body, year)
) STRICT;

-- Each distinct document that was published as a report, oldest first.
CREATE TABLE versions (
  key INTEGER PRIMARY KEY,                              -- row number of this file; not lasting
  id TEXT NOT NULL UNIQUE,                              -- report id and the first 12 digits of the document
  report TEXT NOT NULL REFERENCES reports (id) DEFERRABLE INITIALLY DEFERRED,  -- whose version
  number INTEGER NOT NULL CHECK (number > 0),           -- 1 is the first seen
  current INTEGER NOT NULL CHECK (current IN (0, 1)),   -- 1 for the one that stands in reports
  document TEXT NOT NULL REFERENCES documents (sha256), -- the one whose tables hold most figures, then with most sections; the page before its attachment on a tie
  capture TEXT NOT NULL REFERENCES captures (id),       -- its latest capture
  first_seen TEXT NOT NULL,                             -- time of its first capture
  last_seen TEXT NOT NULL CHECK (last_seen >= first_seen),  -- time of its latest capture
  own_portal INTEGER NOT NULL CHECK (own_portal IN (0, 1)),  -- 1 where the latest capture is from the body's own division
  form TEXT,                                            -- as in reports
  scope TEXT NOT NULL,                                  -- as in reports
  title TEXT,                                           -- as printed
  published TEXT,                                       -- as in reports
  UNIQUE (report, number)
) STRICT;
CREATE INDEX versions_first_seen ON versions (first_seen);
CREATE UNIQUE INDEX versions_one_current ON versions (report) WHERE current = 1;

-- Every document that shows a version: the one that was read for it and those beside it.
CREATE TABLE parts (
  version TEXT NOT NULL REFERENCES versions (id),       -- which version
  document TEXT NOT NULL REFERENCES documents (sha256), -- a page or an attachment of it
  capture TEXT NOT NULL REFERENCES captures (id),       -- latest capture of that document, or of the archive it came in
  main INTEGER NOT NULL CHECK (main IN (0, 1)),         -- 1 for the document the version was read from
  member TEXT CHECK (member LIKE '%!%'),                -- where the capture is an archive: its digest, ! and the document's name in it
  PRIMARY KEY (version, document)
) STRICT, WITHOUT ROWID;

-- What the code of a figure means.
CREATE TABLE codes (
  key INTEGER PRIMARY KEY,                              -- row number of this file; not lasting
  code TEXT NOT NULL UNIQUE,                            -- opaque and lasting; series are joined by it
  form TEXT NOT NULL,                                   -- newest generation of the form that has it, whose labels these are
  table_name TEXT NOT NULL,                             -- disclosure (table two), requests (three), disputes (four), indicators (2014)
  row TEXT NOT NULL,                                    -- the middle of the code
  column TEXT NOT NULL,                                 -- the last part of the code
  row_label TEXT NOT NULL,                              -- as the form prints it, outer labels first
  column_label TEXT NOT NULL,                           -- as the form prints it, outer labels first
  unit TEXT NOT NULL CHECK (unit IN ('count', 'fen'))   -- fen: 分, a millionth of the 万元 that is printed
) STRICT;

-- Which figures of two generations of the form stand in one series, and which cannot be compared and why.
CREATE TABLE crosswalk (
  series TEXT NOT NULL REFERENCES codes (code),         -- the code that names the series: its newest single one
  form TEXT NOT NULL CHECK (form IN ('2021', '2019', '2014')),  -- the generation
  way INTEGER NOT NULL CHECK (way > 0),                 -- 1, or the next where a generation prints the same in two ways
  part INTEGER NOT NULL CHECK (part BETWEEN 1 AND parts),  -- which of the figures that are added in this way
  parts INTEGER NOT NULL,                               -- how many they are
  code TEXT REFERENCES codes (code),                    -- the figure; where comparable is no, one that might be taken for it
  comparable TEXT NOT NULL CHECK (comparable IN ('yes', 'close', 'no')),  -- close: near in meaning, why says what differs; no: must not be compared
  why TEXT NOT NULL CHECK (why <> ''),                  -- one sentence
  source TEXT NOT NULL CHECK (source <> ''),            -- the documents that issued the forms, and what else it rests on
  PRIMARY KEY (series, form, way, part),
  CHECK (comparable = 'no' OR code IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- Every figure of every version, as printed and as understood. Most questions are for the view figures.
CREATE TABLE version_figures (
  version INTEGER NOT NULL REFERENCES versions (key),   -- key of the version
  code INTEGER NOT NULL REFERENCES codes (key),         -- key of the code
  status TEXT NOT NULL,                                 -- read, or why there is no value: blank, mark, unreadable, absent
  value INTEGER,                                        -- a count, or 分; only where read
  text TEXT,                                            -- as printed
  page INTEGER CHECK (page > 0),                        -- from 1, null where the format has no pages
  box_left INTEGER,                                     -- hundredths of a point from the left edge of the page
  box_top INTEGER,                                      -- hundredths of a point from its top edge
  box_right INTEGER CHECK (box_right >= box_left),      -- hundredths of a point from the left edge
  box_bottom INTEGER CHECK (box_bottom >= box_top),     -- hundredths of a point from the top edge
  grid INTEGER,                                         -- which table of the document, from 0
  grid_row INTEGER,                                     -- row in that table, from 0
  grid_column INTEGER,                                  -- column in that table, from 0
  proposal INTEGER,                                     -- a value the identities prove for a cell that was not read
  basis TEXT,                                           -- the proof
  document TEXT REFERENCES documents (sha256),          -- the document it is printed in, null where that is the version's own
  PRIMARY KEY (version, code),
  CONSTRAINT figure_as_status CHECK (CASE status WHEN 'read' THEN value IS NOT NULL AND text IS NOT NULL AND proposal IS NULL
         WHEN 'absent' THEN value IS NULL AND text IS NULL
         WHEN 'blank' THEN value IS NULL WHEN 'mark' THEN value IS NULL WHEN 'unreadable' THEN value IS NULL
         ELSE 0 END),
  CHECK ((proposal IS NULL) = (basis IS NULL))
) STRICT, WITHOUT ROWID;

-- Every figure of every current report, one a row.
CREATE VIEW figures AS
SELECT
  reports.id AS report,             -- id of the report
  codes.code AS code,               -- see codes
  version_figures.value AS value,   -- a count, or 分 where codes.unit is fen; null unless status is read
  version_figures.text AS text,     -- as printed
  version_figures.status AS status, -- read, blank, mark, unreadable or absent
  version_figures.page AS page,     -- from 1, null where the format has no pages
  '[' || (version_figures.box_left / 100.0) || ',' || (version_figures.box_top / 100.0) || ','
      || (version_figures.box_right / 100.0) || ',' || (version_figures.box_bottom / 100.0) || ']' AS box,  -- left, top, right, bottom in points from the page's top left corner, as JSON
  version_figures.grid AS grid,               -- which table of the document, from 0, where it has no pages
  version_figures.grid_row AS grid_row,       -- row in that table, from 0
  version_figures.grid_column AS grid_column, -- column in that table, from 0
  version_figures.proposal AS proposal,       -- what the identities prove for a cell that was not read; never a reading
  version_figures.basis AS basis,             -- the proof of the proposal
  coalesce(version_figures.document, versions.document) AS document,  -- the document whose page or table that is
  corrections.value AS corrected,             -- what a person decided that it is; null where nobody did. value is what was read
  corrections.id AS correction                -- that decision, see corrections
FROM reports
JOIN versions ON versions.id = reports.version
JOIN version_figures ON version_figures.version = versions.key
JOIN codes ON codes.key = version_figures.code
LEFT JOIN corrections ON corrections.document = coalesce(version_figures.document, versions.document)
  AND corrections.code = codes.code AND corrections.outcome = 'applied';

-- Every figure of every current report under the name of its series: joined over the generations of the form by crosswalk.
CREATE VIEW series AS
SELECT
  reports.id AS report,                -- id of the report
  reports.body AS body,                -- the publisher
  reports.year AS year,                -- the year it speaks of
  reports.scope AS scope,              -- aggregate, own or unstated; never add the first two
  reports.form AS form,                -- the generation it is printed in
  crosswalk.series AS series,          -- see crosswalk
  crosswalk.comparable AS comparable,  -- yes, or close: why says what differs
  crosswalk.why AS why,                -- one sentence
  (SELECT sum(version_figures.value) FROM crosswalk AS step
   JOIN codes ON codes.code = step.code
   JOIN version_figures ON version_figures.version = versions.key AND version_figures.code = codes.key
   WHERE step.series = crosswalk.series AND step.form = crosswalk.form
   GROUP BY step.way HAVING count(version_figures.value) = step.parts
   ORDER BY step.way LIMIT 1) AS value  -- a count, or 分 where codes.unit is fen; null where a figure it needs was not read
FROM crosswalk
JOIN reports ON reports.form = crosswalk.form
JOIN versions ON versions.id = reports.version
WHERE crosswalk.way = 1 AND crosswalk.part = 1 AND crosswalk.comparable <> 'no';

-- Table two of every current report, one row a report and item. Null: not read, or not in that form; figures says which.
CREATE TABLE disclosure (
  report TEXT NOT NULL REFERENCES reports (id),  -- id of the report
  item TEXT NOT NULL,                            -- regulations 规章, normative 规范性文件, licensing 行政许可 …: see codes
  issued INTEGER CHECK (issued >= 0),            -- 本年制发件数
  repealed INTEGER CHECK (repealed >= 0),        -- 本年废止件数
  in_force INTEGER CHECK (in_force >= 0),        -- 现行有效件数
  made INTEGER CHECK (made >= 0),                -- 本年新制作数量 (form 2019)
  opened INTEGER CHECK (opened >= 0),            -- 本年新公开数量 (form 2019)
  open_total INTEGER CHECK (open_total >= 0),    -- 对外公开总数量 (form 2019)
  decisions INTEGER CHECK (decisions >= 0),      -- 本年处理决定数量
  previous INTEGER CHECK (previous >= 0),        -- 上一年项目数量 (form 2019)
  change INTEGER,                                -- 本年增/减 (form 2019); may be negative
  items INTEGER CHECK (items >= 0),              -- 采购项目数量 (form 2019)
  amount INTEGER CHECK (amount >= 0),            -- 本年收费金额 or 采购总金额 in 分
  PRIMARY KEY (report, item)
) STRICT, WITHOUT ROWID;

-- Table three of every current report, one row a report and row of the table. Null: not read; figures says why.
CREATE TABLE requests (
  report TEXT NOT NULL REFERENCES reports (id),  -- id of the report
  row TEXT NOT NULL,                             -- new 本年新收, carried_in 上年结转, granted 予以公开 …: see codes
  person INTEGER CHECK (person >= 0),            -- 自然人
  company INTEGER CHECK (company >= 0),          -- 商业企业
  research INTEGER CHECK (research >= 0),        -- 科研机构
  nonprofit INTEGER CHECK (nonprofit >= 0),      -- 社会公益组织
  legal INTEGER CHECK (legal >= 0),              -- 法律服务机构
  other INTEGER CHECK (other >= 0),              -- 其他
  total INTEGER CHECK (total >= 0),              -- 总计, as printed
  PRIMARY KEY (report, row)
) STRICT, WITHOUT ROWID;

-- Table four of every current report, one row a report and kind of dispute. Null: not read; figures says why.
CREATE TABLE disputes (
  report TEXT NOT NULL REFERENCES reports (id),  -- id of the report
  kind TEXT NOT NULL,                            -- review 行政复议, direct 未经复议直接起诉, after_review 复议后起诉
  upheld INTEGER CHECK (upheld >= 0),            -- 结果维持
  corrected INTEGER CHECK (corrected >= 0),      -- 结果纠正
  other INTEGER CHECK (other >= 0),              -- 其他结果
  pending INTEGER CHECK (pending >= 0),          -- 尚未审结
  total INTEGER CHECK (total >= 0),              -- 总计, as printed
  PRIMARY KEY (report, kind)
) STRICT, WITHOUT ROWID;

-- The one-column table of 2014 to 2018, one row a report and indicator.
CREATE TABLE indicators (
  report TEXT NOT NULL REFERENCES reports (id),  -- id of the report
  indicator TEXT NOT NULL,                       -- the code without `indicators.`
  value INTEGER CHECK (value >= 0),              -- a count, or 分; null where not read
  PRIMARY KEY (report, indicator)
) STRICT, WITHOUT ROWID;

-- What is printed in a row and cannot be given to a column with certainty.
CREATE TABLE unplaced (
  report TEXT NOT NULL REFERENCES reports (id),  -- id of the report
  position INTEGER NOT NULL,                     -- order of reading, from 0
  row TEXT NOT NULL,                             -- code of the row without its table
  place INTEGER NOT NULL CHECK (place >= 0),     -- place along the row, from 0
  text TEXT NOT NULL,                            -- as printed
  page INTEGER,                                  -- from 1, null where the format has no pages
  box TEXT,                                      -- left, top, right, bottom in points, as JSON
  PRIMARY KEY (report, position)
) STRICT, WITHOUT ROWID;

-- The text of every version by section.
CREATE TABLE version_sections (
  version INTEGER NOT NULL REFERENCES versions (key),      -- key of the version
  position INTEGER NOT NULL CHECK (position > 0),          -- order of printing, from 1
  number INTEGER NOT NULL CHECK (number >= 0),             -- the statutory one (1 to 6) whatever is printed, as printed where no form is recognised; 0 stands before the first heading
  heading TEXT NOT NULL,                                   -- as printed, empty for section 0
  text TEXT NOT NULL,                                      -- as printed
  PRIMARY KEY (version, position)
) STRICT;

-- The text of every current report by section.
CREATE VIEW sections AS
SELECT
  reports.id AS report,                  -- id of the report
  version_sections.position AS position, -- order of printing, from 1
  version_sections.number AS number,     -- the statutory one (1 to 6) whatever is printed, as printed where no form is recognised; 0 stands before the first heading
  version_sections.heading AS heading,   -- as printed, empty for section 0
  version_sections.text AS text          -- as printed, radicals and full-width forms included
FROM reports
JOIN versions ON versions.id = reports.version
JOIN version_sections ON version_sections.version = versions.key;

-- What the sentences of every current report say of quantities. Nothing here is a figure of its tables.
CREATE TABLE claims (
  report TEXT NOT NULL REFERENCES reports (id),  -- id of the report
  position INTEGER NOT NULL CHECK (position > 0),  -- order of reading, from 1
  section INTEGER NOT NULL CHECK (section >= 0), -- number of the section it stands in, as in sections
  subject TEXT NOT NULL CHECK (subject <> ''),   -- the code of a figure where the meaning is exactly that, else a word: published, views, received.change …
  value REAL NOT NULL,                           -- the number meant: 43万 is 430000, 未收到 is 0
  approximate INTEGER NOT NULL CHECK (approximate IN (0, 1)),  -- 1 for 近三十条, 130余条 and the like
  unit TEXT NOT NULL,                            -- as printed, empty where none is
  period TEXT,                                   -- a year, `to date`, or `part of` a year; null where no year is known
  sentence TEXT NOT NULL,                        -- as printed
  PRIMARY KEY (report, position)
) STRICT, WITHOUT ROWID;

-- What a person decided of a figure. It stands beside what was read, never in its place.
CREATE TABLE corrections (
  id TEXT PRIMARY KEY CHECK (id <> ''),                -- name of the file that says so
  document TEXT NOT NULL,                              -- SHA-256 of the document it speaks of
  code TEXT NOT NULL REFERENCES codes (code),          -- of which figure
  printed TEXT,                                        -- the text that was read when it was decided, null where none could be
  value INTEGER NOT NULL,                              -- what the figure is: a count, or 分
  why TEXT NOT NULL CHECK (why <> ''),                 -- why, in a sentence
  decided_by TEXT NOT NULL CHECK (decided_by <> ''),   -- by whom
  decided TEXT NOT NULL CHECK (decided GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),  -- on which day
  outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'outdated')),  -- outdated: the document no longer reads so, or is not known
  says TEXT,                                           -- why it is outdated
  UNIQUE (document, code),
  CHECK ((outcome = 'outdated') = (says IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- What was taken down: it is in no table and not in search, and its evidence is sealed, not lost.
CREATE TABLE takedowns (
  id TEXT PRIMARY KEY CHECK (id <> ''),                -- name of the file that says so
  document TEXT NOT NULL UNIQUE,                       -- SHA-256 of the document it speaks of
  withheld TEXT NOT NULL CHECK (withheld <> ''),       -- everything, text, or which sections and how many passages
  reason TEXT NOT NULL CHECK (reason <> ''),           -- why, in a sentence
  decided_by TEXT NOT NULL CHECK (decided_by <> ''),   -- by whom
  decided TEXT NOT NULL CHECK (decided GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),  -- on which day
  outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'outdated')),  -- outdated: the document is not known, or has not what was to be withheld
  says TEXT,                                           -- why it is outdated
  CHECK ((outcome = 'outdated') = (says IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- What is wrong, or could not be checked, in what stands in reports and documents.
CREATE TABLE findings (
  key INTEGER PRIMARY KEY,                              -- row number of this file; not lasting
  report TEXT REFERENCES reports (id),                  -- id of the report, null where none came of the document
  document TEXT REFERENCES documents (sha256),          -- what was read
  rule TEXT NOT NULL,                                   -- requests.balance, requests.processed, requests.total, disputes.total …
  outcome TEXT NOT NULL CHECK (outcome IN ('broken', 'unchecked')),  -- a rule that holds leaves no row
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'note')),  -- how much it matters
  attribution TEXT NOT NULL CHECK (attribution IN ('publisher', 'reading', 'undecided')),  -- whose doing; reading: a person must look
  says TEXT NOT NULL,                                   -- one sentence
  codes TEXT NOT NULL,                                  -- codes concerned, a blank between them
  left_value ANY,                                       -- one side of the rule
  right_value ANY,                                      -- the other side
  CHECK (report IS NOT NULL OR document IS NOT NULL)
) STRICT;
CREATE INDEX findings_report ON findings (report);

-- What differs between a version and the one before it, figure by figure and paragraph by paragraph. White space, counters, dates of printing and other furniture of a page are no difference.
CREATE TABLE changes (
  report TEXT NOT NULL REFERENCES reports (id),    -- id of the report
  version TEXT NOT NULL REFERENCES versions (id),  -- the later of the two versions
  before TEXT NOT NULL REFERENCES versions (id),   -- the earlier
  what TEXT NOT NULL CHECK (what IN ('figure', 'paragraph')),  -- what differs
  part TEXT NOT NULL,                              -- code of the figure, or number of the section
  place INTEGER NOT NULL CHECK (place > 0),        -- of a paragraph: its place among those that differ in the section, from 1; of a figure 1
  old_status TEXT,                                 -- of a figure
  old_value INTEGER,                               -- of a figure
  old_text TEXT,                                   -- as printed; null where there was none
  new_status TEXT,                                 -- of a figure
  new_value INTEGER,                               -- of a figure
  new_text TEXT,                                   -- as printed; null where there is none
  PRIMARY KEY (version, what, part, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_report ON changes (report);

-- Every report that a body which a portal has or names ought to have published, and what became of it. Never a breach by itself.
CREATE TABLE expected (
  body TEXT NOT NULL REFERENCES bodies (id),      -- the publisher
  year INTEGER NOT NULL,                          -- the report year
  outcome TEXT NOT NULL CHECK (outcome IN ('published', 'not_found', 'blocked', 'gone', 'not_due', 'not_obliged')),  -- what became of it
  report TEXT REFERENCES reports (id),            -- id of the report where published
  portal TEXT REFERENCES portals (key),           -- where it was looked for
  due TEXT,                                       -- deadline, null where no rule is known
  days_late INTEGER,                              -- as in reports
  searched TEXT,                                  -- day on which every column of that portal was last open, see columns_searched; null where none was, or where published
  says TEXT,                                      -- why it is not obliged, or what the body became or may have become; else null
  PRIMARY KEY (body, year),
  CHECK ((outcome = 'published') = (report IS NOT NULL)),
  CHECK (outcome <> 'not_found' OR searched IS NOT NULL),
  CHECK (outcome <> 'not_obliged' OR says IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- How many of the bodies that ought to have reported did: one row a county, year and scope, with the denominator that any sum needs.
CREATE VIEW coverage AS
WITH obliged (county, year, bodies) AS MATERIALIZED (
  SELECT substr(bodies.division, 1, 6), expected.year, count(*)
  FROM expected JOIN bodies ON bodies.id = expected.body
  WHERE expected.outcome NOT IN ('not_due', 'not_obliged') GROUP BY 1, 2
), published (county, year, scope, bodies) AS MATERIALIZED (
  SELECT substr(bodies.division, 1, 6), reports.year, reports.scope, count(*)
  FROM reports JOIN bodies ON bodies.id = reports.body GROUP BY 1, 2, 3
)
SELECT
  obliged.county AS county,                  -- first six digits of the bodies' divisions; null for bodies of no proved division
  obliged.year AS year,                      -- the report year
  published.scope AS scope,                  -- aggregate, own or unstated; null where nobody reported
  coalesce(published.bodies, 0) AS bodies,   -- bodies with a report of that scope
  obliged.bodies AS of_bodies,               -- bodies that ought to have reported, whatever the scope
  coalesce(published.bodies, 0) || ' of ' || obliged.bodies || ' bodies, ' || obliged.year AS says  -- to stand beside any number made of these reports
FROM obliged
LEFT JOIN published ON published.county IS obliged.county AND published.year = obliged.year;

-- Sums over the bodies of a county: one row a county, year, scope and figure. Whole counties and own offices never stand in one sum.
CREATE VIEW totals AS
WITH obliged (county, year, bodies) AS MATERIALIZED (
  SELECT substr(bodies.division, 1, 6), expected.year, count(*)
  FROM expected JOIN bodies ON bodies.id = expected.body
  WHERE expected.outcome NOT IN ('not_due', 'not_obliged') GROUP BY 1, 2
)
SELECT
  substr(bodies.division, 1, 6) AS county,  -- first six digits of the bodies' divisions; null for bodies of no proved division
  reports.year AS year,                     -- the report year
  reports.scope AS scope,                   -- aggregate, own or unstated
  codes.code AS code,                       -- see codes
  CASE WHEN reports.scope <> 'aggregate' OR count(version_figures.value) = 1
       THEN sum(version_figures.value) END AS value,  -- the sum; null where several reports of whole counties would be added, for one may hold the other
  count(version_figures.value) AS bodies,   -- bodies whose report of that scope has the figure, read
  obliged.bodies AS of_bodies,              -- bodies that ought to have reported, whatever the scope; null where none is known to
  count(version_figures.value) || ' of ' || obliged.bodies || ' bodies, ' || reports.year AS says  -- to stand beside the sum
FROM reports
JOIN bodies ON bodies.id = reports.body
JOIN versions ON versions.id = reports.version
JOIN version_figures ON version_figures.version = versions.key
JOIN codes ON codes.key = version_figures.code
LEFT JOIN obliged ON obliged.county IS substr(bodies.division, 1, 6) AND obliged.year = reports.year
GROUP BY 1, 2, 3, 4
HAVING count(version_figures.value) > 0;

-- Where and when was searched: every time that a page of a portal's columns was open.
CREATE VIEW columns_searched AS
SELECT
  portal AS portal,        -- key of the portal
  url AS url,              -- the column, or a page of it
  body_name AS body_name,  -- the publisher whose column it is, where the portal names one
  fetched AS searched,     -- when it was open, in UTC
  run AS run               -- the crawl that looked
FROM captures
WHERE role = 'list' AND refusal IS NULL AND status IN (200, 304);

-- What is searched: the title (position 0) and each section of every current report.
CREATE TABLE passages (
  key INTEGER PRIMARY KEY,                       -- rowid in search, and rank: titles before texts, newest reports first
  report TEXT NOT NULL REFERENCES reports (id),  -- id of the report
  position INTEGER NOT NULL,                     -- 0 for the title, else as in sections
  section INTEGER,                               -- number of the section in the form, null for the title and what the form has not
  folded TEXT NOT NULL,                          -- folded to compare, character for character; a section's heading, a line feed and its text
  UNIQUE (report, position)
) STRICT;

-- The passages as printed; an offset found in passages.folded is an offset here.
CREATE VIEW passages_printed AS
SELECT
  passages.key AS key,            -- key of the passage
  passages.report AS report,      -- id of the report
  passages.position AS position,  -- 0 for the title, else as in sections
  CASE WHEN passages.position = 0 THEN reports.title
       ELSE version_sections.heading || char(10) || version_sections.text END AS text  -- as printed
FROM passages
JOIN reports ON reports.id = passages.report
JOIN versions ON versions.id = reports.version
LEFT JOIN version_sections ON version_sections.version = versions.key AND version_sections.position = passages.position;

-- Full-text index of the passages by their characters and overlapping pairs: search for 公开 with MATCH '公开', ORDER BY rowid for the best first.
CREATE VIRTUAL TABLE search USING fts5 (
  grams,  -- the pairs; nothing can be read from this column, join passages_printed on rowid = key
  content='', detail='none', tokenize='unicode61 remove_diacritics 0'
);

-- What places and bodies are called, each name once, and each body with all its names and those of its places.
CREATE TABLE names (
  key INTEGER PRIMARY KEY,                       -- rowid in search_names, and rank: places, bodies by one name, bodies by all; short names first
  kind TEXT NOT NULL CHECK (kind IN ('place', 'body', 'whole')),  -- place: of a division; body: one name of a body; whole: all its names, a line each, and those of the places it lies in
  id TEXT NOT NULL,                              -- code of the division, or id of the body
  division TEXT REFERENCES divisions (code),     -- the division, or that of the body; null while nothing proves it
  folded TEXT NOT NULL CHECK (folded <> '')      -- folded to compare
) STRICT;

-- Full-text index of the names by their characters and overlapping pairs, as search is of the passages.
CREATE VIRTUAL TABLE search_names USING fts5 (
  grams,  -- the pairs; nothing can be read from this column, join names on rowid = key
  content='', detail='none', tokenize='unicode61 remove_diacritics 0'
);

-- What this file was made from and with, besides the captures that it lists.
CREATE TABLE inputs (
  name TEXT PRIMARY KEY CHECK (name <> ''),  -- reader: the version of what read the documents; decisions: SHA-256 of all corrections and takedowns
  value TEXT NOT NULL                        -- the same inputs give the same file
) STRICT, WITHOUT ROWID;

-- What every table and column of this file holds.
CREATE TABLE descriptions (
  table_name TEXT NOT NULL,   -- table or view
  column_name TEXT NOT NULL,  -- empty for the table itself
  says TEXT NOT NULL CHECK (says <> ''),  -- one line of text
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;
