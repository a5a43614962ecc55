import { parseAmount } from '@kopeck/contracts';
import { DEMO_ACCOUNTS, DEMO_CUSTOMERS, DEMO_DEPOSITS, DEMO_TRANSFERS } from './demo-data.mjs';

const currencyOf = (key: string) => DEMO_ACCOUNTS.find((account) => account.key === key)?.currency;

function minorOf(amount: string, account: string): bigint {
  const parsed = parseAmount(amount, currencyOf(account));
  if ('fault' in parsed) throw new Error(`${amount} is no amount for ${account}`);
  return parsed.money.amountMinor;
}

describe('demo data', () => {
  it('never uses a key twice', () => {
    const keys = [...DEMO_ACCOUNTS, ...DEMO_DEPOSITS, ...DEMO_TRANSFERS].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('gives both customers roubles, dollars, euros and yen', () => {
    for (const { id } of DEMO_CUSTOMERS) {
      const currencies = DEMO_ACCOUNTS.filter(({ owner }) => owner === id).map(({ currency }) => currency);
      expect(currencies).toEqual(expect.arrayContaining(['RUB', 'USD', 'EUR', 'JPY']));
    }
  });

  it('pays in one currency, from what is there, and is refused where it says so', () => {
    const balances = new Map(DEMO_ACCOUNTS.map(({ key }) => [key, 0n]));
    const add = (account: string, minor: bigint) => balances.set(account, balances.get(account)! + minor);
    for (const { to, amount } of DEMO_DEPOSITS) add(to, minorOf(amount, to));
    for (const { from, to, amount, refusal } of DEMO_TRANSFERS) {
      expect(currencyOf(from)).toBe(currencyOf(to));
      expect(from.startsWith('anna') || from.startsWith('boris')).toBe(true);
      const minor = minorOf(amount, from);
      expect(balances.get(from)! < minor).toBe(refusal === 'insufficient_funds');
      if (refusal) continue;
      add(from, -minor);
      add(to, minor);
    }
  });
});
