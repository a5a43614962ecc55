import {
  refusal,
  TOPICS,
  type AttemptAnswer,
  type Refusal,
  type TransferRequest,
  type TransferView,
} from '@kopeck/contracts';
import { BrokerUnavailable, HEADERS, OutcomeUnknown, Overloaded, type Outgoing } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import type { GatewaySettings } from '../gateway.settings.js';
import { attemptAtTransfer } from './attempt.js';
import { RecentOutcomes } from './recent-outcomes.js';
import { TransferDesk } from './transfer-desk.service.js';
import { requestOf, resultOf, viewOf } from './transfer.samples.js';

const LONG_MS = 20_000;
const SHORT_MS = 5;

/** A producer and a question client that do what a test tells them. */
class Kafka {
  readonly sent: Outgoing[] = [];
  readonly expected = new Map<string, (answer: AttemptAnswer) => void>();
  readonly replyTopic = 'replies.gateway-test';
  sending: () => Promise<void> = async () => undefined;
  answer: () => Promise<TransferView | Refusal> = async () => refusal('not_found', 'unknown');

  async send(messages: Outgoing[]): Promise<void> {
    this.sent.push(...messages);
    await this.sending();
  }

  ask(): Promise<TransferView | Refusal> {
    return this.answer();
  }

  expect(id: string, onReply: (answer: AttemptAnswer) => void): () => void {
    this.expected.set(id, onReply);
    return () => this.expected.delete(id);
  }
}

function deskWith(kafka: Kafka, limit = 100): TransferDesk {
  const settings = { MAX_WAITING_TRANSFERS: limit } as GatewaySettings;
  return new TransferDesk(kafka as never, kafka as never, new RecentOutcomes(), settings, new Metrics());
}

describe('the transfer desk', () => {
  let kafka: Kafka;
  let desk: TransferDesk;
  let request: TransferRequest;

  beforeEach(() => {
    kafka = new Kafka();
    desk = deskWith(kafka);
    request = requestOf({});
  });

  afterEach(() => expect(kafka.expected.size).toBe(0));

  it('sends the request keyed by the debited account, with where to answer', async () => {
    const outcome = desk.attempt(attemptAtTransfer(request), LONG_MS);
    desk.onResult(resultOf(request));
    await outcome;
    expect(kafka.sent).toEqual([
      {
        topic: TOPICS.transferRequests.name,
        key: request.debitAccountId,
        value: request,
        type: 'kopeck.transfer.requested.v1',
        id: request.requestId,
        headers: {
          [HEADERS.replyTopic]: 'replies.gateway-test',
          [HEADERS.correlationId]: request.requestId,
        },
      },
    ]);
  });

  it('ends with the result, also when it overtakes the acknowledgement', async () => {
    kafka.sending = () => new Promise(() => undefined);
    const outcome = desk.attempt(attemptAtTransfer(request), LONG_MS);
    desk.onResult(resultOf(requestOf({})));
    desk.onResult(resultOf(request));
    expect(await outcome).toEqual({ kind: 'finished', result: resultOf(request), isReplay: false });
  });

  it("knows a replay by the first attempt's request id", async () => {
    const outcome = desk.attempt(attemptAtTransfer(request), LONG_MS);
    kafka.expected.get(request.requestId)!({
      requestId: request.requestId,
      outcome: 'finished',
      result: resultOf(request, { requestId: 'another' }),
    });
    expect(await outcome).toMatchObject({ kind: 'finished', isReplay: true });
  });

  it('gives parallel attempts one result, of which one is the first', async () => {
    const attempts = Array.from({ length: 100 }, (_, index) => ({
      ...request,
      requestId: `attempt-${index}`,
    }));
    const outcomes = attempts.map((attempt) => desk.attempt(attemptAtTransfer(attempt), LONG_MS));
    desk.onResult(resultOf(attempts[42]!));
    const settled = await Promise.all(outcomes);
    expect(settled.filter((outcome) => outcome.kind === 'finished' && !outcome.isReplay)).toHaveLength(1);
    expect(settled.every((outcome) => outcome.kind === 'finished')).toBe(true);
  });

  it("never takes another payload's result for its own", async () => {
    const other = { ...request, requestId: 'another', amountMinor: '999' };
    const outcome = desk.attempt(attemptAtTransfer(other), LONG_MS);
    desk.onResult(resultOf(request));
    expect(await outcome).toMatchObject({ kind: 'rejected' });
  });

  it('passes on that a key was reused', async () => {
    const outcome = desk.attempt(attemptAtTransfer(request), LONG_MS);
    kafka.expected.get(request.requestId)!({
      requestId: request.requestId,
      outcome: 'rejected',
      code: 'idempotency_key_reused',
      detail: 'used before',
    });
    expect(await outcome).toEqual({
      kind: 'rejected',
      code: 'idempotency_key_reused',
      detail: 'used before',
    });
  });

  it('says at once that the broker took nothing', async () => {
    kafka.sending = () => Promise.reject(new BrokerUnavailable('down'));
    await expect(desk.attempt(attemptAtTransfer(request), LONG_MS)).rejects.toBeInstanceOf(BrokerUnavailable);
    await expect(desk.attempt(attemptAtTransfer(request), 0)).rejects.toBeInstanceOf(BrokerUnavailable);
  });

  it('goes on waiting when nobody knows whether the broker took it', async () => {
    kafka.sending = () => Promise.reject(new OutcomeUnknown('lost'));
    const outcome = desk.attempt(attemptAtTransfer(request), LONG_MS);
    await Promise.resolve();
    desk.onResult(resultOf(request));
    expect(await outcome).toMatchObject({ kind: 'finished' });
    expect(await desk.attempt(attemptAtTransfer(request), 0)).toEqual({ kind: 'pending' });
  });

  it('does not wait when told not to', async () => {
    expect(await desk.attempt(attemptAtTransfer(request), 0)).toEqual({ kind: 'pending' });
    expect(kafka.sent).toHaveLength(1);
  });

  it('asks once when the time is up, and is pending when nobody knows', async () => {
    expect(await desk.attempt(attemptAtTransfer(request), SHORT_MS)).toEqual({ kind: 'pending' });
    kafka.answer = () => Promise.reject(new Error('no answer'));
    expect(await desk.attempt(attemptAtTransfer(request), SHORT_MS)).toEqual({ kind: 'pending' });
    kafka.answer = async () => ({ ...viewOf(resultOf(request)), status: 'pending' });
    expect(await desk.attempt(attemptAtTransfer(request), SHORT_MS)).toEqual({ kind: 'pending' });
  });

  it('takes what the transaction-manager knows when the result passed by', async () => {
    const view = viewOf(resultOf(request));
    kafka.answer = async () => view;
    expect(await desk.attempt(attemptAtTransfer(request), SHORT_MS)).toEqual({
      kind: 'found',
      view,
      isReplay: false,
    });
    const other = { ...request, amountMinor: '1' };
    expect(await desk.attempt(attemptAtTransfer(other), SHORT_MS)).toMatchObject({ kind: 'rejected' });
  });

  it('waits for the acknowledgement before it says 202', async () => {
    let acknowledge = (): void => undefined;
    kafka.sending = () => new Promise((resolve) => (acknowledge = resolve));
    let outcome: unknown;
    const attempt = desk.attempt(attemptAtTransfer(request), SHORT_MS).then((settled) => (outcome = settled));
    await new Promise((resolve) => setTimeout(resolve, SHORT_MS * 4));
    expect(outcome).toBeUndefined();
    acknowledge();
    await attempt;
    expect(outcome).toEqual({ kind: 'pending' });
  });

  it('takes no more than its limit', async () => {
    desk = deskWith(kafka, 1);
    const first = desk.attempt(attemptAtTransfer(request), LONG_MS);
    await expect(desk.attempt(attemptAtTransfer(requestOf({})), LONG_MS)).rejects.toBeInstanceOf(Overloaded);
    desk.onResult(resultOf(request));
    await first;
    const next = requestOf({});
    const second = desk.attempt(attemptAtTransfer(next), LONG_MS);
    desk.onResult(resultOf(next));
    await second;
  });

  it('tells who still waits at the end that it is pending', async () => {
    const outcome = desk.attempt(attemptAtTransfer(request), LONG_MS);
    desk.beforeApplicationShutdown();
    expect(await outcome).toEqual({ kind: 'pending' });
  });
});
