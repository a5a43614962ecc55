import type {
  DeliveryAttempt,
  DeliveryStatus,
  ListDeliveries,
  NotificationType,
  OutsideChannel,
} from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';

/** A delivery with what is known of its target now. */
export interface LoggedDelivery {
  readonly deliveryId: string;
  readonly ordinal: string;
  readonly notificationId: string;
  readonly type: NotificationType | 'test';
  readonly channel: OutsideChannel;
  readonly endpointId: string | null;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly endedAt: Date | null;
  readonly email: string | null;
  readonly url: string | null;
  readonly chatName: string | null;
  readonly phone: string | null;
}

export interface ChannelNumbers {
  readonly channel: OutsideChannel;
  readonly waiting: number;
  readonly oldestDueAt: Date | null;
  readonly delivered: number;
  readonly failed: number;
}

/** Deliveries as people look at them. */
@Injectable()
export class DeliveryLogRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(filter: Partial<ListDeliveries>, below: bigint, limit: number): Promise<LoggedDelivery[]> {
    const { sql, params } = listSqlOf(filter, below, limit);
    return (await this.database.query<LogRow>(sql, params)).map(loggedOf);
  }

  /** @param customerId whose it has to be; undefined for operators. */
  async find(deliveryId: string, customerId: string | undefined): Promise<LoggedDelivery | undefined> {
    const [row] = await this.database.query<LogRow>(FIND, [deliveryId, customerId ?? null]);
    return row && loggedOf(row);
  }

  /** Oldest first. */
  async findAttempts(deliveryId: string, limit: number): Promise<DeliveryAttempt[]> {
    const rows = await this.database.query<AttemptRow>(ATTEMPTS, [deliveryId, limit]);
    return rows.map(({ attempt, at, duration_ms, outcome, response_code, error }) => ({
      attempt,
      at: at.toISOString(),
      durationMs: duration_ms,
      outcome,
      responseCode: response_code,
      error,
    }));
  }

  /** Due now, with all its tries ahead; one that is being tried at this moment is left to that. */
  async retry(deliveryId: string): Promise<void> {
    await this.database.query(RETRY, [deliveryId]);
  }

  /** Channels without deliveries are not in it. */
  async readNumbers(): Promise<ChannelNumbers[]> {
    const rows = await this.database.query<NumbersRow>(NUMBERS);
    return rows.map(({ channel, waiting, oldest_due_at, delivered, failed }) => ({
      channel,
      waiting: Number(waiting),
      oldestDueAt: oldest_due_at,
      delivered: Number(delivered),
      failed: Number(failed),
    }));
  }

  /** Those that ended so many days ago, with their tries. @returns how many. */
  async forget(channel: OutsideChannel, keepDays: number, limit: number): Promise<number> {
    const rows = await this.database.query(FORGET, [channel, keepDays, limit]);
    return rows.length;
  }
}

const COLUMNS = `
  d.id, d.ordinal, d.notification_id, d.type, d.channel, d.endpoint_id, d.status, d.attempts, d.last_error,
  d.created_at, d.due_at, d.ended_at, r.email, e.url, t.chat_name, p.phone`;

const FROM = `
  FROM notification.delivery d
  LEFT JOIN notification.recipient r ON d.channel = 'email' AND r.customer_id = d.customer_id
  LEFT JOIN notification.webhook_endpoint e ON e.id = d.endpoint_id
  LEFT JOIN notification.telegram_chat t ON d.channel = 'telegram' AND t.customer_id = d.customer_id
  LEFT JOIN notification.phone p ON d.channel = 'sms' AND p.customer_id = d.customer_id`;

const FILTERS = [
  ['customerId', 'd.customer_id', 'uuid'],
  ['channel', 'd.channel', 'text'],
  ['status', 'd.status', 'text'],
  ['endpointId', 'd.endpoint_id', 'uuid'],
] as const;

/** One statement for each set of filters, so that each has a plan of its own. */
function listSqlOf(filter: Partial<ListDeliveries>, below: bigint, limit: number) {
  const given = FILTERS.filter(([name]) => filter[name] !== undefined);
  const conditions = given.map(([, column, type], index) => ` AND ${column} = $${index + 3}::${type}`);
  return {
    sql: `SELECT ${COLUMNS} ${FROM} WHERE d.ordinal < $1${conditions.join('')} ORDER BY d.ordinal DESC LIMIT $2`,
    params: [below.toString(), limit, ...given.map(([name]) => filter[name])],
  };
}

const FIND = `
  SELECT ${COLUMNS} ${FROM} WHERE d.id = $1 AND ($2::uuid IS NULL OR d.customer_id = $2)`;

const ATTEMPTS = `
  SELECT * FROM (
    SELECT attempt, at, duration_ms, outcome, response_code, error FROM notification.delivery_attempt
     WHERE delivery_id = $1 ORDER BY attempt DESC LIMIT $2
  ) last ORDER BY attempt`;

const RETRY = `
  UPDATE notification.delivery
     SET status = 'waiting', attempts = 0, due_at = date_trunc('milliseconds', clock_timestamp()), claimed_until = NULL,
         ended_at = NULL
   WHERE id = $1 AND (status <> 'waiting' OR claimed_until IS NULL OR claimed_until < clock_timestamp())`;

const NUMBERS = `
  SELECT channel, count(*) FILTER (WHERE status = 'waiting') AS waiting,
         min(due_at) FILTER (WHERE status = 'waiting') AS oldest_due_at,
         count(*) FILTER (WHERE status = 'delivered') AS delivered,
         count(*) FILTER (WHERE status = 'failed') AS failed
    FROM (
      SELECT channel, status, due_at FROM notification.delivery WHERE status = 'waiting'
      UNION ALL
      SELECT channel, status, NULL FROM notification.delivery
       WHERE ended_at > clock_timestamp() - interval '1 hour' AND channel = ANY(ARRAY['email', 'webhook', 'telegram', 'sms'])
    ) counted
   GROUP BY channel`;

const FORGET = `
  WITH old AS MATERIALIZED (
    SELECT id FROM notification.delivery
     WHERE channel = $1 AND ended_at < clock_timestamp() - $2 * interval '1 day'
     ORDER BY ended_at LIMIT $3 FOR UPDATE SKIP LOCKED
  ), tries AS (
    DELETE FROM notification.delivery_attempt a USING old WHERE a.delivery_id = old.id
  )
  DELETE FROM notification.delivery d USING old WHERE d.id = old.id RETURNING d.id`;

interface LogRow {
  readonly id: string;
  readonly ordinal: string;
  readonly notification_id: string;
  readonly type: NotificationType | 'test';
  readonly channel: OutsideChannel;
  readonly endpoint_id: string | null;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly created_at: Date;
  readonly due_at: Date;
  readonly ended_at: Date | null;
  readonly email: string | null;
  readonly url: string | null;
  readonly chat_name: string | null;
  readonly phone: string | null;
}

interface AttemptRow {
  readonly attempt: number;
  readonly at: Date;
  readonly duration_ms: number;
  readonly outcome: 'delivered' | 'failed';
  readonly response_code: number | null;
  readonly error: string | null;
}

interface NumbersRow {
  readonly channel: OutsideChannel;
  readonly waiting: string;
  readonly oldest_due_at: Date | null;
  readonly delivered: string;
  readonly failed: string;
}

function loggedOf(row: LogRow): LoggedDelivery {
  return {
    deliveryId: row.id,
    ordinal: row.ordinal,
    notificationId: row.notification_id,
    type: row.type,
    channel: row.channel,
    endpointId: row.endpoint_id,
    status: row.status,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
    dueAt: row.due_at,
    endedAt: row.ended_at,
    email: row.email,
    url: row.url,
    chatName: row.chat_name,
    phone: row.phone,
  };
}
