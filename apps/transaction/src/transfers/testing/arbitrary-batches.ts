import type { TransferResult } from '@kopeck/contracts';
import fc from 'fast-check';
import { AccountBook } from '../account-book.js';
import { emptyChain, type ChainHead } from '../chain.js';
import { decideBatch, type ChainedInstruction } from '../transfer-batch.js';
import type { Instruction } from '../instruction.js';
import type { LedgerAccount } from '../ledger-account.js';
import { account, bankAccounts, cashAccount, instruction, termsOf } from './sample-ledger.js';

/** What a generated transfer is made of; indexes point into the ledger's accounts. */
export interface Order {
  readonly from: number;
  readonly to: number;
  readonly amountMinor: bigint;
  readonly change: Partial<Instruction>;
}

const CHAINS = 3;
const CURRENCIES = ['EUR', 'JPY'];

/** Two cash accounts, then customers' accounts: with money and without, frozen, with an overdraft, in two currencies. */
export function sampleAccounts(): LedgerAccount[] {
  const customers = CURRENCIES.flatMap((currency) => [
    account({ currency, balanceMinor: 1_000n }),
    account({ currency }),
    account({ currency, floorMinor: -300n }),
    account({ currency, status: 'frozen', balanceMinor: 500n }),
  ]);
  const cash = CURRENCIES.map((currency) => cashAccount(currency));
  return [...cash, ...customers, ...bankAccounts(...CURRENCIES)];
}

const conversions = fc
  .record({
    buyCurrency: fc.constantFrom(...CURRENCIES),
    buyMinor: fc.bigInt({ min: 1n, max: 900n }).map(String),
    revenueMinor: fc.nat({ max: 9 }).map(String),
    roundingMinor: fc.nat({ max: 1 }).map(String),
  })
  .map((terms) => ({ kind: 'conversion', conversion: termsOf(terms) }) as const);

/** Transfers and conversions that are mostly possible, some refused for each reason there is. */
export const orders: fc.Arbitrary<Order[]> = fc.array(
  fc.record({
    from: fc.nat({ max: 9 }),
    to: fc.nat({ max: 9 }),
    amountMinor: fc.bigInt({ min: 1n, max: 600n }),
    change: fc.oneof(
      { weight: 8, arbitrary: fc.constant({}) },
      { weight: 6, arbitrary: conversions },
      {
        weight: 1,
        arbitrary: fc.constantFrom({ currency: 'EUR' }, { currency: 'JPY' }, { currency: 'KWD' }),
      },
      { weight: 1, arbitrary: fc.uuid().map((customerId) => ({ customerId })) },
      { weight: 1, arbitrary: fc.uuid().map((debitAccountId) => ({ debitAccountId })) },
      {
        weight: 1,
        arbitrary: fc.constantFrom({ kind: 'transfer' } as const, { kind: 'cash_deposit' } as const),
      },
    ),
  }),
  { minLength: 1, maxLength: 40 },
);

/** One account is on one chain, as a partition has all messages of a key. */
export function instructionsOf(
  accounts: readonly LedgerAccount[],
  made: readonly Order[],
): ChainedInstruction[] {
  return made.map(({ from, to, amountMinor, change }) => ({
    chain: from % CHAINS,
    instruction: instruction(accounts[from]!, accounts[to]!, { amountMinor, ...change }),
  }));
}

/** The ledger with everything in memory: what a test compares the real one with. */
export class LedgerModel {
  readonly journal: TransferResult[] = [];
  private accounts: Map<string, LedgerAccount>;
  private readonly decided = new Map<string, TransferResult>();
  private readonly heads = new Map<number, ChainHead>();

  constructor(accounts: readonly LedgerAccount[]) {
    this.accounts = new Map(accounts.map((each) => [each.accountId, each]));
    for (let chain = 0; chain < CHAINS; chain++) this.heads.set(chain, emptyChain(chain));
  }

  execute(batch: readonly ChainedInstruction[]): readonly TransferResult[] {
    const decision = decideBatch(batch, {
      book: new AccountBook(this.accounts.values()),
      decided: this.decided,
      heads: this.heads,
      now: '2026-10-01T12:00:01.000Z',
    });
    for (const { after } of decision.changedAccounts) this.accounts.set(after.accountId, after);
    for (const result of decision.fresh) this.decided.set(result.transferId, result);
    for (const { after } of decision.movedHeads) this.heads.set(after.chain, after);
    this.journal.push(...decision.fresh);
    return decision.results;
  }

  get balances(): LedgerAccount[] {
    return [...this.accounts.values()];
  }

  chainOf(chain: number): TransferResult[] {
    return this.journal.filter((result) => result.chain?.chain === chain);
  }

  get chains(): TransferResult[][] {
    return [...this.heads.keys()].map((chain) => this.chainOf(chain));
  }
}
