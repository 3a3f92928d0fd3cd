-- A county of two bodies: 甲局 with every status of a figure, a broken identity and two versions;
-- 乙镇 with the older form, a lost report and hostile text. `form_codes` says which code is of which form.
INSERT INTO divisions (code, name) VALUES ('999901', '样县');
INSERT INTO bodies VALUES
  ('999901-甲局', '甲局', '999901', 'department', 2022, 2023),
  ('999901-乙镇', '乙镇', '999901', 'township', 2020, 2021),
  ('unresolved-丙/办', '丙/办', NULL, 'other', 2023, 2023);
INSERT INTO portals VALUES ('yangxian', '999901', '样县人民政府', 'http://yangxian.invalid/', 'jpage', 'direct');
INSERT INTO documents VALUES
  (printf('%064d', 1), 'text/html', 41000, 'report', NULL, NULL),
  (printf('%064d', 2), 'application/pdf', 52000, 'report', NULL, NULL),
  (printf('%064d', 3), 'text/html', 900, 'report', NULL, NULL);
INSERT INTO captures (id, url, fetched, status, media_type, role, portal, document, length, warc, offset, run)
SELECT 'capture-' || n, 'http://yangxian.invalid/art/' || n || '?a=1&b=2', '2024-02-0' || n || 'T03:04:05Z', 200, 'text/html', 'article',
  'yangxian', printf('%064d', n), 900, 'yangxian-1.warc.gz', 1000 * n, 'run-1' FROM (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3);
INSERT INTO reports VALUES
  (1, '999901-甲局-2023', '999901-甲局', 2023, '999901-甲局-2023-2', printf('%064d', 2), 'capture-2', 'http://yangxian.invalid/art/2?a=1&b=2',
   '2021', 'own', '甲局2023年政府信息公开工作年度报告', '2024-02-12', '2024-01-31', 12, 190, 2, 2, 3, 3),
  (2, '999901-乙镇-2020', '999901-乙镇', 2020, '999901-乙镇-2020-1', printf('%064d', 3), 'capture-3', 'http://yangxian.invalid/art/3?a=1&b=2',
   '2019', 'unstated', '<img src=x onerror=alert(1)>乙镇', NULL, NULL, NULL, 190, 0, 0, 8, 0),
  (3, 'unresolved-丙/办-2023', 'unresolved-丙/办', 2023, 'unresolved-丙/办-2023-1', printf('%064d', 1), 'capture-1', 'http://yangxian.invalid/art/1?a=1&b=2',
   NULL, 'unstated', NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0);
INSERT INTO versions VALUES
  (1, '999901-甲局-2023-1', '999901-甲局-2023', 1, 0, printf('%064d', 1), 'capture-1', '2024-02-01T03:04:05Z', '2024-02-01T03:04:05Z', 1, '2021', 'own', NULL, NULL),
  (2, '999901-甲局-2023-2', '999901-甲局-2023', 2, 1, printf('%064d', 2), 'capture-2', '2024-02-02T03:04:05Z', '2024-02-02T03:04:05Z', 1, '2021', 'own', NULL, NULL),
  (3, '999901-乙镇-2020-1', '999901-乙镇-2020', 1, 1, printf('%064d', 3), 'capture-3', '2024-02-03T03:04:05Z', '2024-02-03T03:04:05Z', 1, '2019', 'unstated', NULL, NULL),
  (4, 'unresolved-丙/办-2023-1', 'unresolved-丙/办-2023', 1, 1, printf('%064d', 1), 'capture-1', '2024-02-01T03:04:05Z', '2024-02-01T03:04:05Z', 1, NULL, 'unstated', NULL, NULL);

INSERT INTO parts (version, document, capture, main) SELECT id, document, capture, 1 FROM versions;

INSERT INTO version_figures (version, code, status, value, text)
SELECT iif(form_codes.form = '2021', 2, 3), codes.key, 'read', 0, '0' FROM form_codes JOIN codes ON codes.code = form_codes.code WHERE form_codes.form <> '2014';
CREATE TEMP TABLE changed (version, code, status, value, text, proposal, basis);
INSERT INTO changed VALUES
  (2, 'requests.new.person', 'read', 1234, '1,234', NULL, NULL),
  (2, 'requests.new.total', 'blank', NULL, NULL, NULL, NULL),
  (2, 'requests.granted.person', 'mark', NULL, '—', NULL, NULL),
  (2, 'requests.partial.person', 'unreadable', NULL, 'C<b>', 0, 'identity columns requests.processed'),
  (2, 'requests.other.uncorrected.person', 'absent', NULL, NULL, NULL, NULL),
  (2, 'disputes.review.total', 'read', 11, '11', NULL, NULL),
  (2, 'disclosure.fees.amount', 'read', 5949088667, '5949.088667', NULL, NULL),
  (3, 'requests.granted.person', 'unreadable', NULL, NULL, NULL, NULL);
UPDATE version_figures SET status = changed.status, value = changed.value, text = changed.text, proposal = changed.proposal, basis = changed.basis
FROM changed JOIN codes ON codes.code = changed.code
WHERE version_figures.version = changed.version AND version_figures.code = codes.key;

INSERT INTO unplaced VALUES ('999901-乙镇-2020', 0, 'granted', 2, '00<i>', NULL, NULL);
INSERT INTO version_sections VALUES
  (2, 1, 1, '一、总体情况', '全年受理<script>alert(2)</script>申请' || char(10) || '⻔⼾⽹站改版。'),
  (2, 2, 5, '五、存在的主要问题及改进情况', '公开意识不强。'),
  (3, 1, 1, '一、总体情况<img src=x onerror=alert(3)>', '本镇<img src=x onerror=alert(4)>情况，<i>办</i>实情<i>见</i>下');
INSERT INTO findings VALUES
  (1, '999901-甲局-2023', printf('%064d', 2), 'disputes.total', 'broken', 'error', 'publisher', 'disputes.review.total is 11, but the sum of its parts is 0: 11 more.',
   'disputes.review.total disputes.review.upheld disputes.review.corrected disputes.review.other disputes.review.pending', 11, 0),
  (2, '999901-甲局-2023', printf('%064d', 2), 'requests.total', 'unchecked', 'note', 'undecided', 'requests.total new could not be checked.', 'requests.new.total', NULL, NULL),
  (3, '999901-甲局-2023', printf('%064d', 2), 'figures.blank', 'broken', 'note', 'publisher', '1 cell of the form is left blank.', 'requests.new.total', NULL, NULL),
  (4, '999901-乙镇-2020', printf('%064d', 3), 'year.conflict', 'broken', 'warning', 'publisher', 'The total <b>differs</b> from the year before.', 'requests.new.total', NULL, NULL);
INSERT INTO changes VALUES ('999901-甲局-2023', '999901-甲局-2023-2', '999901-甲局-2023-1', 'figure', 'disputes.review.total', 1, 'read', 0, '0', 'read', 11, '11');
INSERT INTO expected VALUES
  ('999901-甲局', 2022, 'not_found', NULL, 'yangxian', '2023-01-31', NULL, '2024-04-02', NULL),
  ('999901-甲局', 2023, 'published', '999901-甲局-2023', 'yangxian', '2024-01-31', 12, NULL, NULL),
  ('999901-乙镇', 2020, 'published', '999901-乙镇-2020', 'yangxian', NULL, NULL, NULL, NULL),
  ('999901-乙镇', 2021, 'blocked', NULL, 'yangxian', NULL, NULL, NULL, NULL);
INSERT INTO former_ids VALUES ('999901-甲科', '999901-甲局', 'It stood under the name that is printed.');
INSERT INTO requests (report, row, total)
SELECT '999901-甲局-2023', row, iif(row = 'processed', 40, iif(row = 'refused.secret', 4, 0)) FROM codes WHERE table_name = 'requests' AND form = '2021' GROUP BY row;
INSERT INTO portal_runs (portal, run, started, via, state, conclusive, because, reports, new, changed, gone, refused, requests, bytes, stopped) VALUES
  ('yangxian', 'r1', '2024-02-02T03:00:00Z', 'direct', 'ok', 1, '', 3, 3, 0, 0, 0, 40, 90000, NULL),
  ('yangxian', 'r2', '2024-03-02T03:00:00Z', 'direct', 'nothing new', 1, '', 3, 0, 0, 0, 0, 9, 8000, NULL),
  ('yangxian', 'r3', '2024-04-02T03:00:00Z', 'direct', 'blocked from here', 1, 'refused with 403 <b>', 3, 0, 0, 0, 3, 1, 100, NULL),
  ('yangxian', 'r4', '2024-05-02T03:00:00Z', 'direct', 'blocked from here', 1, 'refused with 403 <b>', 3, 0, 0, 0, 3, 1, 100, NULL),
  ('yangxian', 'r5', '2024-06-02T03:00:00Z', 'direct', 'nothing new', 0, '', 3, 0, 0, 0, 0, 1, 100, 'budget');
INSERT INTO corrections VALUES ('reader-1', printf('%064d', 2), 'requests.partial.person', 'C<b>', 7, 'The <i>scan</i> says 7.', 'A. Reader', '2024-05-01', 'applied', NULL);
INSERT INTO takedowns VALUES ('seal-1', printf('%064d', 3), 'section 1', 'It names a <b>person</b>.', 'A. Reader', '2024-05-02', 'applied', NULL);
