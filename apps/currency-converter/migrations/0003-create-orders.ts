import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOrders0000000000003 implements MigrationInterface {
  name = 'CreateOrders0000000000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [ORDER, ALERT, GRANTS]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/** "Convert this much when the rate is reached." */
const ORDER = `
  CREATE TABLE fx.conversion_order (
    id                    uuid PRIMARY KEY,
    ordinal               bigint GENERATED ALWAYS AS IDENTITY,
    customer_id           uuid NOT NULL,
    debit_account_id      uuid NOT NULL,
    credit_account_number text NOT NULL,
    sell_currency         text NOT NULL,
    buy_currency          text NOT NULL,
    sell_minor            bigint NOT NULL CHECK (sell_minor > 0),
    target_rate           numeric(20, 10) NOT NULL CHECK (target_rate > 0),
    status                text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'triggered', 'cancelled', 'expired')),
    created_at            timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    expires_at            timestamptz NOT NULL,
    -- When it was triggered or expired.
    ended_at              timestamptz,
    quote_id              uuid REFERENCES fx.quote,
    transfer_id           uuid CHECK ((transfer_id IS NOT NULL) = (status = 'triggered')),
    -- When the broker had what follows from its end.
    sent_at               timestamptz
  );
  CREATE INDEX conversion_order_active ON fx.conversion_order (sell_currency, buy_currency, target_rate) WHERE status = 'active';
  CREATE INDEX conversion_order_expiring ON fx.conversion_order (expires_at) WHERE status = 'active';
  CREATE INDEX conversion_order_unsent ON fx.conversion_order (ended_at)
    WHERE sent_at IS NULL AND status IN ('triggered', 'expired');
  CREATE INDEX conversion_order_of_customer ON fx.conversion_order (customer_id, ordinal)`;

/** "Tell me when the rate is reached, or moves by so much." */
const ALERT = `
  CREATE TABLE fx.rate_alert (
    id          uuid PRIMARY KEY,
    ordinal     bigint GENERATED ALWAYS AS IDENTITY,
    customer_id uuid NOT NULL,
    base        text NOT NULL,
    quote       text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('at_or_above', 'at_or_below', 'moves_by')),
    rate        numeric(20, 10) CHECK ((rate IS NULL) = (kind = 'moves_by')),
    percent     numeric(5, 2) CHECK ((percent IS NULL) = (kind <> 'moves_by')),
    start_rate  numeric(20, 10) NOT NULL,
    status      text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'told', 'cancelled')),
    created_at  timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
    told_at     timestamptz CHECK ((told_at IS NOT NULL) = (status = 'told')),
    told_rate   numeric(20, 10),
    sent_at     timestamptz
  );
  CREATE INDEX rate_alert_active ON fx.rate_alert (base, quote) WHERE status = 'active';
  CREATE INDEX rate_alert_unsent ON fx.rate_alert (told_at) WHERE sent_at IS NULL AND status = 'told';
  CREATE INDEX rate_alert_of_customer ON fx.rate_alert (customer_id, ordinal)`;

const GRANTS = `
  GRANT SELECT, INSERT, UPDATE (status, ended_at, quote_id, transfer_id, sent_at)
     ON fx.conversion_order TO kopeck_currency_converter;
  GRANT SELECT, INSERT, UPDATE (status, told_at, told_rate, sent_at) ON fx.rate_alert TO kopeck_currency_converter`;
