import fc from 'fast-check';
import { account } from '../transfers/testing/sample-transfers.js';
import { AccountMemory } from './account-memory.js';

describe('AccountMemory', () => {
  it('finds an account by id and by number', () => {
    const memory = new AccountMemory(2);
    const [anna, boris] = [account(), account()];
    memory.add(anna);
    memory.add(boris);
    expect(memory.byId(anna.accountId)).toBe(anna);
    expect(memory.byNumber(boris.number)).toBe(boris);
    expect(memory.byId(boris.number)).toBeUndefined();
  });

  it('forgets the one that was unused for longest, whichever way the others were asked for', () => {
    const memory = new AccountMemory(3);
    const [anna, boris, clara, dora] = [account(), account(), account(), account()];
    for (const each of [anna, boris, clara]) memory.add(each);
    memory.byId(anna.accountId);
    memory.byNumber(boris.number);
    memory.add(dora);
    expect(memory.byNumber(clara.number)).toBeUndefined();
    for (const each of [anna, boris, dora]) expect(memory.byNumber(each.number)).toBe(each);
  });

  it('never holds more than its limit: the newest stay, by id and by number alike', () => {
    const accounts = Array.from({ length: 12 }, () => account());
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.nat(11)), (limit, added) => {
        const memory = new AccountMemory(limit);
        for (const index of added) memory.add(accounts[index]!);
        const held = accounts.filter(({ accountId }) => memory.byId(accountId));
        expect(held).toEqual(accounts.filter(({ number }) => memory.byNumber(number)));
        expect(held.length).toBe(Math.min(limit, new Set(added).size));
        if (added.length > 0) expect(held).toContain(accounts[added.at(-1)!]);
      }),
    );
  });
});
