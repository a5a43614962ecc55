import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateQuotes0000000000002 implements MigrationInterface {
  name = 'CreateQuotes0000000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [QUOTE, CONVERSION, GRANTS]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

const QUOTE = `
  CREATE TABLE fx.quote (
    id          uuid PRIMARY KEY,
    customer_id uuid NOT NULL,
    -- What is agreed on and where each unit of it goes, as JSON, but for the two times, which the database sets.
    body        text NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL CHECK (expires_at > created_at),
    -- The one conversion that may use it.
    transfer_id uuid
  );
  CREATE INDEX quote_unused ON fx.quote (expires_at) WHERE transfer_id IS NULL`;

/** What was decided when a customer took a quote: the answer for that transfer id, for ever. */
const CONVERSION = `
  CREATE TABLE fx.conversion (
    transfer_id uuid PRIMARY KEY,
    quote_id    uuid NOT NULL REFERENCES fx.quote,
    refusal     text CHECK (refusal IN ('quote_expired', 'quote_used')),
    decided_at  timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX conversion_of_quote ON fx.conversion (quote_id)`;

const GRANTS = `
  GRANT SELECT, INSERT, UPDATE (transfer_id), DELETE ON fx.quote TO kopeck_currency_converter;
  GRANT SELECT, INSERT ON fx.conversion TO kopeck_currency_converter`;
