import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { PhoneState } from './phone-state.js';

/** Everything by which one person can be reached. */
export interface Contacts {
  readonly email: string | null;
  readonly telegram: { readonly linkedAt: Date; readonly chatName: string | null } | null;
  readonly phone: string | null;
  readonly phoneConfirmedAt: Date | null;
  readonly webhookCount: number;
}

@Injectable()
export class ContactRepository {
  constructor(private readonly database: Database) {}

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  async read(customerId: string): Promise<Contacts> {
    const [row] = await this.database.query<ContactsRow>(READ, [customerId]);
    const { email, linked_at, chat_name, phone, confirmed_at, webhooks } = row!;
    return {
      email,
      telegram: linked_at === null ? null : { linkedAt: linked_at, chatName: chat_name },
      phone,
      phoneConfirmedAt: confirmed_at,
      webhookCount: Number(webhooks),
    };
  }

  /** Replaces an earlier code. @returns when it expires. */
  async saveLinkCode(customerId: string, codeHash: string, ttlMs: number): Promise<Date> {
    const [row] = await this.database.query<{ expires_at: Date }>(SAVE_CODE, [customerId, codeHash, ttlMs]);
    return row!.expires_at;
  }

  /** @returns whose code it was; undefined for one that nobody has, or that has expired. */
  async takeLinkCode(tx: Transaction, codeHash: string): Promise<string | undefined> {
    const [row] = await tx.query<{ customer_id: string }>(TAKE_CODE, [codeHash]);
    return row?.customer_id;
  }

  async linkChat(
    tx: Transaction,
    customerId: string,
    chatId: string,
    chatName: string | null,
  ): Promise<void> {
    await tx.run(LINK_CHAT, [customerId, chatId, chatName]);
  }

  /** With codes that are on their way. @returns whether there was a chat. */
  async unlinkChat(tx: Transaction, customerId: string): Promise<boolean> {
    await tx.run('DELETE FROM notification.telegram_code WHERE customer_id = $1', [customerId]);
    return (await tx.run('DELETE FROM notification.telegram_chat WHERE customer_id = $1', [customerId])) > 0;
  }

  /** Locked, with the database's clock. */
  async lockPhone(
    tx: Transaction,
    customerId: string,
  ): Promise<{ state: PhoneState | undefined; now: Date }> {
    await tx.query(LOCK_CUSTOMER, [customerId]);
    const [row] = await tx.query<PhoneRow>(LOCK_PHONE, [customerId]);
    return { state: row?.codes_sent === null ? undefined : row && stateOf(row), now: row!.now };
  }

  /** Codes that other people had sent to this number within a day. */
  async countCodesOfOthers(tx: Transaction, customerId: string, phone: string): Promise<number> {
    const [row] = await tx.query<{ count: string }>(COUNT_CODES, [customerId, phone]);
    return Number(row!.count);
  }

  /** A number that waits for its code. */
  async savePhone(
    tx: Transaction,
    customerId: string,
    code: {
      readonly phone: string;
      readonly hash: string;
      readonly ttlMs: number;
      readonly codesSent: number;
    },
  ): Promise<void> {
    await tx.run(SAVE_PHONE, [customerId, code.phone, code.hash, code.ttlMs, code.codesSent]);
  }

  async countWrongCode(tx: Transaction, customerId: string): Promise<void> {
    await tx.run(WRONG_CODE, [customerId]);
  }

  async confirmPhone(tx: Transaction, customerId: string): Promise<void> {
    await tx.run(CONFIRM_PHONE, [customerId]);
  }

  async forgetPhone(tx: Transaction, customerId: string): Promise<void> {
    await tx.run(FORGET_PHONE, [customerId]);
  }
}

const NOW = `date_trunc('milliseconds', clock_timestamp())`;

const READ = `
  SELECT r.email, t.linked_at, t.chat_name, p.phone, p.confirmed_at,
         (SELECT count(*) FROM notification.webhook_endpoint e
           WHERE e.customer_id = asked.id AND e.deleted_at IS NULL) AS webhooks
    FROM (SELECT $1::uuid AS id) asked
    LEFT JOIN notification.recipient r ON r.customer_id = asked.id
    LEFT JOIN notification.telegram_chat t ON t.customer_id = asked.id
    LEFT JOIN notification.phone p ON p.customer_id = asked.id`;

const SAVE_CODE = `
  INSERT INTO notification.telegram_code (customer_id, code_hash, expires_at)
  VALUES ($1, $2, ${NOW} + $3 * interval '1 millisecond')
  ON CONFLICT (customer_id) DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at
  RETURNING expires_at`;

const TAKE_CODE = `
  DELETE FROM notification.telegram_code WHERE code_hash = $1 AND expires_at > clock_timestamp()
  RETURNING customer_id`;

const LINK_CHAT = `
  INSERT INTO notification.telegram_chat (customer_id, chat_id, chat_name) VALUES ($1, $2, $3)
  ON CONFLICT (customer_id) DO UPDATE
     SET chat_id = excluded.chat_id, chat_name = excluded.chat_name, linked_at = ${NOW}`;

const LOCK_CUSTOMER = `SELECT pg_advisory_xact_lock(hashtextextended('notification.phone:' || $1, 0))`;

/** One row always: the clock is wanted even where no number is. */
const LOCK_PHONE = `
  SELECT clock_timestamp() AS now, p.phone, p.confirmed_at, p.code_hash, p.code_expires_at, p.wrong_codes, p.codes_sent,
         p.last_code_at
    FROM (SELECT $1::uuid AS id) asked LEFT JOIN notification.phone p ON p.customer_id = asked.id`;

const COUNT_CODES = `
  SELECT count(*) FROM notification.phone
   WHERE phone = $2 AND customer_id <> $1 AND last_code_at > clock_timestamp() - interval '1 day'`;

const SAVE_PHONE = `
  INSERT INTO notification.phone (customer_id, phone, code_hash, code_expires_at, codes_sent, last_code_at)
  VALUES ($1, $2, $3, ${NOW} + $4 * interval '1 millisecond', $5, ${NOW})
  ON CONFLICT (customer_id) DO UPDATE
     SET phone = excluded.phone, confirmed_at = NULL, code_hash = excluded.code_hash, wrong_codes = 0,
         code_expires_at = excluded.code_expires_at, codes_sent = excluded.codes_sent, last_code_at = excluded.last_code_at`;

const WRONG_CODE = 'UPDATE notification.phone SET wrong_codes = wrong_codes + 1 WHERE customer_id = $1';

const CONFIRM_PHONE = `
  UPDATE notification.phone SET confirmed_at = ${NOW}, code_hash = NULL, code_expires_at = NULL, wrong_codes = 0
   WHERE customer_id = $1`;

const FORGET_PHONE = `
  UPDATE notification.phone SET phone = NULL, confirmed_at = NULL, code_hash = NULL, code_expires_at = NULL
   WHERE customer_id = $1`;

interface ContactsRow {
  readonly email: string | null;
  readonly linked_at: Date | null;
  readonly chat_name: string | null;
  readonly phone: string | null;
  readonly confirmed_at: Date | null;
  readonly webhooks: string;
}

interface PhoneRow {
  readonly now: Date;
  readonly phone: string | null;
  readonly confirmed_at: Date | null;
  readonly code_hash: string | null;
  readonly code_expires_at: Date | null;
  readonly wrong_codes: number;
  /** Null where there is no row. */
  readonly codes_sent: number | null;
  readonly last_code_at: Date | null;
}

function stateOf(row: PhoneRow): PhoneState {
  return {
    phone: row.phone,
    confirmedAt: row.confirmed_at,
    codeHash: row.code_hash,
    codeExpiresAt: row.code_expires_at,
    wrongCodes: row.wrong_codes,
    codesSent: row.codes_sent ?? 0,
    lastCodeAt: row.last_code_at,
  };
}
