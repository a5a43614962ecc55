import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateInbox0000000000001 implements MigrationInterface {
  name = 'CreateInbox0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [RECIPIENT, PREFERENCE, NOTIFICATION, ACCOUNT, DIGEST, GRANTS]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/** The copy of `customers.states`, and each person's place in their inbox. */
const RECIPIENT = `
  CREATE TABLE notification.recipient (
    customer_id uuid PRIMARY KEY,
    email       text NOT NULL,
    name        text NOT NULL,
    role        text NOT NULL CHECK (role IN ('customer', 'operator')),
    language    text NOT NULL CHECK (language IN ('en', 'ru')),
    revision    bigint NOT NULL
  );
  CREATE INDEX recipient_operator ON notification.recipient (customer_id) WHERE role = 'operator';
  -- Locked by whoever adds to an inbox: ordinals become visible in their order and without gaps.
  CREATE TABLE notification.inbox (
    customer_id  uuid PRIMARY KEY,
    last_ordinal bigint NOT NULL CHECK (last_ordinal >= 0)
  )`;

const PREFERENCE = `
  CREATE TABLE notification.preference (
    customer_id uuid PRIMARY KEY,
    revision    bigint NOT NULL,
    -- As PreferencesView has it, without the revision.
    chosen      jsonb NOT NULL,
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  -- Who follows a currency.
  CREATE INDEX preference_rate_currencies ON notification.preference USING gin ((chosen->'rateCurrencies'))`;

/** At most one of an event for a person: the id is name-based on both. */
const NOTIFICATION = `
  CREATE TABLE notification.notification (
    id          uuid PRIMARY KEY,
    customer_id uuid NOT NULL,
    -- Its place in the inbox; null where the person doesn't want this type there.
    ordinal     bigint,
    type        text NOT NULL,
    data        jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    read_at     timestamptz
  );
  CREATE UNIQUE INDEX notification_inbox ON notification.notification (customer_id, ordinal) WHERE ordinal IS NOT NULL;
  CREATE INDEX notification_unread ON notification.notification (customer_id, ordinal)
    WHERE ordinal IS NOT NULL AND read_at IS NULL`;

/** The status last told of, so that a state that comes again, or late, tells nothing. */
const ACCOUNT = `
  CREATE TABLE notification.account (
    account_id uuid PRIMARY KEY,
    status     text NOT NULL,
    revision   bigint NOT NULL
  )`;

/** Rate changes that wait for the hour or the day at which somebody wants to hear of them together. */
const DIGEST = `
  CREATE TABLE notification.digest (
    customer_id uuid PRIMARY KEY,
    -- Null while there is nothing to tell.
    due_at      timestamptz,
    -- The last change by source and currency, and whether it was told: {"ecb/USD": {…}}. One that comes again is known by it.
    changes     jsonb NOT NULL,
    -- The digest that was stored last, until the broker is known to have its push.
    unsent      jsonb
  );
  CREATE INDEX digest_due ON notification.digest (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX digest_unsent ON notification.digest (customer_id) WHERE unsent IS NOT NULL`;

const GRANTS = `
  GRANT SELECT, INSERT, UPDATE ON notification.recipient TO kopeck_notification;
  GRANT SELECT, INSERT, UPDATE ON notification.inbox TO kopeck_notification;
  GRANT SELECT, INSERT, UPDATE ON notification.preference TO kopeck_notification;
  GRANT SELECT, INSERT, UPDATE (read_at) ON notification.notification TO kopeck_notification;
  GRANT SELECT, INSERT, UPDATE ON notification.account TO kopeck_notification;
  GRANT SELECT, INSERT, UPDATE ON notification.digest TO kopeck_notification`;
