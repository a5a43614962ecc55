import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDeliveries0000000000002 implements MigrationInterface {
  name = 'CreateDeliveries0000000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [WEBHOOK, TELEGRAM, PHONE, DELIVERY, ATTEMPT, GRANTS]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/** Secrets are sealed with the service's key; a dump of the table is worth nothing without it. */
const WEBHOOK = `
  CREATE TABLE notification.webhook_endpoint (
    id                     uuid PRIMARY KEY,
    ordinal                bigint GENERATED ALWAYS AS IDENTITY,
    customer_id            uuid NOT NULL,
    url                    text NOT NULL,
    description            text,
    types                  text[] NOT NULL,
    status                 text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
    disabled_reason        text CHECK (disabled_reason IN ('owner', 'gone', 'failing')),
    sealed_secret          text NOT NULL,
    sealed_previous_secret text,
    previous_secret_until  timestamptz,
    revision               bigint NOT NULL DEFAULT 1,
    -- Failures from before it was switched on again don't count against it.
    active_since           timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    created_at             timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    deleted_at             timestamptz,
    CHECK ((status = 'disabled') = (disabled_reason IS NOT NULL)),
    CHECK ((sealed_previous_secret IS NULL) = (previous_secret_until IS NULL))
  );
  CREATE INDEX webhook_endpoint_of_customer ON notification.webhook_endpoint (customer_id, ordinal)
    WHERE deleted_at IS NULL`;

const TELEGRAM = `
  CREATE TABLE notification.telegram_chat (
    customer_id uuid PRIMARY KEY,
    chat_id     bigint NOT NULL,
    chat_name   text,
    linked_at   timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp())
  );
  CREATE TABLE notification.telegram_code (
    customer_id uuid PRIMARY KEY,
    code_hash   text NOT NULL UNIQUE,
    expires_at  timestamptz NOT NULL
  );
  -- Up to where the bot's updates were handled; one replica asks at a time, the one that has the lease.
  CREATE TABLE notification.telegram_bot (
    bot_id         text PRIMARY KEY,
    next_update_id bigint NOT NULL,
    leased_until   timestamptz
  )`;

const PHONE = `
  CREATE TABLE notification.phone (
    customer_id     uuid PRIMARY KEY,
    -- Null once it's forgotten; the row stays, so that forgetting is no way round the limits.
    phone           text,
    confirmed_at    timestamptz,
    code_hash       text,
    code_expires_at timestamptz,
    -- Wrong codes so far, and codes sent: both have a limit.
    wrong_codes     int NOT NULL DEFAULT 0,
    codes_sent      int NOT NULL DEFAULT 0,
    last_code_at    timestamptz,
    CHECK (confirmed_at IS NULL OR phone IS NOT NULL)
  );
  CREATE INDEX phone_number ON notification.phone (phone) WHERE phone IS NOT NULL`;

/** One notification to one target: the work that is due. Claimed with SKIP LOCKED for as long as an attempt may take. */
const DELIVERY = `
  CREATE TABLE notification.delivery (
    id              uuid PRIMARY KEY,
    ordinal         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    notification_id uuid NOT NULL,
    customer_id     uuid NOT NULL,
    channel         text NOT NULL CHECK (channel IN ('email', 'webhook', 'telegram', 'sms')),
    endpoint_id     uuid REFERENCES notification.webhook_endpoint,
    type            text NOT NULL,
    -- What is told, so that a digest or a test needs no line in an inbox.
    data            jsonb NOT NULL,
    occurred_at     timestamptz NOT NULL,
    status          text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'delivered', 'failed', 'dropped')),
    attempts        int NOT NULL DEFAULT 0,
    due_at          timestamptz NOT NULL,
    claimed_until   timestamptz,
    last_error      text,
    created_at      timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    ended_at        timestamptz,
    CHECK ((endpoint_id IS NOT NULL) = (channel = 'webhook')),
    CHECK ((ended_at IS NULL) = (status = 'waiting'))
  );
  CREATE UNIQUE INDEX delivery_once ON notification.delivery (notification_id, customer_id, channel, endpoint_id)
    NULLS NOT DISTINCT;
  CREATE INDEX delivery_due ON notification.delivery (channel, due_at) WHERE status = 'waiting';
  CREATE INDEX delivery_of_customer ON notification.delivery (customer_id, ordinal);
  CREATE INDEX delivery_of_endpoint ON notification.delivery (endpoint_id, ordinal) WHERE endpoint_id IS NOT NULL;
  CREATE INDEX delivery_ended ON notification.delivery (channel, ended_at) WHERE ended_at IS NOT NULL`;

const ATTEMPT = `
  CREATE TABLE notification.delivery_attempt (
    delivery_id   uuid NOT NULL REFERENCES notification.delivery,
    attempt       int NOT NULL,
    at            timestamptz NOT NULL,
    duration_ms   int NOT NULL,
    outcome       text NOT NULL CHECK (outcome IN ('delivered', 'failed')),
    response_code int,
    error         text,
    PRIMARY KEY (delivery_id, attempt)
  )`;

const GRANTS = `
  GRANT SELECT, INSERT, UPDATE ON notification.webhook_endpoint TO kopeck_notification;
  GRANT SELECT, INSERT, UPDATE, DELETE ON notification.telegram_chat TO kopeck_notification;
  GRANT SELECT, INSERT, UPDATE, DELETE ON notification.telegram_code TO kopeck_notification;
  GRANT SELECT, INSERT, UPDATE ON notification.telegram_bot TO kopeck_notification;
  GRANT SELECT, INSERT, UPDATE ON notification.phone TO kopeck_notification;
  GRANT SELECT, INSERT, UPDATE (status, attempts, due_at, claimed_until, last_error, ended_at), DELETE
     ON notification.delivery TO kopeck_notification;
  GRANT SELECT, INSERT, DELETE ON notification.delivery_attempt TO kopeck_notification`;
