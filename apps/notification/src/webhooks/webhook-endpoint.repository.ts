import type { NotificationType, WebhookEndpointView } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';

/** An endpoint as it's stored; a deleted one is nobody's to see. */
export interface WebhookEndpoint {
  readonly view: WebhookEndpointView;
  readonly customerId: string;
  readonly sealedSecret: string;
  /** Only while it signs along. */
  readonly sealedPreviousSecret: string | null;
  readonly isDeleted: boolean;
}

export interface EndpointFields {
  readonly url: string;
  readonly description: string | null;
  readonly types: readonly NotificationType[];
}

export type DisabledReason = 'owner' | 'gone' | 'failing';

@Injectable()
export class WebhookEndpointRepository {
  constructor(private readonly database: Database) {}

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  async list(customerId: string): Promise<WebhookEndpoint[]> {
    return (await this.database.query<EndpointRow>(LIST, [customerId])).map(endpointOf);
  }

  /** With deleted ones. */
  async find(ids: readonly string[]): Promise<ReadonlyMap<string, WebhookEndpoint>> {
    const endpoints = (await this.database.query<EndpointRow>(FIND, [ids])).map(endpointOf);
    return new Map(endpoints.map((endpoint) => [endpoint.view.endpointId, endpoint]));
  }

  /** Locked: whoever changes it next sees what this transaction makes of it. */
  async lock(tx: Transaction, id: string): Promise<WebhookEndpoint | undefined> {
    const [row] = await tx.query<EndpointRow>(LOCK, [id]);
    return row && endpointOf(row);
  }

  /** Two at once can't both be the last that fits. @returns how many there are. */
  async countLocked(tx: Transaction, customerId: string): Promise<number> {
    await tx.query(LOCK_CUSTOMER, [customerId]);
    const [row] = await tx.query<{ count: string }>(COUNT, [customerId]);
    return Number(row!.count);
  }

  async insert(
    tx: Transaction,
    {
      endpointId,
      customerId,
      sealedSecret,
    }: { endpointId: string; customerId: string; sealedSecret: string },
    { url, description, types }: EndpointFields,
  ): Promise<WebhookEndpoint> {
    const params = [endpointId, customerId, url, description, types, sealedSecret];
    const [row] = await tx.query<EndpointRow>(INSERT, params);
    return endpointOf(row!);
  }

  /** @param disabledReason null: it's active. */
  async change(
    tx: Transaction,
    id: string,
    { url, description, types }: EndpointFields,
    disabledReason: DisabledReason | null,
  ): Promise<WebhookEndpoint> {
    const [row] = await tx.query<EndpointRow>(CHANGE, [id, url, description, types, disabledReason]);
    return endpointOf(row!);
  }

  async rotate(
    tx: Transaction,
    id: string,
    sealedSecret: string,
    keepHours: number,
  ): Promise<WebhookEndpoint> {
    const [row] = await tx.query<EndpointRow>(ROTATE, [id, sealedSecret, keepHours]);
    return endpointOf(row!);
  }

  async disable(tx: Transaction, id: string, reason: DisabledReason): Promise<void> {
    await tx.run(DISABLE, [id, reason]);
  }

  /** Its secrets go with it. */
  async delete(tx: Transaction, id: string): Promise<void> {
    await tx.run(DELETE, [id]);
  }

  /** Whether the last so many deliveries that ended since it was switched on were all given up. */
  async hasFailedInARow(tx: Transaction, id: string, count: number): Promise<boolean> {
    const [row] = await tx.query<{ failed: boolean }>(FAILED_IN_A_ROW, [id, count]);
    return row!.failed;
  }
}

const COLUMNS = `
  id, customer_id, url, description, types, status, disabled_reason, sealed_secret, revision, created_at, deleted_at,
  CASE WHEN previous_secret_until > clock_timestamp() THEN sealed_previous_secret END AS sealed_previous_secret,
  CASE WHEN previous_secret_until > clock_timestamp() THEN previous_secret_until END AS previous_secret_until`;

const NOW = `date_trunc('milliseconds', clock_timestamp())`;

const LIST = `
  SELECT ${COLUMNS} FROM notification.webhook_endpoint
   WHERE customer_id = $1 AND deleted_at IS NULL ORDER BY ordinal`;

const FIND = `SELECT ${COLUMNS} FROM notification.webhook_endpoint WHERE id = ANY($1::uuid[])`;

const LOCK = `SELECT ${COLUMNS} FROM notification.webhook_endpoint WHERE id = $1 FOR UPDATE`;

const LOCK_CUSTOMER = `SELECT pg_advisory_xact_lock(hashtextextended('notification.webhook_endpoint:' || $1, 0))`;

const COUNT = `
  SELECT count(*) FROM notification.webhook_endpoint WHERE customer_id = $1 AND deleted_at IS NULL`;

const INSERT = `
  INSERT INTO notification.webhook_endpoint (id, customer_id, url, description, types, sealed_secret)
  VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`;

const CHANGE = `
  UPDATE notification.webhook_endpoint
     SET url = $2, description = $3, types = $4, disabled_reason = $5, revision = revision + 1,
         status = CASE WHEN $5::text IS NULL THEN 'active' ELSE 'disabled' END,
         active_since = CASE WHEN $5::text IS NULL AND status = 'disabled' THEN ${NOW} ELSE active_since END
   WHERE id = $1 RETURNING ${COLUMNS}`;

const ROTATE = `
  UPDATE notification.webhook_endpoint
     SET sealed_previous_secret = sealed_secret, sealed_secret = $2, revision = revision + 1,
         previous_secret_until = ${NOW} + $3 * interval '1 hour'
   WHERE id = $1 RETURNING ${COLUMNS}`;

const DISABLE = `
  UPDATE notification.webhook_endpoint SET status = 'disabled', disabled_reason = $2, revision = revision + 1
   WHERE id = $1`;

const DELETE = `
  UPDATE notification.webhook_endpoint
     SET deleted_at = ${NOW}, sealed_secret = '', sealed_previous_secret = NULL, previous_secret_until = NULL,
         revision = revision + 1
   WHERE id = $1`;

const FAILED_IN_A_ROW = `
  SELECT count(*) = $2 AND bool_and(ended.status = 'failed') AS failed
    FROM (SELECT d.status FROM notification.delivery d JOIN notification.webhook_endpoint e ON e.id = d.endpoint_id
           WHERE d.endpoint_id = $1 AND d.status IN ('delivered', 'failed') AND d.ended_at >= e.active_since
           ORDER BY d.ended_at DESC LIMIT $2) ended`;

interface EndpointRow {
  readonly id: string;
  readonly customer_id: string;
  readonly url: string;
  readonly description: string | null;
  readonly types: NotificationType[];
  readonly status: 'active' | 'disabled';
  readonly disabled_reason: DisabledReason | null;
  readonly sealed_secret: string;
  readonly sealed_previous_secret: string | null;
  readonly previous_secret_until: Date | null;
  readonly revision: string;
  readonly created_at: Date;
  readonly deleted_at: Date | null;
}

function endpointOf(row: EndpointRow): WebhookEndpoint {
  return {
    customerId: row.customer_id,
    sealedSecret: row.sealed_secret,
    sealedPreviousSecret: row.sealed_previous_secret,
    isDeleted: row.deleted_at !== null,
    view: {
      endpointId: row.id,
      url: row.url,
      description: row.description,
      types: row.types,
      status: row.status,
      disabledReason: row.disabled_reason,
      previousSecretUntil: row.previous_secret_until?.toISOString() ?? null,
      createdAt: row.created_at.toISOString(),
      revision: row.revision,
    },
  };
}
