import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AgreeAtOnce0000000000007 implements MigrationInterface {
  name = 'AgreeAtOnce0000000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DOUBLE_ENTRY);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/**
 * The same rules as in migration 1, asked of all rows at once: none is newer than its account, and each account has one that is as
 * new as the account and has its balance. Which one breaks a rule is looked for only when one does; the window that found each
 * account's newest was a twentieth of what a batch costs in the database. `OFFSET 0` and the subquery keep the planner, which knows
 * nothing of how many rows there will be, from reading the tables whole.
 */
const DOUBLE_ENTRY = `
  CREATE OR REPLACE FUNCTION ledger.assert_double_entry() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    odd record;
    agrees boolean;
  BEGIN
    SELECT transfer_id, currency, sum(amount_minor) AS total INTO odd
      FROM posted GROUP BY transfer_id, currency HAVING sum(amount_minor) <> 0 LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'The entries of transfer % sum to % % minor units instead of zero', odd.transfer_id, odd.total, odd.currency
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_sum';
    END IF;

    SELECT count(DISTINCT p.account_id) = count(*) FILTER (
             WHERE (a.version, a.balance_minor) IS NOT DISTINCT FROM (p.account_version, p.balance_after_minor))
       AND bool_and(coalesce(
             p.account_version <= a.version AND p.currency = a.currency
               AND (SELECT status FROM ledger.transfer WHERE id = p.transfer_id) = 'completed', false)) IS NOT FALSE
      INTO agrees
      FROM posted p
      LEFT JOIN LATERAL (
        SELECT version, balance_minor, currency FROM ledger.account WHERE id = p.account_id OFFSET 0
      ) a ON true;
    IF NOT agrees THEN
      SELECT p.account_id, p.account_version, p.transfer_id INTO odd
        FROM (SELECT *, account_version = max(account_version) OVER (PARTITION BY account_id) AS is_newest FROM posted) p
        LEFT JOIN ledger.account a ON a.id = p.account_id
        LEFT JOIN ledger.transfer t ON t.id = p.transfer_id
       WHERE t.status IS DISTINCT FROM 'completed'
          OR a.currency IS DISTINCT FROM p.currency
          OR (p.is_newest AND (a.version, a.balance_minor) IS DISTINCT FROM (p.account_version, p.balance_after_minor))
       LIMIT 1;
      RAISE EXCEPTION 'Entry % of account % does not agree with its account or with its transfer %',
          odd.account_version, odd.account_id, odd.transfer_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_agrees';
    END IF;
    RETURN NULL;
  END $$`;
