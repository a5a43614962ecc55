import type { Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { Decided, QuoteRefusal } from './bind-quotes.js';

/** What was decided, by transfer. */
@Injectable()
export class ConversionRepository {
  async find(tx: Transaction, transferIds: readonly string[]): Promise<Map<string, Decided>> {
    const rows = await tx.query<ConversionRow>(FIND, [transferIds]);
    return new Map(rows.map((row) => [row.transfer_id, { quoteId: row.quote_id, refusal: row.refusal }]));
  }

  /** @throws a unique violation when another process decided one of them at the same time: start again and find it. */
  async insert(tx: Transaction, decided: ReadonlyMap<string, Decided>): Promise<void> {
    if (decided.size === 0) return;
    const values = [...decided.values()];
    await tx.run(INSERT, [
      [...decided.keys()],
      values.map(({ quoteId }) => quoteId),
      values.map(({ refusal }) => refusal),
    ]);
  }
}

const FIND = 'SELECT transfer_id, quote_id, refusal FROM fx.conversion WHERE transfer_id = ANY($1::uuid[])';

const INSERT = `
  INSERT INTO fx.conversion (transfer_id, quote_id, refusal)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS decided (transfer_id) ORDER BY transfer_id`;

interface ConversionRow {
  readonly transfer_id: string;
  readonly quote_id: string;
  readonly refusal: QuoteRefusal | null;
}
