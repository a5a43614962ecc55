import fc from 'fast-check';
import { verifyChain } from './chain.js';
import { instructionsOf, LedgerModel, orders, sampleAccounts } from './testing/arbitrary-batches.js';
import { account, instruction } from './testing/sample-ledger.js';
import type { ChainedInstruction } from './transfer-batch.js';
import type { LedgerAccount } from './ledger-account.js';

const RUNS = { numRuns: 300 };

/** Cuts a list into batches at random places. */
function inBatches(batch: readonly ChainedInstruction[], size: number): ChainedInstruction[][] {
  const count = Math.ceil(batch.length / size);
  return Array.from({ length: count }, (_, index) => batch.slice(index * size, (index + 1) * size));
}

function totals(accounts: readonly LedgerAccount[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { currency, balanceMinor } of accounts) {
    sums.set(currency, (sums.get(currency) ?? 0n) + balanceMinor);
  }
  return sums;
}

describe('any sequence of transfers', () => {
  it('creates no money and loses none, in no currency', () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 1, max: 40 }), (made, size) => {
        const accounts = sampleAccounts();
        const ledger = new LedgerModel(accounts);
        for (const batch of inBatches(instructionsOf(accounts, made), size)) ledger.execute(batch);
        expect(totals(ledger.balances)).toEqual(totals(accounts));
        for (const { entries } of ledger.journal) {
          expect(entries.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)).toBe(0n);
        }
      }),
      RUNS,
    );
  });

  it('leaves no balance below its floor and moves no frozen account', () => {
    fc.assert(
      fc.property(orders, (made) => {
        const accounts = sampleAccounts();
        const ledger = new LedgerModel(accounts);
        ledger.execute(instructionsOf(accounts, made));
        ledger.balances.forEach((after, index) => {
          if (after.floorMinor !== null) expect(after.balanceMinor).toBeGreaterThanOrEqual(after.floorMinor);
          if (after.status === 'frozen') expect(after).toEqual(accounts[index]);
        });
      }),
      RUNS,
    );
  });

  it("has each balance follow from the account's entries, which count without a gap", () => {
    fc.assert(
      fc.property(orders, (made) => {
        const accounts = sampleAccounts();
        const ledger = new LedgerModel(accounts);
        ledger.execute(instructionsOf(accounts, made));
        ledger.balances.forEach((after, index) => {
          const entries = ledger.journal
            .flatMap((result) => result.entries)
            .filter(({ accountId }) => accountId === after.accountId);
          let balance = accounts[index]!.balanceMinor;
          entries.forEach((entry, position) => {
            balance += BigInt(entry.amountMinor);
            expect(entry).toMatchObject({
              accountVersion: String(position + 1),
              balanceAfterMinor: String(balance),
            });
          });
          expect(after).toMatchObject({ balanceMinor: balance, version: BigInt(entries.length) });
        });
      }),
      RUNS,
    );
  });

  it('gives the same results however it is cut into batches', () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 1, max: 40 }), (made, size) => {
        const accounts = sampleAccounts();
        const instructions = instructionsOf(accounts, made);
        const whole = new LedgerModel(accounts);
        whole.execute(instructions);
        const cut = new LedgerModel(accounts);
        for (const batch of inBatches(instructions, size)) cut.execute(batch);
        expect(cut.journal).toEqual(whole.journal);
        expect(cut.balances).toEqual(whole.balances);
      }),
      RUNS,
    );
  });

  it('is changed by no redelivery: repeats in any number and order get the bytes of the first time', () => {
    fc.assert(
      fc.property(orders, fc.infiniteStream(fc.nat()), (made, picks) => {
        const accounts = sampleAccounts();
        const instructions = instructionsOf(accounts, made);
        const once = new LedgerModel(accounts);
        const first = once.execute(instructions);
        const repeated = new LedgerModel(accounts);
        // Each instruction, and after it some that were there before: as redelivered batches overlap.
        const disturbed = instructions.flatMap((each, index) => [
          each,
          ...[...picks.take(2)].map((pick) => instructions[pick % (index + 1)]!),
        ]);
        const results = repeated.execute(disturbed);
        const again = repeated.execute([...instructions].reverse());
        const bytesOf = new Map(first.map((result) => [result.transferId, JSON.stringify(result)]));
        for (const result of [...results, ...again]) {
          expect(JSON.stringify(result)).toBe(bytesOf.get(result.transferId));
        }
        expect(repeated.journal).toEqual(once.journal);
        expect(repeated.balances).toEqual(once.balances);
      }),
      RUNS,
    );
  });

  it('makes chains that verify', () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 1, max: 40 }), (made, size) => {
        const accounts = sampleAccounts();
        const ledger = new LedgerModel(accounts);
        for (const batch of inBatches(instructionsOf(accounts, made), size)) ledger.execute(batch);
        for (const chain of ledger.chains) expect(verifyChain(chain)).toMatchObject({ intact: true });
      }),
      RUNS,
    );
  });
});

describe('a batch', () => {
  const rich = account({ balanceMinor: 100n });
  const poor = account();

  it('answers each instruction in order, a repeat with the result of the first', () => {
    const [a, b] = [
      instruction(rich, poor, { amountMinor: 60n }),
      instruction(rich, poor, { amountMinor: 60n }),
    ];
    const results = new LedgerModel([rich, poor]).execute(
      [a, b, a].map((each) => ({ chain: 0, instruction: each })),
    );
    expect(results.map(({ status, reason }) => [status, reason])).toEqual([
      ['completed', null],
      ['failed', 'insufficient_funds'],
      ['completed', null],
    ]);
    expect(results[2]).toBe(results[0]);
  });

  it('lets money go on that came in just before', () => {
    const results = new LedgerModel([rich, poor]).execute([
      { chain: 0, instruction: instruction(rich, poor, { amountMinor: 100n }) },
      { chain: 1, instruction: instruction(poor, rich, { amountMinor: 100n }) },
    ]);
    expect(results.map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect(results[1]!.entries[0]).toMatchObject({ balanceAfterMinor: '0', accountVersion: '2' });
  });

  it('keeps a refusal, also when the money has come in the meantime', () => {
    const ledger = new LedgerModel([rich, poor]);
    const early = { chain: 1, instruction: instruction(poor, rich) };
    const refused = ledger.execute([early]);
    ledger.execute([{ chain: 0, instruction: instruction(rich, poor) }]);
    expect(ledger.execute([early])).toEqual(refused);
    expect(refused[0]).toMatchObject({ status: 'failed', reason: 'insufficient_funds', entries: [] });
  });

  it('tells who the recipient is when there is one, and keeps quiet when there is none', () => {
    const unknown = account();
    const results = new LedgerModel([rich, poor]).execute(
      [poor, unknown].map((to) => ({ chain: 0, instruction: instruction(rich, to) })),
    );
    expect(results[0]).toMatchObject({ creditAccountId: poor.accountId, creditCustomerId: poor.customerId });
    expect(results[1]).toMatchObject({
      reason: 'recipient_not_found',
      creditAccountId: null,
      creditCustomerId: null,
      creditAccountNumber: unknown.number,
    });
  });
});
