import { randomInt } from 'node:crypto';
import { SERVICE_NAMES, type ServiceName } from '@kopeck/contracts';
import { fundedAccount, newCustomer, signIn } from '../support/bank-client.js';
import { eventually } from '../support/eventually.js';
import { LedgerCheck } from '../support/ledger-check.js';
import { startSystem, type RunningSystem } from '../support/system.js';
import { TransferLoad, type Party } from '../support/transfer-load.js';

const CLIENTS = 16;
const PARTIES = 8;
/** Little enough that some transfers are refused for want of money: refusals must survive a crash as well. */
const START_BALANCE = '40.00';
const START_TOTAL_MINOR = BigInt(PARTIES) * 4_000n;
/** Kills of each service; `KOPECK_KILLS=20` is the long series. */
const KILLS = Number(process.env.KOPECK_KILLS ?? 1);
/** Final answers before each kill and after the last, so that each hits a system at work, now here, now there. */
const BETWEEN_KILLS = { min: 150, max: 400 };
/** A bound, not an aim: a quick bank answers a thousand a second, and an app takes seconds to start. */
const MAX_INTENTIONS = 12_000 * KILLS;
/** Without them no transfer ends; without the customer service only signing in has to wait. */
const ON_THE_WAY: readonly ServiceName[] = ['gateway', 'transaction-manager', 'transaction'];
/** A dead consumer holds its partitions for one session timeout (10 s); the rest is room on a slow machine. */
const RECOVERY_MS = 60_000;

describe('kill -9 under load', () => {
  let system: RunningSystem;
  let ledger: LedgerCheck;
  let parties: Party[];

  beforeAll(async () => {
    system = await startSystem();
    ledger = new LedgerCheck(system.databaseUrl);
  }, 120_000);

  afterAll(async () => {
    await ledger?.close();
    await system?.leave();
  }, 60_000);

  beforeEach(async () => {
    const operator = await signIn(system.url, system.operator.email, system.operator.password);
    parties = await Promise.all(
      Array.from({ length: PARTIES }, async (_, n) => {
        const client = await newCustomer(system.url, `Party ${n}`);
        return { client, account: await fundedAccount(client, operator, 'EUR', START_BALANCE) };
      }),
    );
  }, 60_000);

  it.each(SERVICE_NAMES)(
    'of %s loses nothing, doubles nothing, and every accepted transfer ends',
    async (service) => {
      const load = new TransferLoad(parties, CLIENTS, MAX_INTENTIONS);
      for (let kill = 0; kill < KILLS; kill += 1) {
        await moreFinalAnswers(load);
        await system.kill(service);
        // Who isn't on a transfer's way isn't missed.
        if (!ON_THE_WAY.includes(service)) await moreFinalAnswers(load);
        await system.start(service);
      }
      await moreFinalAnswers(load);
      await load.stop();
      const unfinished = load.intentions.filter(({ final }) => !final).length;
      await load.settleAll(RECOVERY_MS);
      // The kill was felt: some had to ask again.
      if (ON_THE_WAY.includes(service)) expect(unfinished).toBeGreaterThan(0);

      // One transfer for each intention, and one answer.
      for (const intention of load.intentions) expect(intention.ids.size).toBe(1);
      const ids = load.intentions.map(({ ids: [id] }) => id!);
      expect(new Set(ids).size).toBe(ids.length);
      const completed = load.intentions.filter(({ final }) => final!.status === 201);
      expect(completed.length).toBeGreaterThan(0);

      await ledger.expectSound();
      await ledger.expectDecided(ids, completed.length);
      await eventually(() => ledger.expectNothingPending(), { withinMs: RECOVERY_MS });
      expect(await totalMinor(parties)).toBe(START_TOTAL_MINOR);
      expect(await balances(parties)).toEqual(balancesAfter(load));
    },
    (4 + KILLS) * 60_000,
  );

  /** What each balance must be by the answers alone. */
  function balancesAfter(load: TransferLoad): Record<string, bigint> {
    const minor = Object.fromEntries(parties.map(({ account }) => [account.id, 4_000n]));
    for (const { final, sender, recipient, body } of load.intentions) {
      if (final!.status !== 201) continue;
      const amountMinor = minorOf(body.instructedAmount.amount);
      minor[sender.account.id]! -= amountMinor;
      minor[recipient.account.id]! += amountMinor;
    }
    return minor;
  }
});

async function moreFinalAnswers(load: TransferLoad): Promise<void> {
  const enough = load.finalCount + randomInt(BETWEEN_KILLS.min, BETWEEN_KILLS.max);
  await eventually(() => expect(load.finalCount).toBeGreaterThan(enough), {
    withinMs: RECOVERY_MS,
    everyMs: 10,
  });
}

async function balances(parties: readonly Party[]): Promise<Record<string, bigint>> {
  const read = parties.map(async ({ client, account }) => [
    account.id,
    minorOf(await client.balanceOf(account.id)),
  ]);
  return Object.fromEntries(await Promise.all(read)) as Record<string, bigint>;
}

async function totalMinor(parties: readonly Party[]): Promise<bigint> {
  return Object.values(await balances(parties)).reduce((sum, minor) => sum + minor, 0n);
}

function minorOf(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}
