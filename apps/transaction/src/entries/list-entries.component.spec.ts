import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { isRefusal, type EntryView, type ListEntries, type Page } from '@kopeck/contracts';
import { AccountRepository } from '../accounts/account.repository.js';
import { deposit, LedgerOnPostgresql, transfer, type TestAccount } from '../testing/ledger-on-postgresql.js';
import { EntryRepository } from './entry.repository.js';
import { ListEntriesService } from './list-entries.service.js';
import { ReadBalancesService } from './read-balances.service.js';

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
        transfer(boris, anna, 5n, { reference: 'За ОБЕД 🍲' }),
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

  it('come together with their account, for its owner alone', async () => {
    const { accountId, customerId } = anna;
    const asked = { accountId, customerId, limit: 3 };
    expect(await service.history(asked)).toEqual({
      account: expect.objectContaining({ accountId, balanceMinor: '939', version: '13' }),
      entries: await page({ limit: 3 }),
    });
    expect(await service.history({ ...asked, customerId: boris.customerId })).toMatchObject({
      code: 'not_found',
    });
    expect(await service.history({ ...asked, cursor: 'no cursor' })).toMatchObject({
      code: 'invalid_cursor',
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

  describe('of a filter', () => {
    const versions = async (more: Partial<ListEntries>) =>
      (await page(more)).data.map(({ accountVersion }) => Number(accountVersion));

    it('are those of one direction', async () => {
      const whole = (await page()).data;
      const ofSign = (isCredit: boolean) =>
        whole.filter(({ amountMinor }) => !amountMinor.startsWith('-') === isCredit);
      expect((await page({ direction: 'in' })).data).toEqual(ofSign(true));
      expect((await page({ direction: 'out' })).data).toEqual(ofSign(false));
    });

    it('are those whose reference or other side has the words, in whatever case', async () => {
      expect(await versions({ search: 'no. 11' })).toEqual([12]);
      expect(await versions({ search: 'No. 1' })).toEqual([12, 11, 2]);
      const grouped = boris.number.toLowerCase().replace(/(.{4})/g, '$1 ');
      expect(await versions({ search: grouped.trim(), direction: 'out' })).toHaveLength(11);
      expect(await versions({ search: 'обед 🍲' })).toEqual([13]);
      for (const search of ['100%', '_', '-', "'"]) expect(await versions({ search })).toEqual([]);
    });

    it('come in pages too', async () => {
      const first = await page({ search: 'No. 1', limit: 2 });
      const second = await page({ search: 'No. 1', limit: 2, cursor: first.nextCursor! });
      expect([...first.data, ...second.data]).toEqual((await page({ search: 'No. 1' })).data);
      expect(second.nextCursor).toBeNull();
    });

    it('are those of a stretch of time, its end left out', async () => {
      const whole = (await page()).data;
      const at = whole[0]!.postedAt;
      const later = new Date(Date.parse(at) + 1).toISOString();
      const since = whole.filter(({ postedAt }) => postedAt >= at);
      expect((await page({ from: at, to: later })).data).toEqual(since);
      expect((await page({ from: at })).data).toEqual(since);
      expect((await page({ to: at })).data).toEqual(whole.filter(({ postedAt }) => postedAt < at));
      expect((await page({ from: later })).data).toEqual([]);
      expect((await page({ to: '2020-01-01T00:00:00Z' })).data).toEqual([]);
    });

    it('are still nobody else’s', async () => {
      const asked = { accountId: anna.accountId, customerId: boris.customerId, limit: 5, search: 'No.' };
      expect(await service.list(asked)).toMatchObject({ refused: true, code: 'not_found' });
    });
  });

  describe('add up to balances', () => {
    it('of any moment, in the order asked for', async () => {
      const whole = (await page()).data;
      const [newest] = whole;
      const after = new Date(Date.parse(newest!.postedAt) + 1).toISOString();
      const before = '2020-01-01T00:00:00Z';
      const balances = new ReadBalancesService(new EntryRepository(ledger.database));
      const asked = { accountId: anna.accountId, moments: [after, before, after] };
      expect(await balances.read({ ...asked, customerId: anna.customerId })).toEqual([
        { at: after, balanceMinor: newest!.balanceAfterMinor },
        { at: before, balanceMinor: '0' },
        { at: after, balanceMinor: newest!.balanceAfterMinor },
      ]);
      const notFound = { refused: true, code: 'not_found' };
      expect(await balances.read({ ...asked, customerId: boris.customerId })).toMatchObject(notFound);
      expect(await balances.read(asked)).toHaveLength(3);
    });
  });

  it('are found by any moment of a long history', async () => {
    const clara = await ledger.openAccount();
    const executor = ledger.executor();
    for (let batch = 0; batch < 12; batch += 1) {
      await executor.execute(Array.from({ length: 17 }, () => deposit(clara, 1n)));
    }
    const times = await ledger.entryTimesOf(clara);
    const moments = [...new Set(times.flatMap((time) => [time, time + 1]))];
    const heldAt = (moment: number) => times.filter((time) => time < moment).length;
    const at = moments.map((moment) => new Date(moment).toISOString());
    const { accountId, customerId } = clara;
    const balances = await new ReadBalancesService(new EntryRepository(ledger.database)).read({
      accountId,
      customerId,
      moments: at,
    });
    expect(balances).toEqual(
      moments.map((moment, index) => ({ at: at[index], balanceMinor: `${heldAt(moment)}` })),
    );
    for (const [index, from] of moments.entries()) {
      const to = moments[Math.min(index + 4, moments.length - 1)]!;
      const asked = { accountId, customerId, from: at[index]!, to: new Date(to).toISOString(), limit: 200 };
      const { data } = await page(asked);
      const posted = Array.from({ length: heldAt(to) - heldAt(from) }, (_, place) => `${heldAt(to) - place}`);
      expect(data.map(({ accountVersion }) => accountVersion)).toEqual(posted);
    }
  });

  it('refuse a cursor that is none', async () => {
    const answer = await service.list({ accountId: anna.accountId, limit: 5, cursor: 'somewhere' });
    expect(answer).toMatchObject({ refused: true, code: 'invalid_cursor', pointer: '/cursor' });
  });
});
