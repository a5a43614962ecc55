import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { NotificationRequest, RefusalReason, TransferResult } from '@kopeck/contracts';
import fc from 'fast-check';
import { changeOf, resultOf, sampleAccount, stateOf, termsOf } from '../testing/sample-events.js';
import { accountNewsOf, type KnownAccount, type SeenState } from './account-news.js';
import { notificationIdOf, OPERATORS, personalNewsOf } from './news.js';
import { percentBetween, rateNewsOf } from './rate-news.js';
import { requestedNewsOf } from './requested-news.js';
import { securityNewsOf } from './security-news.js';
import { transferNewsOf } from './transfer-news.js';

const [anna, boris] = [sampleAccount(), sampleAccount()];
const annasOther = sampleAccount(anna.customerId);
const bank = sampleAccount(null);

/** Who is told what. */
function told(result: TransferResult): [string, string][] {
  return transferNewsOf(result).map(({ customerId, type }) => [customerId, type]);
}

describe('a transfer', () => {
  it('is told to both sides, with the digits of either account', () => {
    const result = resultOf(anna, boris);
    const [sent, received] = transferNewsOf(result);
    expect(sent).toMatchObject({
      customerId: anna.customerId,
      type: 'transfer_sent',
      occurredAt: result.decidedAt,
      data: {
        transferId: result.transferId,
        account: `…${anna.number.slice(-4)}`,
        counterparty: `…${boris.number.slice(-4)}`,
        amountMinor: '1230',
        currency: 'EUR',
        reference: 'Rent',
        isInternal: false,
      },
    });
    expect(received).toMatchObject({
      customerId: boris.customerId,
      type: 'transfer_received',
      data: {
        accountId: boris.accountId,
        account: `…${boris.number.slice(-4)}`,
        counterparty: `…${anna.number.slice(-4)}`,
      },
    });
  });

  it('between own accounts is told once, as such', () => {
    const news = transferNewsOf(resultOf(anna, annasOther));
    expect(news).toMatchObject([{ type: 'transfer_sent', data: { isInternal: true } }]);
  });

  it('to the bank is told to its sender only', () => {
    expect(told(resultOf(anna, bank))).toEqual([[anna.customerId, 'transfer_sent']]);
  });

  it('that was refused is told to who asked, with the reason', () => {
    const failed = { status: 'failed', reason: 'insufficient_funds' as RefusalReason, entries: [] } as const;
    const [refused, ...others] = transferNewsOf(resultOf(anna, boris, failed));
    expect(refused).toMatchObject({
      customerId: anna.customerId,
      type: 'transfer_refused',
      data: { reason: 'insufficient_funds', amountMinor: '1230' },
    });
    expect(others).toEqual([]);
  });

  it('never says a whole account number, not even one in its reference', () => {
    const reference = `to ${boris.number}, from ${anna.number.toLowerCase()}`;
    const everything = JSON.stringify(transferNewsOf(resultOf(anna, boris, { reference })));
    for (const { number } of [anna, boris]) {
      expect(everything.toUpperCase()).not.toContain(number);
    }
  });
});

describe('cash that is paid in', () => {
  it('is told to whose account it goes to, and not to the operator', () => {
    const result = resultOf(bank, anna, { kind: 'cash_deposit' });
    expect(transferNewsOf(result)).toMatchObject([
      {
        customerId: anna.customerId,
        type: 'transfer_received',
        data: { kind: 'cash_deposit', counterparty: null },
      },
    ]);
  });

  it('and is refused is told to nobody', () => {
    expect(
      told(resultOf(bank, anna, { kind: 'cash_deposit', status: 'failed', reason: 'account_frozen' })),
    ).toEqual([]);
  });
});

describe('a conversion', () => {
  const rubles = sampleAccount(anna.customerId, 'RUB');
  const conversion = { kind: 'conversion', conversion: termsOf('RUB') } as const;

  it('of somebody for themselves is told once, with both amounts', () => {
    expect(transferNewsOf(resultOf(anna, rubles, conversion))).toMatchObject([
      {
        customerId: anna.customerId,
        type: 'conversion_completed',
        data: {
          amountMinor: '1230',
          currency: 'EUR',
          boughtMinor: '113025',
          boughtCurrency: 'RUB',
          rate: '91.8902439024',
        },
      },
    ]);
  });

  it('for somebody else is told to both, to the recipient in what arrives', () => {
    const theirs = sampleAccount(boris.customerId, 'RUB');
    const [sent, received] = transferNewsOf(resultOf(anna, theirs, conversion));
    expect(sent).toMatchObject({
      type: 'transfer_sent',
      data: { amountMinor: '1230', boughtMinor: '113025' },
    });
    expect(received).toMatchObject({
      type: 'transfer_received',
      data: { amountMinor: '113025', currency: 'RUB' },
    });
    expect(received!.data).not.toHaveProperty('rate');
  });
});

it('any result, however often and in whatever case of its ids, gives the same ids, one for each person', () => {
  const people = fc.constantFrom(anna, annasOther, boris, bank);
  const more = fc.record({
    kind: fc.constantFrom('transfer', 'cash_deposit', 'conversion'),
    status: fc.constantFrom('completed', 'failed'),
    conversion: fc.constantFrom(undefined, termsOf('RUB')),
  }) as fc.Arbitrary<Partial<TransferResult>>;
  fc.assert(
    fc.property(people, people, more, (from, to, changed) => {
      const result = resultOf(from, to, changed);
      const loud = {
        ...result,
        transferId: result.transferId.toUpperCase(),
        customerId: result.customerId.toUpperCase(),
      };
      const ids = [result, loud, result].map((each) =>
        personalNewsOf(transferNewsOf(each), []).map(({ notificationId }) => notificationId),
      );
      expect(ids[1]).toEqual(ids[0]);
      expect(ids[2]).toEqual(ids[0]);
      const customers = transferNewsOf(result).map(({ customerId }) => customerId);
      expect(new Set(customers).size).toBe(customers.length);
    }),
  );
});

describe('accounts', () => {
  const SINCE = new Date('2026-11-20T00:00:00Z');
  const TODAY = '2026-11-26T10:00:00.000Z';
  const LONG_AGO = '2026-01-01T10:00:00.000Z';

  function seen(revision: number, status: 'active' | 'frozen' = 'active', publishedAt = TODAY): SeenState {
    return { state: stateOf(anna, { revision: String(revision), status }), publishedAt };
  }

  function types(states: SeenState[], before: KnownAccount[] = []): string[] {
    const known = new Map(before.map((one) => [one.accountId, one]));
    return accountNewsOf(states, known, SINCE).news.map(({ type }) => type);
  }

  const known = (status: 'active' | 'frozen', revision: bigint) => ({
    accountId: anna.accountId,
    status,
    revision,
  });

  it.each([
    ['opened when it is new', [seen(1)], [], ['account_opened']],
    ['opened, then frozen', [seen(1), seen(2, 'frozen')], [], ['account_opened', 'account_frozen']],
    ['frozen when that is all that is known', [seen(2, 'frozen')], [], ['account_frozen']],
    ['not at all when it was renamed before it was seen', [seen(4)], [], []],
    ['not at all when it is old news', [seen(1, 'active', LONG_AGO)], [], []],
    ['not at all when it was frozen long ago', [seen(2, 'frozen', LONG_AGO)], [], []],
    [
      'frozen, however late that is read',
      [seen(2, 'frozen', LONG_AGO)],
      [known('active', 1n)],
      ['account_frozen'],
    ],
    ['unfrozen', [seen(3)], [known('frozen', 2n)], ['account_unfrozen']],
    ['not when only its name changed', [seen(2)], [known('active', 1n)], []],
    ['not when a state comes again', [seen(2, 'frozen')], [known('frozen', 2n)], []],
    ['not when an old state comes late', [seen(1)], [known('frozen', 2n)], []],
    ['not when a batch repeats it', [seen(1), seen(1)], [], ['account_opened']],
  ])('are told of as %s', (_what, states, before, expected) => {
    expect(types(states, before as KnownAccount[])).toEqual(expected);
  });

  it('of the bank are nobody’s', () => {
    const own = { state: stateOf(bank), publishedAt: TODAY };
    expect(accountNewsOf([own], new Map(), SINCE)).toEqual({ news: [], again: [], known: [] });
  });

  it('tell the same whether states come once, again, or in several batches', () => {
    const statuses = fc.array(fc.constantFrom('active' as const, 'frozen' as const), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(statuses, fc.integer({ min: 1, max: 12 }), (all, cut) => {
        const states = all.map((status, index) => seen(index + 1, status));
        const together = types(states);
        const first = accountNewsOf(states.slice(0, cut), new Map(), SINCE);
        const before = new Map(first.known.map((one) => [one.accountId, one]));
        // The second batch begins with what the first one ended with.
        const second = accountNewsOf(states, before, SINCE);
        expect([...first.news, ...second.news].map(({ type }) => type)).toEqual(together);
      }),
    );
  });
});

describe('what services ask for', () => {
  const request: NotificationRequest = {
    notificationId: randomUUID(),
    type: 'announcement',
    data: { titleEn: 'Closed' },
    occurredAt: '2026-11-26T10:00:00Z',
  };

  it('without a customer goes to all operators, each with an id of their own', () => {
    const news = requestedNewsOf(request);
    expect(news.customerId).toBe(OPERATORS);
    const operators = [randomUUID(), randomUUID()];
    expect(personalNewsOf([news, news], operators).map(({ notificationId }) => notificationId)).toEqual(
      operators.map((operator) => notificationIdOf(news.eventId, operator)),
    );
  });

  it('is kept flat, bounded and without account numbers or what cannot be stored', () => {
    const data = {
      text: `pay ${anna.number} \u0000 now \ud83c`,
      long: 'x'.repeat(5_000),
      nested: { account: anna.number },
      count: 3,
      ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`field${index}`, true])),
    } as unknown as NotificationRequest['data'];
    const { data: safe } = requestedNewsOf({ ...request, data });
    expect(safe.text).toBe(`pay …${anna.number.slice(-4)}  now `);
    expect(safe.long).toHaveLength(2_000);
    expect(safe).not.toHaveProperty('nested');
    expect(safe.count).toBe(3);
    expect(Object.keys(safe).length).toBeLessThanOrEqual(40);
  });
});

it('a sign-in says with what and when', () => {
  const event = {
    eventId: randomUUID(),
    customerId: randomUUID(),
    type: 'sign_in',
    occurredAt: '2026-11-26T10:00:00Z',
  } as const;
  expect(securityNewsOf({ ...event, device: 'Firefox on Linux' })).toMatchObject({
    type: 'sign_in',
    customerId: event.customerId,
    data: { device: 'Firefox on Linux', at: event.occurredAt },
  });
  expect(securityNewsOf(event).data.device).toBeNull();
});

describe('a changed rate', () => {
  it.each([
    ['80', '81', '1.25'],
    ['80.0000000000', '79.2', '-1.00'],
    ['0.0006', '0.0006000001', '0.00'],
    ['100', '99.9999', '0.00'],
    ['1', '3', '200.00'],
    [null, '3', null],
    ['3', null, null],
    ['0', '1', null],
    ['x', '1', null],
  ])('from %s to %s is %s percent', (before, now, percent) => {
    expect(percentBetween(before, now)).toBe(percent);
  });

  it('is told once to each follower', () => {
    const change = changeOf('USD', '80', '81');
    expect(rateNewsOf(change, anna.customerId!)).toEqual(rateNewsOf({ ...change }, anna.customerId!));
    expect(rateNewsOf(change, anna.customerId!).eventId).not.toBe(
      rateNewsOf({ ...change, source: 'ecb' }, anna.customerId!).eventId,
    );
  });
});
