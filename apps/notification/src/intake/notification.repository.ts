import type { Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import {
  NOTIFICATION_COLUMNS,
  storedOf,
  type NotificationRow,
  type StoredNotification,
} from '../inbox/inbox-item.js';
import type { PlacedBatch, PlacedNotification } from './inbox-ordinals.js';

@Injectable()
export class NotificationRepository {
  /**
   * Locks people's inboxes until the transaction ends, in the order of their ids, so that replicas wait for each other but
   * never in a circle. New ones are made before any is locked, in the same order, for the same reason.
   *
   * @param customerIds each once. @returns the last ordinal of each.
   */
  async lockInboxes(
    tx: Transaction,
    customerIds: readonly string[],
    withoutInbox: readonly string[],
  ): Promise<Map<string, bigint>> {
    const [, rows] = await Promise.all([
      withoutInbox.length > 0 && tx.run(MAKE_INBOXES, [withoutInbox]),
      tx.query<{ customer_id: string; last_ordinal: string }>(LOCK_INBOXES, [customerIds]),
    ]);
    return new Map(rows.map((row) => [row.customer_id, BigInt(row.last_ordinal)]));
  }

  /** What is stored already; behind the inboxes' locks nobody else can be storing it now. */
  async find(tx: Transaction, notificationIds: readonly string[]): Promise<StoredNotification[]> {
    return (await tx.query<NotificationRow>(FIND, [notificationIds])).map(storedOf);
  }

  /** Notifications, the places they took and what is to be delivered, in one statement. */
  async insert(tx: Transaction, { placed, lastOrdinals }: PlacedBatch): Promise<void> {
    const deliveries = placed.flatMap(deliveriesOf);
    await tx.run(INSERT, [
      placed.map(({ news }) => news.notificationId),
      placed.map(({ news }) => news.customerId),
      placed.map(({ ordinal }) => ordinal?.toString() ?? null),
      placed.map(({ news }) => news.type),
      placed.map(({ news }) => JSON.stringify(news.data)),
      placed.map(({ news }) => news.occurredAt),
      [...lastOrdinals.keys()],
      [...lastOrdinals.values()].map(String),
      deliveries.map(({ deliveryId }) => deliveryId),
      deliveries.map(({ notificationId }) => notificationId),
      deliveries.map(({ channel }) => channel),
      deliveries.map(({ endpointId }) => endpointId),
      deliveries.map(({ dueAt }) => dueAt.toISOString()),
    ]);
  }
}

function deliveriesOf({ news: { notificationId }, deliveries }: PlacedNotification) {
  return deliveries.map((delivery) => ({ ...delivery, notificationId }));
}

const MAKE_INBOXES = `
  INSERT INTO notification.inbox (customer_id, last_ordinal)
  SELECT customer_id, 0 FROM unnest($1::uuid[]) AS missing (customer_id) ORDER BY customer_id
      ON CONFLICT DO NOTHING`;

const LOCK_INBOXES = `
  SELECT customer_id, last_ordinal FROM notification.inbox WHERE customer_id = ANY($1::uuid[])
   ORDER BY customer_id FOR NO KEY UPDATE`;

/** In the order of places, so that pushes that are sent again come in theirs. */
const FIND = `
  SELECT ${NOTIFICATION_COLUMNS} FROM notification.notification WHERE id = ANY($1::uuid[]) ORDER BY ordinal`;

/** Notifications become rows in the list of columns, which costs less than in FROM; rows from there are for what is to be delivered. */
const INSERT = `
  WITH news AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::jsonb[], $6::timestamptz[])
      AS news (id, customer_id, ordinal, type, data, occurred_at)
  ), told AS (
    INSERT INTO notification.notification (id, customer_id, ordinal, type, data, occurred_at)
    SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::bigint[]), unnest($4::text[]), unnest($5::jsonb[]),
           unnest($6::timestamptz[])
  ), counted AS (
    UPDATE notification.inbox i SET last_ordinal = grown.last_ordinal
      FROM unnest($7::uuid[], $8::bigint[]) AS grown (customer_id, last_ordinal)
     WHERE i.customer_id = grown.customer_id
  )
  INSERT INTO notification.delivery
         (id, notification_id, customer_id, channel, endpoint_id, type, data, occurred_at, due_at)
  SELECT d.id, news.id, news.customer_id, d.channel, d.endpoint_id, news.type, news.data, news.occurred_at, d.due_at
    FROM unnest($9::uuid[], $10::uuid[], $11::text[], $12::uuid[], $13::timestamptz[])
           AS d (id, notification_id, channel, endpoint_id, due_at)
    JOIN news ON news.id = d.notification_id`;
