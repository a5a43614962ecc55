import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRates0000000000001 implements MigrationInterface {
  name = 'CreateRates0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [BULLETIN, FEED, OVERRIDE, CHANGE, GRANTS]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/** What a source said for one day. It may say several things for one day; each is a bulletin. */
const BULLETIN = `
  CREATE TABLE fx.bulletin (
    id              uuid PRIMARY KEY,
    source          text NOT NULL,
    as_of           date NOT NULL,
    -- Held: a rate jumped, and an operator has to look. Refused: one has looked.
    status          text NOT NULL CHECK (status IN ('accepted', 'held', 'refused')),
    is_snapshot     boolean NOT NULL,
    content_hash    bytea NOT NULL CHECK (length(content_hash) = 32),
    received_at     timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    -- Since when it counted; a day of the history counted on that day.
    effective_at    timestamptz CHECK ((effective_at IS NOT NULL) = (status = 'accepted')),
    decided_by      uuid,
    decision_reason text
  );
  CREATE UNIQUE INDEX bulletin_held ON fx.bulletin (source) WHERE status = 'held';
  CREATE INDEX bulletin_history ON fx.bulletin (source, effective_at) WHERE status = 'accepted';
  CREATE TABLE fx.rate (
    bulletin_id uuid NOT NULL REFERENCES fx.bulletin,
    currency    text NOT NULL,
    -- As the source wrote it, with a point: units of the pivot for so many units of the currency, or the other way round.
    value       text NOT NULL CHECK (value ~ '^[0-9]{1,10}([.][0-9]{1,10})?$'),
    nominal     integer NOT NULL CHECK (nominal > 0),
    is_inverse  boolean NOT NULL,
    PRIMARY KEY (bulletin_id, currency)
  )`;

const FEED = `
  CREATE TABLE fx.feed (
    source               text PRIMARY KEY,
    bulletin_id          uuid REFERENCES fx.bulletin,
    -- Counts everything that changes what is in force; Redis keeps the highest it was given.
    revision             bigint NOT NULL DEFAULT 0,
    confirmed_at         timestamptz,
    next_attempt_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_attempt_at      timestamptz,
    last_error           text,
    consecutive_failures integer NOT NULL DEFAULT 0,
    etag                 text,
    last_modified        text
  )`;

const OVERRIDE = `
  CREATE TABLE fx.rate_override (
    id          uuid PRIMARY KEY,
    source      text NOT NULL,
    currency    text NOT NULL,
    rate        text NOT NULL,
    reason      text NOT NULL,
    operator_id uuid NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    expires_at  timestamptz NOT NULL CHECK (expires_at > created_at),
    -- Ended by hand, by another one or by time.
    ended_at    timestamptz,
    ended_by    uuid
  );
  CREATE UNIQUE INDEX rate_override_active ON fx.rate_override (source, currency) WHERE ended_at IS NULL`;

/** What is to be published, and was; written with the change itself. */
const CHANGE = `
  CREATE TABLE fx.rate_change (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source        text NOT NULL,
    as_of         date NOT NULL,
    base          text NOT NULL,
    quote         text NOT NULL,
    old_rate      text,
    new_rate      text,
    is_overridden boolean NOT NULL,
    changed_at    timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    published_at  timestamptz
  );
  CREATE INDEX rate_change_due ON fx.rate_change (id) WHERE published_at IS NULL`;

const GRANTS = `
  GRANT SELECT, INSERT, UPDATE (status, effective_at, decided_by, decision_reason)
     ON fx.bulletin TO kopeck_currency_converter;
  GRANT SELECT, INSERT ON fx.rate TO kopeck_currency_converter;
  GRANT SELECT, INSERT, UPDATE ON fx.feed TO kopeck_currency_converter;
  GRANT SELECT, INSERT, UPDATE (ended_at, ended_by) ON fx.rate_override TO kopeck_currency_converter;
  GRANT SELECT, INSERT, UPDATE (published_at) ON fx.rate_change TO kopeck_currency_converter`;
