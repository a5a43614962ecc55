import {
  REFUSAL_REASONS,
  type TransferRequest,
  type TransferResult,
  type TransferView,
} from '@kopeck/contracts';
import { finalAnswer, pendingAnswer } from './transfer-answer.js';
import {
  isSamePayload,
  pendingTransferOf,
  refusalWordsOf,
  transferOfResult,
  transferOfView,
} from './transfer.js';
import { requestOf, resultOf, viewOf } from './transfer.samples.js';

const ANNA = '11111111-1111-4111-8111-111111111111';
const BORIS = '22222222-2222-4222-8222-222222222222';

describe('a transfer as REST shows it', () => {
  it('is the same from the result and from what the transaction-manager stored', () => {
    const result = resultOf(requestOf({ customerId: ANNA }), { creditCustomerId: BORIS });
    expect(transferOfView(viewOf(result), 'parties')).toEqual(transferOfResult(result));
  });

  it("hides the other side's account ids from parties, not from operators", () => {
    const result = resultOf(requestOf({ customerId: ANNA }), { creditCustomerId: BORIS });
    expect(transferOfResult(result).creditAccountId).toBeNull();
    const incoming: TransferView = { ...viewOf(result), direction: 'incoming' };
    expect(transferOfView(incoming, 'parties').debitAccountId).toBeNull();
    expect(transferOfView(incoming, 'operator')).toMatchObject({
      debitAccountId: result.debitAccountId,
      creditAccountId: result.creditAccountId,
    });
    const own = resultOf(requestOf({ customerId: ANNA }), { creditCustomerId: ANNA });
    expect(transferOfResult(own).creditAccountId).toBe(own.creditAccountId);
  });

  it('is pending with the facts of its request', () => {
    const request = requestOf({ amountMinor: '5', currency: 'JPY', reference: 'tea' });
    expect(pendingTransferOf(request)).toMatchObject({
      status: 'pending',
      instructedAmount: { amount: '5', currency: 'JPY' },
      reference: 'tea',
      settledAt: null,
    });
  });
});

describe('the answer to a POST', () => {
  const request = requestOf({});

  it('is 201 with the transfer, marked when replayed, with the same body', () => {
    const transfer = transferOfResult(resultOf(request));
    const first = finalAnswer(transfer, '/t/1', false);
    const replay = finalAnswer(transferOfResult(resultOf(request)), '/t/1', true);
    expect(first).toMatchObject({ status: 201, headers: { location: '/t/1' } });
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(replay.headers).toHaveProperty('idempotent-replayed', 'true');
    expect(JSON.stringify(replay.body)).toBe(JSON.stringify(first.body));
  });

  it('is a 422 problem for a refusal: the code is the reason, the instance the transfer', () => {
    const refused = resultOf(request, { status: 'failed', reason: 'insufficient_funds', entries: [] });
    const first = finalAnswer(transferOfResult(refused), '/t/1', false);
    expect(first).toMatchObject({
      status: 422,
      headers: { 'content-type': 'application/problem+json' },
      body: {
        code: 'insufficient_funds',
        instance: '/t/1',
        status: 422,
        transferId: request.transferId,
        detail: expect.stringContaining('No money moved') as string,
      },
    });
    expect(finalAnswer(transferOfResult(refused), '/t/1', true).body).toEqual(first.body);
  });

  it('is 202 while nobody knows', () => {
    expect(pendingAnswer(pendingTransferOf(request), '/t/1')).toMatchObject({
      status: 202,
      headers: { location: '/t/1', 'retry-after': '1' },
      body: { status: 'pending' },
    });
  });

  it.each(REFUSAL_REASONS)('has words for %s', (reason) => {
    expect(refusalWordsOf(reason)).toMatch(/\. No money moved\. .+\.$/);
  });
});

describe('another request under the same key', () => {
  const request = requestOf({ reference: 'rent' });
  const stored: TransferResult = resultOf(request);

  it('is told from a repeat by each of its facts', () => {
    expect(isSamePayload(request, stored)).toBe(true);
    const others: Partial<TransferRequest>[] = [
      { kind: 'cash_deposit' },
      { debitAccountId: BORIS },
      { creditAccountNumber: 'QP00KPCK000000000009' },
      { amountMinor: '1' },
      { currency: 'USD' },
      { reference: undefined },
      { endToEndId: 'x' },
    ];
    for (const other of others) expect(isSamePayload({ ...request, ...other }, stored)).toBe(false);
  });
});
