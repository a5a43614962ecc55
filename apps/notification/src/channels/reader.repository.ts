import type { Language } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../templates/words.js';

/** A person as far as channels know them. */
export interface KnownReader extends Reader {
  /** Null until the customer service has told of the person. */
  readonly email: string | null;
  readonly name: string | null;
}

const ZONES: Readonly<Record<Language, string>> = { en: 'UTC', ru: 'Europe/Moscow' };

/** Who reads what is sent: their address, and the language and the time zone they chose. */
@Injectable()
export class ReaderRepository {
  constructor(private readonly database: Database) {}

  /** Everybody asked for is in the answer. */
  async find(customerIds: readonly string[]): Promise<ReadonlyMap<string, KnownReader>> {
    const rows = await this.database.query<ReaderRow>(FIND, [[...new Set(customerIds)]]);
    return new Map(
      rows.map(({ customer_id, email, name, language, time_zone }) => [
        customer_id,
        { email, name, language, timeZone: time_zone ?? ZONES[language] },
      ]),
    );
  }

  async findTelegramChats(customerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ customer_id: string; chat_id: string }>(CHATS, [customerIds]);
    return new Map(rows.map(({ customer_id, chat_id }) => [customer_id, chat_id]));
  }

  /** Only numbers that were confirmed. */
  async findPhones(customerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ customer_id: string; phone: string }>(PHONES, [customerIds]);
    return new Map(rows.map(({ customer_id, phone }) => [customer_id, phone]));
  }
}

const FIND = `
  SELECT asked.id AS customer_id, r.email, r.name, coalesce(p.chosen->>'language', r.language, 'en') AS language,
         p.chosen->>'timeZone' AS time_zone
    FROM unnest($1::uuid[]) AS asked(id)
    LEFT JOIN notification.recipient r ON r.customer_id = asked.id
    LEFT JOIN notification.preference p ON p.customer_id = asked.id`;

const CHATS =
  'SELECT customer_id, chat_id FROM notification.telegram_chat WHERE customer_id = ANY($1::uuid[])';

const PHONES = `
  SELECT customer_id, phone FROM notification.phone
   WHERE customer_id = ANY($1::uuid[]) AND confirmed_at IS NOT NULL`;

interface ReaderRow {
  readonly customer_id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly language: Language;
  readonly time_zone: string | null;
}
