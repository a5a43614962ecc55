import { randomUUID } from 'node:crypto';
import type { TransferRequest } from '@kopeck/contracts';
import fc from 'fast-check';
import { payloadHashOf } from './payload-hash.js';
import { account, request, resultOf } from './testing/sample-transfers.js';

const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
const requests: fc.Arbitrary<TransferRequest> = fc
  .record({
    amountMinor: fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }).map(String),
    kind: fc.constantFrom('transfer' as const, 'cash_deposit' as const),
    currency: fc.constantFrom('EUR', 'JPY'),
    reference: fc.option(text, { nil: undefined }),
    endToEndId: fc.option(text, { nil: undefined }),
  })
  .map(({ reference, endToEndId, ...more }) =>
    request(account(), account(), {
      ...more,
      ...(reference && { reference }),
      ...(endToEndId && { endToEndId }),
    }),
  );

/** What a customer asks for; each of these changed is another payload. */
const CHANGES: { [field: string]: (asked: TransferRequest) => Partial<TransferRequest> } = {
  kind: ({ kind }) => ({ kind: kind === 'transfer' ? 'cash_deposit' : 'transfer' }),
  debitAccountId: () => ({ debitAccountId: randomUUID() }),
  creditAccountNumber: () => ({ creditAccountNumber: account().number }),
  amountMinor: ({ amountMinor }) => ({ amountMinor: (BigInt(amountMinor) + 1n).toString() }),
  currency: ({ currency }) => ({ currency: currency === 'EUR' ? 'JPY' : 'EUR' }),
  reference: ({ reference }) => ({ reference: `${reference ?? ''}.` }),
  endToEndId: ({ endToEndId }) => ({ endToEndId: `${endToEndId ?? ''}.` }),
};

describe('the hash of a payload', () => {
  it('is the same whatever the attempt', () => {
    fc.assert(
      fc.property(requests, fc.uuid(), fc.date({ noInvalidDate: true }), (asked, requestId, at) => {
        const again = {
          ...asked,
          requestId,
          requestedAt: at.toISOString(),
          debitAccountId: asked.debitAccountId.toUpperCase(),
        };
        expect(payloadHashOf(again)).toEqual(payloadHashOf(asked));
      }),
    );
  });

  it.each(Object.keys(CHANGES))('is another one when %s changes', (field) => {
    fc.assert(
      fc.property(requests, (asked) => {
        const changed = { ...asked, ...CHANGES[field]!(asked) };
        expect(payloadHashOf(changed)).not.toEqual(payloadHashOf(asked));
      }),
    );
  });

  it('keeps fields apart: what moves from one to the next is another payload', () => {
    const asked = request(account(), account());
    expect(payloadHashOf({ ...asked, reference: 'A' })).not.toEqual(
      payloadHashOf({ ...asked, endToEndId: 'A' }),
    );
  });

  it('is that of the result too, so that a result tells what was asked for', () => {
    fc.assert(
      fc.property(requests, (asked) => {
        expect(payloadHashOf(resultOf(asked, null))).toEqual(payloadHashOf(asked));
      }),
    );
  });

  it('is 32 bytes long, as the register wants it', () => {
    expect(payloadHashOf(request(account(), account()))).toHaveLength(32);
  });
});
