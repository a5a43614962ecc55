import type { NotificationData, NotificationType, OutsideChannel } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { DueDelivery } from '../channels/channel.js';

/** One that this process may try until its claim ends; the moment is the claim's name, too. */
export interface ClaimedDelivery extends DueDelivery {
  readonly claimedUntil: Date;
}

export interface ClaimOptions {
  readonly channel: OutsideChannel;
  readonly limit: number;
  readonly claimMs: number;
  /** Of one webhook at most so many at a time. */
  readonly perEndpoint: number;
  /** Webhooks that have enough to do. */
  readonly busyEndpoints: readonly string[];
}

export interface AttemptRow {
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly outcome: 'delivered' | 'failed';
  readonly responseCode: number | null;
  readonly error: string | null;
  readonly status: 'delivered' | 'failed' | 'waiting';
  /** For `waiting`. */
  readonly pauseMs: number;
}

/** A delivery that nobody planned: what a test button sends. */
export interface NewDelivery {
  readonly deliveryId: string;
  readonly customerId: string;
  readonly channel: OutsideChannel;
  readonly endpointId: string | null;
}

/** Deliveries as work: claimed, tried, given back. A claim that has ended writes nothing any more. */
@Injectable()
export class DeliveryRepository {
  constructor(private readonly database: Database) {}

  /** Those over which something is due that nobody has claimed. */
  async channelsDue(channels: readonly OutsideChannel[]): Promise<OutsideChannel[]> {
    const rows = await this.database.query<{ channel: OutsideChannel }>(CHANNELS_DUE, [channels]);
    return rows.map(({ channel }) => channel);
  }

  /** Takes what is due; what another process is taking is passed over. */
  async claim({
    channel,
    limit,
    claimMs,
    perEndpoint,
    busyEndpoints,
  }: ClaimOptions): Promise<ClaimedDelivery[]> {
    const params = [channel, limit, claimMs, perEndpoint, busyEndpoints];
    return (await this.database.query<ClaimedRow>(CLAIM, params)).map(claimedOf);
  }

  /** One try and what it makes of its delivery. @returns false when the claim had ended: somebody else has it by now. */
  async finish({ deliveryId, claimedUntil }: ClaimedDelivery, attempt: AttemptRow): Promise<boolean> {
    const { status, pauseMs, startedAt, durationMs, outcome, responseCode, error } = attempt;
    const params = [
      deliveryId,
      claimedUntil,
      status,
      pauseMs,
      error,
      startedAt,
      durationMs,
      outcome,
      responseCode,
    ];
    return (await this.database.query(FINISH, params)).length > 0;
  }

  /** Gives them back untried, to be looked at again after the pause. */
  async postpone(deliveries: readonly ClaimedDelivery[], pauseMs: number): Promise<void> {
    if (deliveries.length > 0) await this.database.query(POSTPONE, [...claimsOf(deliveries), pauseMs]);
  }

  /** They have no target any more; one reason each. */
  async drop(deliveries: readonly ClaimedDelivery[], reasons: readonly string[]): Promise<void> {
    if (deliveries.length > 0) await this.database.query(DROP, [...claimsOf(deliveries), reasons]);
  }

  /** @returns false when the customer has sent as many tests within the hour as they may. */
  async insertTest(tx: Transaction, delivery: NewDelivery, maxPerHour: number): Promise<boolean> {
    const { deliveryId, customerId, channel, endpointId } = delivery;
    await tx.query(LOCK_TESTS, [customerId]);
    return (await tx.run(INSERT_TEST, [deliveryId, customerId, channel, endpointId, maxPerHour])) > 0;
  }
}

const NOW = `date_trunc('milliseconds', clock_timestamp())`;

const COLUMNS = `
  d.id, d.notification_id, d.customer_id, d.endpoint_id, d.type, d.data, d.occurred_at, d.created_at, d.attempts,
  d.claimed_until`;

const IS_DUE = `
  status = 'waiting' AND due_at <= clock_timestamp()
  AND (claimed_until IS NULL OR claimed_until < clock_timestamp())`;

const CHANNELS_DUE = `
  SELECT channel FROM unnest($1::text[]) AS asked (channel)
   WHERE EXISTS (SELECT FROM notification.delivery d WHERE d.channel = asked.channel AND ${IS_DUE})`;

/** Rows beyond a webhook's share are locked for a moment and let go: their turn comes. */
const CLAIM = `
  WITH due AS MATERIALIZED (
    SELECT id, endpoint_id, due_at FROM notification.delivery
     WHERE channel = $1 AND ${IS_DUE}
       AND (endpoint_id IS NULL OR endpoint_id <> ALL($5::uuid[]))
     ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
  ), mine AS (
    SELECT id FROM (
      SELECT id, row_number() OVER (PARTITION BY coalesce(endpoint_id, id) ORDER BY due_at) AS place FROM due
    ) placed WHERE place <= $4
  )
  UPDATE notification.delivery d SET claimed_until = ${NOW} + $3 * interval '1 millisecond'
    FROM mine WHERE d.id = mine.id
  RETURNING ${COLUMNS}`;

const FINISH = `
  WITH tried AS (
    UPDATE notification.delivery
       SET status = $3, attempts = attempts + 1, claimed_until = NULL, last_error = $5,
           due_at = CASE WHEN $3 = 'waiting' THEN ${NOW} + $4 * interval '1 millisecond' ELSE due_at END,
           ended_at = CASE WHEN $3 = 'waiting' THEN NULL ELSE ${NOW} END
     WHERE id = $1 AND claimed_until = $2 AND status = 'waiting'
    RETURNING id
  )
  INSERT INTO notification.delivery_attempt (delivery_id, attempt, at, duration_ms, outcome, response_code, error)
  SELECT id, (SELECT coalesce(max(a.attempt), 0) + 1 FROM notification.delivery_attempt a WHERE a.delivery_id = tried.id),
         $6, $7, $8, $9, $5
    FROM tried
  RETURNING attempt`;

const CLAIMS = 'unnest($1::uuid[], $2::timestamptz[])';

const POSTPONE = `
  UPDATE notification.delivery d
     SET claimed_until = NULL, due_at = greatest(d.due_at, ${NOW} + $3 * interval '1 millisecond')
    FROM ${CLAIMS} AS claim(id, claimed_until)
   WHERE d.id = claim.id AND d.claimed_until = claim.claimed_until AND d.status = 'waiting'`;

const DROP = `
  UPDATE notification.delivery d
     SET claimed_until = NULL, status = 'dropped', ended_at = ${NOW}, last_error = claim.reason
    FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS claim(id, claimed_until, reason)
   WHERE d.id = claim.id AND d.claimed_until = claim.claimed_until AND d.status = 'waiting'`;

const LOCK_TESTS = `SELECT pg_advisory_xact_lock(hashtextextended('notification.delivery/test:' || $1, 0))`;

/** A test is told of nowhere else, so its notification is the delivery itself. */
const INSERT_TEST = `
  INSERT INTO notification.delivery (id, notification_id, customer_id, channel, endpoint_id, type, data, occurred_at, due_at)
  SELECT $1, $1, $2, $3, $4, 'test', '{}', ${NOW}, ${NOW}
   WHERE (SELECT count(*) FROM notification.delivery
           WHERE customer_id = $2 AND type = 'test' AND created_at > clock_timestamp() - interval '1 hour') < $5`;

interface ClaimedRow {
  readonly id: string;
  readonly notification_id: string;
  readonly customer_id: string;
  readonly endpoint_id: string | null;
  readonly type: NotificationType | 'test';
  readonly data: NotificationData;
  readonly occurred_at: Date;
  readonly created_at: Date;
  readonly attempts: number;
  readonly claimed_until: Date;
}

function claimedOf(row: ClaimedRow): ClaimedDelivery {
  return {
    deliveryId: row.id,
    notificationId: row.notification_id,
    customerId: row.customer_id,
    endpointId: row.endpoint_id,
    type: row.type,
    data: row.data,
    occurredAt: row.occurred_at,
    createdAt: row.created_at,
    attempts: row.attempts,
    claimedUntil: row.claimed_until,
  };
}

function claimsOf(deliveries: readonly ClaimedDelivery[]): [string[], Date[]] {
  return [deliveries.map(({ deliveryId }) => deliveryId), deliveries.map(({ claimedUntil }) => claimedUntil)];
}
