import { accountNumberOf, isAccountNumber, ISO_CURRENCIES, systemAccountIdOf } from '@kopeck/contracts';
import { FIRST_CUSTOMER_SERIAL, systemAccountsIn } from './system-account.js';

describe('system accounts', () => {
  const all = ISO_CURRENCIES.flatMap(systemAccountsIn);

  it('have numbers of their own in all currencies there are', () => {
    expect(new Set(all.map(({ number }) => number)).size).toBe(ISO_CURRENCIES.length * 4);
    for (const { number } of all) expect(isAccountNumber(number)).toBe(true);
  });

  it('have numbers below those that customers can get', () => {
    const serialOf = (number: string) => BigInt(number.slice(-12));
    for (const { number } of all) expect(serialOf(number)).toBeLessThan(FIRST_CUSTOMER_SERIAL);
  });

  it('are the same for ever', () => {
    expect(systemAccountsIn('RUB')[0]).toEqual({
      accountId: systemAccountIdOf('cash', 'RUB'),
      number: accountNumberOf(12_013n),
      kind: 'cash',
      name: 'Cash RUB',
      currency: 'RUB',
    });
  });
});
