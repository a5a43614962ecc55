import { RememberedAccounts } from './remembered-accounts.js';
import { account } from './testing/sample-ledger.js';

describe('RememberedAccounts', () => {
  const [anna, boris, clara] = [account(), account(), account()];

  it('finds by id and by number, each account once, and says what is missing', () => {
    const accounts = new RememberedAccounts();
    accounts.remember([anna, boris]);
    const keys = {
      accountIds: [anna.accountId, clara.accountId],
      numbers: [anna.number, boris.number, clara.number],
    };
    expect(accounts.of(keys)).toEqual({
      found: [anna, boris],
      missing: { accountIds: [clara.accountId], numbers: [clara.number] },
    });
  });

  it('knows the last state only', () => {
    const accounts = new RememberedAccounts();
    accounts.remember([anna]);
    const later = { ...anna, balanceMinor: 5n, version: 1n };
    accounts.remember([later]);
    expect(accounts.of({ accountIds: [anna.accountId], numbers: [anna.number] }).found).toEqual([later]);
  });

  it('forgets what it is told to', () => {
    const accounts = new RememberedAccounts();
    accounts.remember([anna, boris]);
    accounts.forget([anna]);
    const keys = { accountIds: [anna.accountId, boris.accountId], numbers: [anna.number] };
    expect(accounts.of(keys)).toEqual({
      found: [boris],
      missing: { accountIds: [anna.accountId], numbers: [anna.number] },
    });
  });

  it('has a limit, above which the one goes that was left alone for longest', () => {
    const accounts = new RememberedAccounts(2);
    accounts.remember([anna, boris]);
    accounts.remember([anna, clara]);
    const keys = { accountIds: [], numbers: [anna, boris, clara].map(({ number }) => number) };
    expect(accounts.of(keys)).toEqual({
      found: [anna, clara],
      missing: { accountIds: [], numbers: [boris.number] },
    });
  });
});
