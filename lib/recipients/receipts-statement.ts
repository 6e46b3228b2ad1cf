import { countPrices } from '@/lib/stats/cost-counters';
import { countChanges, countFailures } from '@/lib/stats/counters';
import { RECORD_FAILED_MESSAGES } from '@/lib/webhook-endpoints/outbox';
import { isHeld } from './held';

/*
 * What a receipt of attempt A does to a row at attempt N (state `queued` with N: N attempts are over and the
 * next is N + 1; F = failed_attempt: attempts up to F are known to have failed).
 *
 *   state      delivered, read                  sent                                     failed
 *   queued     fact; accepted, wait cancelled   A > F: accepted, wait cancelled          nothing
 *                                               (A = N: fact too); else nothing
 *   skipped    as queued                        as queued                                nothing
 *   sending    A = N: fact; accepted            A = N: fact; accepted                    A = N: fact; accepted
 *              A < N: fact, N goes on           A < N: nothing                           A < N: nothing
 *   in_doubt   fact; accepted                   A = N: fact; accepted                    A = N: fact; accepted
 *                                               F < A < N: accepted; A ≤ F: nothing      A < N: nothing
 *   accepted   fact                             A = N: fact; A < N: nothing              A = N: fact; A < N: nothing
 *   failed     fact                             A = N: fact; A < N: nothing              nothing (refused already)
 *
 * A > N (a database restored from a backup): a positive one counts as A = N and lifts N to A, so that what
 * has gone out is not sent again; `failed` does nothing. "accepted" sets accepted_at unless set, clears
 * doubt and the wait, and takes the wamid if the row has none. A fact is the earliest time reported, so a
 * repeated or disordered one changes nothing; with several failures the earliest one's words stand. Positive
 * receipts of a batch come before its failures. The shown status follows from the facts (recipients.status).
 * What is priced is the message, an attempt each: the word of WhatsApp's that comes with `delivered` or `read` is kept
 * under its attempt's number, once, in whatever state the row is; if two say different things of one attempt, the
 * first in the alphabet stands, so that order and repetition change nothing (docs/adr/cost-counting.md).
 * The row of a person who was erased (its phone has no plus: erased.ts) takes facts, never a wamid: it holds the
 * number. Nor is there a contact left whose failure has consequences.
 */

const OLDEST_SECONDS = 60 * 86_400;
const NEWEST_SECONDS = 86_400;
/** Columns of the row that the receipt may change, as the lock found them. */
const ROW = [
  'phone',
  'status',
  'state',
  'pending',
  'retry_at',
  'attempt',
  'failed_attempt',
  'wamid',
  'error_code',
  'error_message',
  'accepted_at',
  'held_at',
  'sent_at',
  'delivered_at',
  'read_at',
  'failed_at',
  'doubt_at',
  'priced',
]
  .map((column) => `r.${column}`)
  .join(', ');

/** Whether receipt `about` proves that WhatsApp has the message, and the row still has to learn it. */
const PROVES = `(kind IN ('delivered', 'read') OR kind = 'sent' AND about > failed_attempt)
      AND (state IN ('queued', 'skipped', 'in_doubt') OR state = 'sending' AND about >= attempt)`;

/**
 * $1…$11: workspace ids, sender ids, campaign ids, recipient ids, attempts, wamids, kinds, times (epoch
 * seconds), error codes, error messages, pricings; one element a receipt.
 *
 * Plan: one descent of recipients_pkey a receipt (recipients_wamid and past_attempts_wamid only for those
 * without our key), and no join of two intermediate results, whose sizes the planner can't know
 * (receipts.db.test.ts asserts it). Rows are locked in key order, so that two batches never wait for each
 * other in a circle; `locked` holds what the lock found, not what the snapshot saw. An update that only adds
 * delivered or read writes the same value to every indexed column and stays HOT.
 */
const statement = (more: string) => `
  WITH given AS MATERIALIZED (
    SELECT n, workspace_id, sender_id, campaign_id, recipient_id, attempt, wamid, kind, error_code, error_message, pricing,
      CASE WHEN at BETWEEN extract(epoch FROM now()) - ${OLDEST_SECONDS} AND extract(epoch FROM now()) + ${NEWEST_SECONDS}
        THEN to_timestamp(at) ELSE now() END AS at
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[], $6::text[], $7::text[], $8::float8[],
      $9::int[], $10::text[], $11::text[]) WITH ORDINALITY
      AS g (workspace_id, sender_id, campaign_id, recipient_id, attempt, wamid, kind, at, error_code, error_message, pricing, n)
  ),
  found AS MATERIALIZED (
    SELECT g.n, g.workspace_id, coalesce(k.campaign_id, w.campaign_id, p.campaign_id) AS campaign_id,
      coalesce(k.id, w.id, p.recipient_id) AS id,
      CASE WHEN k.id IS NOT NULL THEN g.attempt ELSE coalesce(w.attempt, p.attempt) END AS about,
      g.wamid AS reported_wamid, g.kind, g.at, g.error_code AS code, g.error_message AS words, g.pricing, c.sender_id = g.sender_id AS own
    FROM given g
      LEFT JOIN LATERAL (
        SELECT r.campaign_id, r.id FROM recipients r
        WHERE r.workspace_id = g.workspace_id AND r.campaign_id = g.campaign_id AND r.id = g.recipient_id
        LIMIT 1
      ) k ON true
      LEFT JOIN LATERAL (
        SELECT r.campaign_id, r.id, r.attempt FROM recipients r
        WHERE k.id IS NULL AND r.workspace_id = g.workspace_id AND r.wamid = g.wamid AND r.wamid IS NOT NULL
        LIMIT 1
      ) w ON true
      LEFT JOIN LATERAL (
        SELECT a.campaign_id, a.recipient_id, a.attempt FROM past_attempts a
        WHERE k.id IS NULL AND w.id IS NULL AND a.workspace_id = g.workspace_id AND a.wamid = g.wamid
        ORDER BY a.attempt LIMIT 1
      ) p ON true
      LEFT JOIN LATERAL (
        SELECT c.sender_id FROM campaigns c
        WHERE c.workspace_id = g.workspace_id AND c.id = coalesce(k.campaign_id, w.campaign_id, p.campaign_id)
        LIMIT 1
      ) c ON true
  ),
  locked AS MATERIALIZED (
    SELECT f.n, f.workspace_id, f.campaign_id, f.id, f.about, f.reported_wamid, f.kind, f.at, f.code, f.words, f.pricing, ${ROW}
    FROM (SELECT * FROM found WHERE own ORDER BY workspace_id, campaign_id, id) f
      CROSS JOIN LATERAL (
        SELECT * FROM recipients r
        WHERE r.workspace_id = f.workspace_id AND r.campaign_id = f.campaign_id AND r.id = f.id
        FOR NO KEY UPDATE
      ) r
  ),
  proved AS (
    SELECT *, greatest(attempt, max(about) FILTER (WHERE ${PROVES}) OVER row) AS new_attempt,
      bool_or(${PROVES}) OVER row AS taken
    FROM locked
    WINDOW row AS (PARTITION BY workspace_id, campaign_id, id)
  ),
  judged AS (
    SELECT *, kind = 'failed' AND about = new_attempt AND (taken OR state IN ('sending', 'accepted', 'in_doubt')) AS refuses
    FROM proved
  ),
  weighed AS (
    SELECT workspace_id, campaign_id, id, ${ROW.replaceAll('r.', '')}, new_attempt, taken,
      CASE WHEN phone LIKE '+%' THEN coalesce(wamid, CASE WHEN taken OR state NOT IN ('queued', 'skipped')
        THEN coalesce(min(reported_wamid) FILTER (WHERE about >= attempt), min(reported_wamid) FILTER (WHERE ${PROVES})) END) END AS new_wamid,
      least(sent_at, min(at) FILTER (WHERE kind = 'sent' AND about >= attempt
        AND (state NOT IN ('queued', 'skipped') OR about > failed_attempt))) AS new_sent_at,
      least(delivered_at, min(at) FILTER (WHERE kind = 'delivered')) AS new_delivered_at,
      least(read_at, min(at) FILTER (WHERE kind = 'read')) AS new_read_at,
      array_agg(DISTINCT about || ' ' || pricing) FILTER (WHERE pricing IS NOT NULL AND kind IN ('delivered', 'read')) AS told,
      min(at) FILTER (WHERE refuses) AS refused_at,
      (array_agg(code ORDER BY at, coalesce(code, 0), coalesce(words, '')) FILTER (WHERE refuses))[1] AS refusal_code,
      (array_agg(words ORDER BY at, coalesce(code, 0), coalesce(words, '')) FILTER (WHERE refuses))[1] AS refusal_words,
      (array_agg(n ORDER BY at, coalesce(code, 0), coalesce(words, '')) FILTER (WHERE refuses))[1] AS refusal_n
    FROM judged
    GROUP BY workspace_id, campaign_id, id, ${ROW.replaceAll('r.', '')}, new_attempt, taken
  ),
  decided AS MATERIALIZED (
    SELECT *, taken OR refused_at IS NOT NULL AND state IN ('sending', 'in_doubt') AS turns_accepted,
      refused_at IS NOT NULL AND (failed_at IS NULL OR (refused_at, coalesce(refusal_code, 0), coalesce(refusal_words, ''))
        < (failed_at, coalesce(error_code, 0), coalesce(error_message, ''))) AS reworded,
      CASE WHEN told IS NULL OR priced = told[1] AND cardinality(told) = 1 THEN priced
        WHEN priced IS NULL AND cardinality(told) = 1 THEN told[1]
        ELSE (SELECT string_agg(entry, ',' ORDER BY entry) FROM (
          SELECT min(entry COLLATE "C") AS entry FROM unnest(told || string_to_array(priced, ',')) entry
          GROUP BY split_part(entry, ' ', 1)) entries) END AS new_priced
    FROM weighed
  ),
  written AS (
    UPDATE recipients r SET
      state = CASE WHEN d.turns_accepted THEN 'accepted' ELSE d.state END,
      pending = d.pending AND NOT d.turns_accepted,
      retry_at = CASE WHEN d.turns_accepted THEN NULL ELSE d.retry_at END,
      accepted_at = CASE WHEN d.turns_accepted THEN coalesce(d.accepted_at, now()) ELSE d.accepted_at END,
      doubt_at = CASE WHEN d.turns_accepted THEN NULL ELSE d.doubt_at END,
      attempt = d.new_attempt,
      wamid = d.new_wamid,
      sent_at = d.new_sent_at,
      delivered_at = d.new_delivered_at,
      read_at = d.new_read_at,
      priced = d.new_priced,
      failed_at = least(d.failed_at, d.refused_at),
      error_code = CASE WHEN d.reworded THEN d.refusal_code WHEN d.turns_accepted AND d.failed_at IS NULL THEN NULL ELSE d.error_code END,
      error_message = CASE WHEN d.reworded THEN d.refusal_words WHEN d.turns_accepted AND d.failed_at IS NULL THEN NULL ELSE d.error_message END
    FROM decided d
    WHERE r.workspace_id = d.workspace_id AND r.campaign_id = d.campaign_id AND r.id = d.id
      AND (d.turns_accepted OR d.reworded
        OR (d.new_attempt, d.new_wamid, d.new_sent_at, d.new_delivered_at, d.new_read_at, d.new_priced)
          IS DISTINCT FROM (d.attempt, d.wamid, d.sent_at, d.delivered_at, d.read_at, d.priced))
    RETURNING r.workspace_id, r.campaign_id, r.variant, r.id, r.phone, d.status AS old_status, r.status AS new_status,
      d.error_code AS old_code, r.error_code AS new_code, r.error_message AS new_words, r.failed_at,
      r.calling_code, r.country, d.priced AS old_priced, r.priced AS new_priced,
      ${isHeld('r')}::int - ${isHeld('d')}::int AS held,
      CASE WHEN d.failed_at IS NULL THEN d.refusal_n END AS turned_failed_by
  ),
  changes AS (
    SELECT workspace_id, campaign_id, variant, id, old_status, new_status, old_code, new_code, new_words, failed_at, held FROM written
  ),
  ${countChanges({ held: true })},
  ${countFailures()},
  ${countPrices()}${more}
  SELECT n::int, CASE WHEN own IS NULL THEN 'unknown' ELSE 'foreign' END AS finding, campaign_id, NULL AS phone
  FROM found WHERE own IS NOT TRUE
  UNION ALL
  SELECT turned_failed_by::int, 'failed', campaign_id, phone FROM written WHERE turned_failed_by IS NOT NULL AND phone LIKE '+%'
  ORDER BY n`;

export const RECEIPTS_STATEMENT = statement('');

/** For a batch with failures: also records those for the endpoints that ask for them. */
export const RECEIPTS_WITH_FAILURES_STATEMENT = statement(`,${RECORD_FAILED_MESSAGES}`);
