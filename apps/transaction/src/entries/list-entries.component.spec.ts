import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { isRefusal, type EntryView, type ListEntries, type Page } from '@kopeck/contracts';
import { AccountRepository } from '../accounts/account.repository.js';
import { deposit, LedgerOnPostgresql, transfer, type TestAccount } from '../testing/ledger-on-postgresql.js';
import { EntryRepository } from './entry.repository.js';
import { ListEntriesService } from './list-entries.service.js';

describe('the entries of an account', () => {
  let ledger: LedgerOnPostgresql;
  let service: ListEntriesService;
  let anna: TestAccount;
  let boris: TestAccount;

  beforeAll(async () => {
    ledger = await LedgerOnPostgresql.create();
    service = new ListEntriesService(
      new AccountRepository(ledger.database),
      new EntryRepository(ledger.database),
    );
    [anna, boris] = (await ledger.openAccounts(2)) as [TestAccount, TestAccount];
    await ledger
      .executor()
      .execute([
        deposit(anna, 1_000n),
        ...Array.from({ length: 11 }, (_, n) =>
          transfer(anna, boris, BigInt(n + 1), { reference: `No. ${n + 1}` }),
        ),
        transfer(boris, anna, 5n),
        transfer(boris, anna, 5_000n),
      ]);
  }, 30_000);

  afterAll(() => ledger?.drop());

  async function page(more: Partial<ListEntries> = {}): Promise<Page<EntryView>> {
    const answer = await service.list({
      accountId: anna.accountId,
      customerId: anna.customerId,
      limit: 50,
      ...more,
    });
    if (isRefusal(answer)) throw new Error(`${answer.code}: ${answer.detail}`);
    return answer;
  }

  it('come newest first, with the other side, the balance after and no refused transfer', async () => {
    const { data, nextCursor } = await page();
    expect(nextCursor).toBeNull();
    expect(data.map(({ accountVersion }) => Number(accountVersion))).toEqual(
      Array.from({ length: 13 }, (_, n) => 13 - n),
    );
    expect(data[0]).toMatchObject({
      amountMinor: '5',
      balanceAfterMinor: '939',
      counterpartyNumber: boris.number,
    });
    expect(data[1]).toEqual({
      transferId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kind: 'transfer',
      amountMinor: '-11',
      balanceAfterMinor: '934',
      currency: 'EUR',
      accountVersion: '12',
      counterpartyNumber: boris.number,
      counterpartyIsBank: false,
      reference: 'No. 11',
      postedAt: expect.stringMatching(/Z$/),
    });
    expect(data.at(-1)).toMatchObject({
      kind: 'cash_deposit',
      amountMinor: '1000',
      counterpartyIsBank: true,
    });
  });

  it.each([1, 4, 12, 13])('come in pages of %p without a gap or a repeat', async (limit) => {
    const whole = (await page()).data;
    const collected: EntryView[] = [];
    let cursor: string | undefined;
    do {
      const next = await page({ limit, ...(cursor && { cursor }) });
      expect(next.data.length).toBeLessThanOrEqual(limit);
      collected.push(...next.data);
      cursor = next.nextCursor ?? undefined;
    } while (cursor);
    expect(collected).toEqual(whole);
  });

  it('go on where the page ended, whatever was posted in the meantime', async () => {
    const first = await page({ limit: 3 });
    await ledger.executor().execute([deposit(anna, 1n)]);
    const second = await page({ limit: 3, cursor: first.nextCursor! });
    const versions = [...first.data, ...second.data].map(({ accountVersion }) => Number(accountVersion));
    expect(versions).toEqual(Array.from({ length: 6 }, (_, n) => versions[0]! - n));
  });

  it("are not found when the account isn't there or is somebody else's; an operator sees them", async () => {
    const asked = { accountId: anna.accountId, limit: 5 };
    const notFound = expect.objectContaining({ refused: true, code: 'not_found' });
    expect(await service.list({ ...asked, customerId: boris.customerId })).toEqual(notFound);
    expect(await service.list({ ...asked, accountId: randomUUID(), customerId: anna.customerId })).toEqual(
      notFound,
    );
    expect(await service.list(asked)).toMatchObject({ data: { length: 5 } });
  });

  it('are none for a new account', async () => {
    const fresh = await ledger.openAccount();
    expect(await page({ accountId: fresh.accountId, customerId: fresh.customerId })).toEqual({
      data: [],
      nextCursor: null,
    });
  });

  it('refuse a cursor that is none', async () => {
    const answer = await service.list({ accountId: anna.accountId, limit: 5, cursor: 'somewhere' });
    expect(answer).toMatchObject({ refused: true, code: 'invalid_cursor', pointer: '/cursor' });
  });
});
