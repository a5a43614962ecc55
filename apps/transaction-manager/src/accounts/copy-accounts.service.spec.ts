import { account } from '../transfers/testing/sample-transfers.js';
import type { AccountCopyRepository } from './account-copy.repository.js';
import type { AccountFacts } from './account-facts.js';
import { CopyAccountsService } from './copy-accounts.service.js';

/** As many as are remembered: one more, and another one is forgotten. */
const REMEMBERED = 50_000;

describe('what is known of a batch of accounts', () => {
  const stored = Array.from({ length: REMEMBERED + 1 }, () => account());
  const asked: string[][] = [];
  let service: CopyAccountsService;

  beforeEach(() => {
    asked.length = 0;
    const byId = new Map(stored.map((each) => [each.accountId, each]));
    const find = async (ids: readonly string[], numbers: readonly string[]): Promise<AccountFacts[]> => {
      asked.push([...ids, ...numbers]);
      return ids.flatMap((id) => byId.get(id) ?? []);
    };
    service = new CopyAccountsService({ find } as AccountCopyRepository);
  });

  it('is asked of the database once', async () => {
    const [anna] = stored as [AccountFacts];
    await service.know([anna.accountId, anna.accountId], []);
    const known = await service.know([anna.accountId], [anna.number]);
    expect(asked).toEqual([[anna.accountId]]);
    expect(known.byNumber(anna.number)).toBe(anna);
  });

  it('asks again after what was not there: the copy lags', async () => {
    const unknown = account();
    for (let round = 0; round < 2; round++) {
      const known = await service.know([unknown.accountId], [unknown.number]);
      expect(known.byId(unknown.accountId)).toBeUndefined();
    }
    expect(asked).toHaveLength(2);
  });

  it('stays known for the batch when it is forgotten in the middle of it', async () => {
    const ids = stored.map(({ accountId }) => accountId);
    await service.know([ids[0]!], []);
    // The first is remembered; learning all others makes it forgotten.
    const known = await service.know(ids, []);
    expect(known.byId(ids[0]!)).toBe(stored[0]);
    expect(known.byId(ids[REMEMBERED]!)).toBe(stored[REMEMBERED]);
    asked.length = 0;
    await service.know([ids[0]!], []);
    expect(asked).toEqual([[ids[0]]]);
  });

  it('forgets what nobody has asked for longest', async () => {
    const ids = stored.map(({ accountId }) => accountId);
    await service.know(ids.slice(0, REMEMBERED), []);
    await service.know([ids[0]!, ids[REMEMBERED]!], []);
    asked.length = 0;
    await service.know([ids[0]!, ids[1]!], []);
    expect(asked).toEqual([[ids[1]]]);
  });
});
