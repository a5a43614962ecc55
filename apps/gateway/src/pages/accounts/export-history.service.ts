import { Injectable } from '@nestjs/common';
import { formatAmount, type AccountView, type EntryView, type ListEntries } from '@kopeck/contracts';
import { csvLine } from './csv.js';
import { OwnAccounts } from './own-accounts.service.js';

/** Most movements of one file: more would hold a request for too long. */
export const MAX_EXPORTED = 10_000;
const PAGE = 200;
/** So that spreadsheets read the file as UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

const HEADINGS = [
  'Posted at (UTC)',
  'Kind',
  'Reference',
  'Other account',
  'Money in',
  'Money out',
  'Balance',
  'Currency',
  'Transfer',
];

/** An account's history as a file, a line a movement, newest first. */
@Injectable()
export class ExportHistoryService {
  constructor(private readonly accounts: OwnAccounts) {}

  async export(account: AccountView, filter: Partial<ListEntries>): Promise<string> {
    const lines: string[] = [];
    let cursor: string | undefined;
    do {
      const { accountId, customerId } = account;
      const question = { ...filter, accountId, customerId: customerId!, limit: PAGE, cursor };
      const { data, nextCursor } = await this.accounts.entries(question);
      lines.push(...data.map(lineOf));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined && lines.length < MAX_EXPORTED);
    return BYTE_ORDER_MARK + csvLine(HEADINGS) + lines.join('');
  }
}

/** Two columns without a sign: an amount that began with one would have to be taken for text. */
function lineOf(entry: EntryView): string {
  const amount = formatAmount(BigInt(entry.amountMinor), entry.currency);
  const isOut = amount.startsWith('-');
  return csvLine([
    entry.postedAt,
    entry.kind,
    entry.reference ?? '',
    entry.counterpartyIsBank ? '' : (entry.counterpartyNumber ?? ''),
    isOut ? '' : amount,
    isOut ? amount.slice(1) : '',
    formatAmount(BigInt(entry.balanceAfterMinor), entry.currency),
    entry.currency,
    entry.transferId,
  ]);
}
