import 'reflect-metadata';
import type { AccountState } from '@kopeck/contracts';
import { NotificationOnPostgresql, pushesIn, type Replica } from '../testing/notification-on-postgresql.js';
import { sampleAccount, stateOf, type SampleAccount } from '../testing/sample-events.js';

describe('following accounts, on PostgreSQL', () => {
  let bank: NotificationOnPostgresql;
  let replica: Replica;

  beforeAll(async () => {
    bank = await NotificationOnPostgresql.create();
    replica = bank.replica();
  }, 30_000);

  afterAll(() => bank?.drop());

  const now = () => new Date().toISOString();
  const follow = (by: Replica, ...states: AccountState[]) =>
    by.accounts.follow(states.map((state) => ({ state, publishedAt: now() })));

  async function toldOf({ customerId }: SampleAccount): Promise<string[]> {
    return (await bank.inboxOf(replica, customerId!)).map(({ type }) => type);
  }

  it('tells of an account that is opened, frozen and unfrozen, each once', async () => {
    const account = sampleAccount();
    const states = [
      stateOf(account),
      stateOf(account, { revision: '2', status: 'frozen' }),
      stateOf(account, { revision: '3' }),
    ];
    for (const state of states) await follow(replica, state);
    await follow(replica, ...states);
    await follow(replica, states[1]!);
    expect(await toldOf(account)).toEqual(['account_opened', 'account_frozen', 'account_unfrozen']);
    expect((await bank.inboxOf(replica, account.customerId!))[0]!.link).toBe(
      `/accounts/${account.accountId}`,
    );
    expect(JSON.stringify(await bank.inboxOf(replica, account.customerId!))).not.toContain(account.number);
  });

  it('does not flood anybody with what an old log tells of their accounts', async () => {
    const [active, frozen, undated] = [sampleAccount(), sampleAccount(), sampleAccount()];
    const long = new Date(Date.now() - 100 * 86_400_000).toISOString();
    const messages = await replica.accounts.follow([
      { state: stateOf(active), publishedAt: long },
      { state: stateOf(frozen, { revision: '2', status: 'frozen' }), publishedAt: long },
      { state: stateOf(undated), publishedAt: undefined },
    ]);
    expect(messages).toEqual([]);
    await follow(replica, stateOf(frozen, { revision: '3' }));
    expect(await toldOf(active)).toEqual([]);
    expect(await toldOf(frozen)).toEqual(['account_unfrozen']);
  });

  it('tells nobody of the bank’s own accounts', async () => {
    expect(await follow(replica, stateOf(sampleAccount(null)))).toEqual([]);
  });

  it('tells once what two replicas read at the same time', async () => {
    const replicas = [await bank.anotherReplica(), await bank.anotherReplica()];
    const accounts = Array.from({ length: 30 }, () => sampleAccount());
    const opened = accounts.map((account) => stateOf(account));
    const before = await bank.deadlocks();
    await Promise.all(
      Array.from({ length: 8 }, (_, round) =>
        follow(replicas[round % 2]!, ...(round % 3 ? opened : opened.toReversed())),
      ),
    );
    for (const account of accounts) expect(await toldOf(account)).toEqual(['account_opened']);
    expect(await bank.deadlocks()).toBe(before);
  });

  it('gives the pushes again when a crash may have lost them', async () => {
    const account = sampleAccount();
    const [first] = pushesIn(await follow(replica, stateOf(account)));
    expect(pushesIn(await follow(replica, stateOf(account)))).toEqual([first]);
  });
});
