import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemAccountsIn } from '../src/accounts/system-account.js';

/** A migration never changes: a currency that is offered later gets its system accounts in a later one. */
const CURRENCIES = ['RUB', 'USD', 'EUR', 'GBP', 'CNY', 'JPY', 'KZT', 'KWD'];

export class CreateLedger0000000000001 implements MigrationInterface {
  name = 'CreateLedger0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [ACCOUNT, ACCOUNT_STATUS_CHANGE, TRANSFER, ENTRY, CHAIN_HEAD]) await runner.query(sql);
    for (const sql of [APPEND_ONLY, DOUBLE_ENTRY, GRANTS, PLANS]) await runner.query(sql);
    for (const currency of CURRENCIES) await openSystemAccounts(runner, currency);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

const ACCOUNT = `
  CREATE TABLE ledger.account (
    id                 uuid PRIMARY KEY,
    number             text NOT NULL CONSTRAINT account_number_unique UNIQUE,
    kind               text NOT NULL CHECK (kind IN ('customer', 'cash', 'fx_position', 'revenue', 'rounding')),
    -- Null for the bank's own accounts, and for those only.
    customer_id        uuid,
    name               text NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    -- What the account was opened as: a repeated opening is recognised by it, also after the account was renamed.
    opened_as          text NOT NULL,
    currency           text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    status             text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'frozen')),
    status_reason      text CHECK ((status_reason IS NULL) = (status = 'active')),
    balance_minor      bigint NOT NULL DEFAULT 0,
    -- The balance may not fall below it; null: it may fall as far as a bigint goes.
    floor_minor        bigint,
    -- Counts entries.
    version            bigint NOT NULL DEFAULT 0,
    -- Counts changes of name and status.
    revision           bigint NOT NULL DEFAULT 1,
    -- The last revision that accounts.states is known to have.
    announced_revision bigint NOT NULL DEFAULT 0 CHECK (announced_revision <= revision),
    opened_at          timestamptz NOT NULL DEFAULT date_trunc('milliseconds', now()),
    CONSTRAINT account_owner CHECK ((customer_id IS NOT NULL) = (kind = 'customer')),
    CONSTRAINT account_floor CHECK (balance_minor >= floor_minor)
  -- Balances change all the time and are in no index: room in the page keeps those updates out of the indexes too.
  ) WITH (fillfactor = 60);
  CREATE INDEX account_of_customer ON ledger.account (customer_id, opened_at) WHERE customer_id IS NOT NULL;
  CREATE INDEX account_unannounced ON ledger.account (id) WHERE announced_revision < revision`;

const ACCOUNT_STATUS_CHANGE = `
  CREATE TABLE ledger.account_status_change (
    account_id  uuid NOT NULL REFERENCES ledger.account,
    -- The account's revision that the change made.
    revision    bigint NOT NULL,
    from_status text NOT NULL,
    to_status   text NOT NULL CHECK (to_status <> from_status),
    reason      text NOT NULL,
    changed_by  uuid NOT NULL,
    changed_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, revision)
  )`;

const TRANSFER = `
  CREATE TABLE ledger.transfer (
    id                uuid PRIMARY KEY,
    -- Partition of transfers.commands, and this decision's place among the partition's decisions.
    chain             integer NOT NULL,
    sequence          bigint NOT NULL CHECK (sequence > 0),
    kind              text NOT NULL CHECK (kind IN ('transfer', 'cash_deposit')),
    customer_id       uuid NOT NULL,
    -- The attempt that led to this decision.
    request_id        uuid NOT NULL,
    -- That there is no such account may be the decision.
    debit_account_id  uuid NOT NULL,
    credit_account_id uuid,
    credit_number     text NOT NULL,
    amount_minor      bigint NOT NULL CHECK (amount_minor > 0),
    currency          text NOT NULL,
    reference         text,
    end_to_end_id     text,
    status            text NOT NULL CHECK (status IN ('completed', 'failed')),
    reason            text CHECK ((reason IS NULL) = (status = 'completed')),
    requested_at      timestamptz NOT NULL,
    decided_at        timestamptz NOT NULL,
    -- SHA-256, base64url.
    previous_hash     text NOT NULL CHECK (length(previous_hash) = 43),
    hash              text NOT NULL CHECK (length(hash) = 43),
    CONSTRAINT transfer_place_unique UNIQUE (chain, sequence)
  )`;

const ENTRY = `
  CREATE TABLE ledger.entry (
    account_id          uuid NOT NULL,
    -- The account's version that the entry made: two writers can't both have posted the same one.
    account_version     bigint NOT NULL CHECK (account_version > 0),
    transfer_id         uuid NOT NULL,
    -- The entry's place in its transfer, from 0: a result is built again from rows in the order in which it was hashed.
    position            smallint NOT NULL CHECK (position >= 0),
    currency            text NOT NULL,
    -- Negative: a debit, positive: a credit.
    amount_minor        bigint NOT NULL CHECK (amount_minor <> 0),
    balance_after_minor bigint NOT NULL,
    posted_at           timestamptz NOT NULL,
    PRIMARY KEY (account_id, account_version),
    CONSTRAINT entry_of_transfer UNIQUE (transfer_id, position)
  )`;

const CHAIN_HEAD = `
  CREATE TABLE ledger.chain_head (
    chain    integer PRIMARY KEY,
    sequence bigint NOT NULL CHECK (sequence >= 0),
    hash     text NOT NULL CHECK (length(hash) = 43)
  ) WITH (fillfactor = 10)`;

/** What was decided stays; also for roles that a grant doesn't bind, until they take the trigger off in plain sight. */
const APPEND_ONLY = `
  CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% on %.% refused: the ledger is append-only, correct it by another transfer', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.account_status_change
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON ledger.account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()`;

/**
 * The database doesn't take the service's word for it. When entries come in, all of a transfer's in one statement:
 * they sum to zero, belong to a completed transfer and to an account of their currency, and the balance that the newest
 * one states is the account's.
 *
 * One look for all rows instead of foreign keys, which look at each row by itself and took half of a batch's time in the
 * database. Once is enough, because neither accounts nor transfers can be removed.
 */
const DOUBLE_ENTRY = `
  CREATE FUNCTION ledger.assert_double_entry() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    odd record;
  BEGIN
    SELECT transfer_id, currency, sum(amount_minor) AS total INTO odd
      FROM posted GROUP BY transfer_id, currency HAVING sum(amount_minor) <> 0 LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'The entries of transfer % sum to % % minor units instead of zero', odd.transfer_id, odd.total, odd.currency
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_sum';
    END IF;

    SELECT p.account_id, p.account_version, p.transfer_id INTO odd
      FROM (SELECT *, account_version = max(account_version) OVER (PARTITION BY account_id) AS is_newest FROM posted) p
      LEFT JOIN ledger.account a ON a.id = p.account_id
      LEFT JOIN ledger.transfer t ON t.id = p.transfer_id
     WHERE t.status IS DISTINCT FROM 'completed'
        OR a.currency IS DISTINCT FROM p.currency
        OR (p.is_newest AND (a.version, a.balance_minor) IS DISTINCT FROM (p.account_version, p.balance_after_minor))
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'Entry % of account % does not agree with its account or with its transfer %',
          odd.account_version, odd.account_id, odd.transfer_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_agrees';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER double_entry AFTER INSERT ON ledger.entry
    REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger.assert_double_entry()`;

/**
 * The service asks by keys only. Prepared statements keep their plans, and one made while a table was small would read
 * all of it for ever: measured, a batch took ten times as long.
 */
const PLANS = `
  DO $$ BEGIN
    EXECUTE format('ALTER ROLE kopeck_transaction IN DATABASE %I SET enable_seqscan = off', current_database());
  END $$`;

const GRANTS = `
  GRANT SELECT, INSERT ON ledger.transfer, ledger.entry, ledger.account_status_change TO kopeck_transaction;
  GRANT SELECT, INSERT ON ledger.account TO kopeck_transaction;
  GRANT UPDATE (balance_minor, version, name, status, status_reason, revision, announced_revision)
    ON ledger.account TO kopeck_transaction;
  GRANT SELECT, INSERT, UPDATE (sequence, hash) ON ledger.chain_head TO kopeck_transaction`;

/** The bank's accounts have no floor: what customers hold, the bank owes. */
async function openSystemAccounts(runner: QueryRunner, currency: string): Promise<void> {
  for (const account of systemAccountsIn(currency)) {
    await runner.query(
      `INSERT INTO ledger.account (id, number, kind, name, opened_as, currency) VALUES ($1, $2, $3, $4, $4, $5)`,
      [account.accountId, account.number, account.kind, account.name, account.currency],
    );
  }
}
