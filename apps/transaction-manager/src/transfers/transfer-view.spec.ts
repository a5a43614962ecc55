import { randomUUID } from 'node:crypto';
import { stepsOf, viewOf, type RegisteredTransfer } from './transfer-view.js';

const anna = randomUUID();
const boris = randomUUID();

const at = (second: number) => new Date(Date.UTC(2026, 9, 1, 12, 0, second));

function registered(more: Partial<RegisteredTransfer> = {}): RegisteredTransfer {
  return {
    ordinal: '7',
    transferId: randomUUID(),
    requestId: randomUUID(),
    customerId: anna,
    creditCustomerId: boris,
    kind: 'transfer',
    status: 'completed',
    reason: null,
    debitAccountId: randomUUID(),
    creditAccountId: randomUUID(),
    creditAccountNumber: 'QP76KPCK000012345678',
    amountMinor: '1250',
    currency: 'EUR',
    reference: 'Rent',
    endToEndId: 'E2E-1',
    requestedAt: at(0),
    conversion: null,
    acceptedAt: at(1),
    settledAt: at(2),
    forwardCount: 1,
    isDecidedByLedger: true,
    ...more,
  };
}

const pending = {
  status: 'pending',
  settledAt: null,
  creditAccountId: null,
  creditCustomerId: null,
  isDecidedByLedger: false,
} as const;

describe('the view of a transfer', () => {
  const transfer = registered();

  it('shows the sender all of it', () => {
    expect(viewOf(transfer, anna)).toEqual({
      transferId: transfer.transferId,
      kind: 'transfer',
      status: 'completed',
      reason: null,
      direction: 'outgoing',
      debitAccountId: transfer.debitAccountId,
      creditAccountId: transfer.creditAccountId,
      creditAccountNumber: 'QP76KPCK000012345678',
      amountMinor: '1250',
      currency: 'EUR',
      reference: 'Rent',
      endToEndId: 'E2E-1',
      conversion: null,
      requestedAt: '2026-10-01T12:00:00.000Z',
      settledAt: '2026-10-01T12:00:02.000Z',
      requestId: transfer.requestId,
    });
  });

  it('shows the recipient what came, not from which account or by which attempt', () => {
    expect(viewOf(transfer, boris)).toEqual({
      ...viewOf(transfer, anna),
      direction: 'incoming',
      debitAccountId: null,
      requestId: null,
    });
  });

  it('shows an operator what the sender sees', () => {
    expect(viewOf(transfer, undefined)).toEqual(viewOf(transfer, anna));
  });

  it('calls a transfer between own accounts internal, and hides nothing of it', () => {
    const own = registered({ creditCustomerId: anna });
    expect(viewOf(own, anna)).toMatchObject({ direction: 'internal', debitAccountId: own.debitAccountId });
  });

  it('has no end while it is pending', () => {
    expect(viewOf(registered(pending), anna)).toMatchObject({ status: 'pending', settledAt: null });
  });
});

describe('the steps of a transfer', () => {
  const brief = (transfer: RegisteredTransfer, reforwardedAt: Date[] = []) =>
    stepsOf(transfer, reforwardedAt).map(({ type, service }) => `${type} by ${service}`);

  it('go from the gateway to the ledger', () => {
    expect(stepsOf(registered(), [])).toEqual([
      { type: 'requested', at: '2026-10-01T12:00:00.000Z', service: 'gateway', detail: null },
      { type: 'accepted', at: '2026-10-01T12:00:01.000Z', service: 'transaction-manager', detail: null },
      { type: 'forwarded', at: '2026-10-01T12:00:01.000Z', service: 'transaction-manager', detail: null },
      { type: 'completed', at: '2026-10-01T12:00:02.000Z', service: 'transaction', detail: null },
    ]);
  });

  it('end where it has got to', () => {
    expect(brief(registered(pending)).at(-1)).toBe('forwarded by transaction-manager');
  });

  it.each([
    [
      'the transaction-manager, which forwarded nothing',
      { forwardCount: 0, isDecidedByLedger: false },
      'transaction-manager',
    ],
    ['the ledger', { forwardCount: 1, isDecidedByLedger: true }, 'transaction'],
    [
      'the ledger, for a request that never came here',
      { forwardCount: 0, isDecidedByLedger: true },
      'transaction',
    ],
  ])('tell a refusal by %s', (_, decided, service) => {
    const refused = registered({ status: 'failed', reason: 'same_account', ...decided });
    const steps = stepsOf(refused, []);
    expect(steps.at(-1)).toMatchObject({ type: 'refused', service, detail: 'same_account' });
    expect(steps.some(({ type }) => type === 'forwarded')).toBe(decided.forwardCount > 0);
  });

  it('tell each repeat', () => {
    const steps = stepsOf(registered({ forwardCount: 3 }), [at(6), at(16)]);
    expect(steps.filter(({ type }) => type === 'reforwarded')).toEqual(
      [6, 16].map((second) => ({
        type: 'reforwarded',
        at: at(second).toISOString(),
        service: 'transaction-manager',
        detail: 'no result had come',
      })),
    );
  });

  it('tell the total with the last repeat when there were more', () => {
    const steps = stepsOf(registered({ forwardCount: 101 }), [at(6), at(16)]);
    const details = steps.filter(({ type }) => type === 'reforwarded').map(({ detail }) => detail);
    expect(details).toEqual(['no result had come', 'no result had come; sent again 100 times in all']);
  });
});
