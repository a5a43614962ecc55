import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTransactionManager0000000000001 implements MigrationInterface {
  name = 'CreateTransactionManager0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [TRANSFER, PENDING, SETTLEMENT, REFORWARD, ACCOUNT_COPY, GRANTS, PLANS])
      await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/** What was asked for: never changed, never deleted. */
const TRANSFER = `
  CREATE TABLE transaction_manager.transfer (
    id                    uuid PRIMARY KEY,
    -- The order of acceptance: lists are paged by it.
    ordinal               bigint GENERATED ALWAYS AS IDENTITY,
    -- The attempt that was accepted; all others with this id are repeats.
    request_id            uuid NOT NULL,
    customer_id           uuid NOT NULL,
    kind                  text NOT NULL,
    -- SHA-256 over what was asked for: another payload under the same key has another one.
    payload_hash          bytea NOT NULL CHECK (length(payload_hash) = 32),
    debit_account_id      uuid NOT NULL,
    credit_account_number text NOT NULL,
    amount_minor          bigint NOT NULL CHECK (amount_minor > 0),
    currency              text NOT NULL,
    reference             text,
    end_to_end_id         text,
    requested_at          timestamptz NOT NULL,
    accepted_at           timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE UNIQUE INDEX transfer_ordinal ON transaction_manager.transfer (ordinal);
  CREATE INDEX transfer_of_customer ON transaction_manager.transfer (customer_id, ordinal)`;

/**
 * What has no settlement yet; the row goes away with it. A table of its own, because changing a transfer's row wrote it
 * again, with an entry in each of its indexes: half of what the register cost.
 */
const PENDING = `
  CREATE TABLE transaction_manager.pending (
    transfer_id     uuid PRIMARY KEY,
    ordinal         bigint NOT NULL,
    forward_count   integer NOT NULL,
    -- When to send the command again if there is no result by then.
    next_forward_at timestamptz NOT NULL
  );
  CREATE INDEX pending_due ON transaction_manager.pending (next_forward_at);
  CREATE INDEX pending_ordinal ON transaction_manager.pending (ordinal)`;

/** What became of it: written once. */
const SETTLEMENT = `
  CREATE TABLE transaction_manager.settlement (
    transfer_id        uuid PRIMARY KEY,
    ordinal            bigint NOT NULL,
    status             text NOT NULL CHECK (status IN ('completed', 'failed')),
    reason             text CHECK ((reason IS NOT NULL) = (status = 'failed')),
    credit_account_id  uuid,
    credit_customer_id uuid,
    settled_at         timestamptz NOT NULL,
    -- Whether it has a place in the ledger's chain; false for what was refused on arrival.
    decided_by_ledger  boolean NOT NULL,
    forward_count      integer NOT NULL
  );
  -- The recipient sees what has arrived, not what somebody tried.
  CREATE INDEX settlement_to_customer ON transaction_manager.settlement (credit_customer_id, ordinal)
    WHERE status = 'completed' AND credit_customer_id IS NOT NULL;
  -- Failed ones are rare among all there ever were, and a list of them must not read the rest.
  CREATE INDEX settlement_failed ON transaction_manager.settlement (ordinal) WHERE status = 'failed'`;

/** The first repeats of each transfer, one by one; `forward_count` has the total. */
const REFORWARD = `
  CREATE TABLE transaction_manager.reforward (
    transfer_id  uuid NOT NULL,
    attempt      integer NOT NULL,
    forwarded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (transfer_id, attempt)
  )`;

/** What accounts.states says; it may lag behind the ledger. */
const ACCOUNT_COPY = `
  CREATE TABLE transaction_manager.account_copy (
    account_id  uuid PRIMARY KEY,
    number      text NOT NULL,
    kind        text NOT NULL,
    customer_id uuid,
    currency    text NOT NULL,
    status      text NOT NULL,
    revision    bigint NOT NULL
  );
  -- Not unique, which the ledger's are: two replicas that insert the same account meet at a second unique index with an error,
  -- whatever ON CONFLICT says of the first.
  CREATE INDEX account_copy_number ON transaction_manager.account_copy (number)`;

/** What was asked for and what became of it can't be changed or deleted. */
const GRANTS = `
  GRANT SELECT, INSERT ON transaction_manager.transfer TO kopeck_transaction_manager;
  GRANT SELECT, INSERT, UPDATE (forward_count, next_forward_at), DELETE
     ON transaction_manager.pending TO kopeck_transaction_manager;
  GRANT SELECT, INSERT, UPDATE (forward_count) ON transaction_manager.settlement TO kopeck_transaction_manager;
  GRANT SELECT, INSERT ON transaction_manager.reforward TO kopeck_transaction_manager;
  GRANT SELECT, INSERT, UPDATE (status, revision) ON transaction_manager.account_copy TO kopeck_transaction_manager`;

/**
 * Statements take arrays of ids. A plan made once for arrays of any length, while the table was small, reads all of it for
 * each batch and stays until statistics change; a plan for each batch costs less than a millisecond. What is pending is
 * few rows among many dead ones, which the planner takes for cheap to read whole: no statement of this service needs to.
 */
const PLANS = `
  DO $$ BEGIN
    EXECUTE format('ALTER ROLE kopeck_transaction_manager IN DATABASE %I SET plan_cache_mode = force_custom_plan',
                   current_database());
    EXECUTE format('ALTER ROLE kopeck_transaction_manager IN DATABASE %I SET enable_seqscan = off', current_database());
  END $$`;
