import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import {
  isRefusal,
  TOPICS,
  type ConversionRequest,
  type CreateQuote,
  type QuoteView,
  type TransferRequest,
} from '@kopeck/contracts';
import { HEADERS, type Outgoing } from '@kopeck/kafka';
import { ConverterOnPostgresql, type Replica } from '../testing/converter-on-postgresql.js';

const REPLY_TOPIC = 'replies.gateway-1';

describe('quotes and what becomes of them, on PostgreSQL', () => {
  let converter: ConverterOnPostgresql;
  let replica: Replica;
  const customerId = randomUUID();

  beforeAll(async () => {
    converter = await ConverterOnPostgresql.create();
    replica = converter.replica({ RATE_SOURCES: 'bank-of-russia', QUOTE_TTL_MS: 60_000 });
    await converter.say(replica, '96');
  }, 30_000);

  afterAll(() => converter?.drop(), 30_000);

  const asked = (more: Partial<CreateQuote> = {}): CreateQuote => ({
    quoteId: randomUUID(),
    customerId,
    debitAccountId: randomUUID(),
    creditAccountNumber: 'QP76KPCK000012345678',
    sellCurrency: 'EUR',
    buyCurrency: 'RUB',
    sellMinor: '10000',
    ...more,
  });

  async function quoted(more: Partial<CreateQuote> = {}): Promise<QuoteView> {
    const view = await replica.giving.create(asked(more));
    if (isRefusal(view)) throw new Error(view.detail);
    return view;
  }

  const request = (quoteId: string, more: Partial<ConversionRequest> = {}): ConversionRequest => ({
    transferId: randomUUID(),
    requestId: randomUUID(),
    customerId,
    quoteId,
    requestedAt: '2026-10-01T12:00:00.000Z',
    ...more,
  });

  const take = (by: Replica, ...requests: ConversionRequest[]): Promise<Outgoing[]> =>
    by.using.take(requests.map((each) => ({ request: each, replyTopic: REPLY_TOPIC })));

  const requestsIn = (messages: Outgoing[]) =>
    messages
      .filter(({ topic }) => topic === TOPICS.transferRequests.name)
      .map(({ value }) => value as TransferRequest);

  it('lock a rate: what the source says later changes nothing', async () => {
    const quote = await quoted();
    expect(quote).toMatchObject({
      status: 'open',
      sellMinor: '10000',
      buyMinor: '955200',
      rate: '95.5200000000',
    });
    expect(Date.parse(quote.expiresAt) - Date.parse(quote.createdAt)).toBe(60_000);
    await converter.say(replica, '97');
    expect(await replica.giving.read({ quoteId: quote.quoteId, customerId })).toEqual(quote);
    const [taken] = requestsIn(await take(replica, request(quote.quoteId)));
    expect(taken).toMatchObject({
      kind: 'conversion',
      amountMinor: '10000',
      conversion: { buyMinor: '955200' },
    });
    const { status, transferId, ...text } = quote;
    expect([status, transferId]).toEqual(['open', null]);
    expect(taken!.conversion!.quote).toEqual(text);
    await converter.say(replica, '96');
  });

  it('are the same when asked for again, and nobody else’s to see', async () => {
    const wanted = asked();
    const first = await replica.giving.create(wanted);
    expect(await replica.giving.create(wanted)).toEqual(first);
    const stranger = { quoteId: wanted.quoteId, customerId: randomUUID() };
    expect(await replica.giving.read(stranger)).toMatchObject({ refused: true, code: 'not_found' });
  });

  it.each<[string, Partial<CreateQuote>]>([
    ['validation_failed', { buyCurrency: 'EUR' }],
    ['rate_unknown', { buyCurrency: 'KWD' }],
    ['amount_too_small', { sellCurrency: 'KZT', buyCurrency: 'EUR', sellMinor: '1' }],
    ['limit_exceeded', { sellMinor: '999999999999999' }],
  ])('are refused with %s', async (code, more) => {
    expect(await replica.giving.create(asked(more))).toMatchObject({ refused: true, code });
  });

  it('are used once, however many race for them', async () => {
    const replicas = [replica, converter.replica({}, await converter.anotherDatabase())];
    const { quoteId } = await quoted();
    const messages = await Promise.all(
      Array.from({ length: 50 }, (_, index) => take(replicas[index % 2]!, request(quoteId))),
    );
    const refusals = requestsIn(messages.flat()).map(({ refusal }) => refusal ?? 'bound');
    expect(refusals.filter((refusal) => refusal === 'bound')).toHaveLength(1);
    expect(refusals.filter((refusal) => refusal === 'quote_used')).toHaveLength(49);
    expect(await replica.giving.read({ quoteId, customerId })).toMatchObject({ status: 'used' });
  });

  it('give the same messages when the same batch comes again, after a crash or beside another process', async () => {
    const [one, other] = [await quoted(), await quoted()];
    const batch = [
      request(one.quoteId, { reference: 'Holiday' }),
      request(one.quoteId),
      request(other.quoteId, { endToEndId: 'E2E-1' }),
      request(randomUUID()),
    ];
    const first = await take(replica, ...batch);
    expect(requestsIn(first).map(({ refusal }) => refusal)).toEqual([undefined, 'quote_used', undefined]);
    const another = converter.replica({}, await converter.anotherDatabase());
    for (const by of [replica, another]) expect(await take(by, ...batch)).toEqual(first);
  });

  it('are decided once when two processes take the same batch at the same time', async () => {
    const another = converter.replica({}, await converter.anotherDatabase());
    for (let round = 0; round < 10; round++) {
      const batch = await Promise.all(
        Array.from({ length: 5 }, async () => request((await quoted()).quoteId)),
      );
      const [one, two] = await Promise.all([take(replica, ...batch), take(another, ...batch.toReversed())]);
      expect(requestsIn(two).reverse()).toEqual(requestsIn(one));
      expect(requestsIn(one).map(({ refusal }) => refusal)).toEqual(batch.map(() => undefined));
    }
  });

  it.each([
    [-1, undefined],
    [0, 'quote_expired'],
    [1, 'quote_expired'],
  ])('%i ms after its end by the database’s clock: %p', async (offset, refusal) => {
    const { quoteId } = await quoted();
    // The clock stands still for as long as the test looks: the end is put where "now" will be.
    const frozen = await converter.temporary.query<{ at: Date }>(
      `UPDATE fx.quote SET created_at = created_at - interval '1 hour', expires_at = $2 WHERE id = $1 RETURNING expires_at AS at`,
      [quoteId, new Date(Date.now() + 30_000 - offset)],
    );
    const now = new Date(frozen[0]!.at.getTime() + offset);
    const standing = converter.replica({}, converter.database, now);
    expect(requestsIn(await take(standing, request(quoteId)))).toMatchObject([
      refusal === undefined ? { conversion: { quoteId } } : { refusal },
    ]);
  });

  it('of somebody else, or of none, and another quote under a key are told to that attempt alone', async () => {
    const [mine, other] = [await quoted(), await quoted()];
    const strange = request(mine.quoteId, { customerId: randomUUID() });
    const first = request(mine.quoteId);
    await take(replica, first);
    const reused = { ...first, requestId: randomUUID(), quoteId: other.quoteId };
    const messages = await take(replica, strange, request(randomUUID()), reused);
    expect(messages.map(({ topic, value }) => [topic, (value as { code: string }).code])).toEqual([
      [REPLY_TOPIC, 'quote_not_found'],
      [REPLY_TOPIC, 'quote_not_found'],
      [REPLY_TOPIC, 'idempotency_key_reused'],
    ]);
    expect(messages[0]!.headers).toEqual({ [HEADERS.correlationId]: strange.requestId });
    expect(await replica.giving.read({ quoteId: other.quoteId, customerId })).toMatchObject({
      status: 'open',
    });
  });

  it('that nobody used are forgotten after a while, those that somebody tried are not', async () => {
    const [unused, tried] = [await quoted(), await quoted()];
    await converter.temporary.query(
      `UPDATE fx.quote SET created_at = created_at - interval '8 days', expires_at = expires_at - interval '8 days'
        WHERE id = ANY($1::uuid[])`,
      [[unused.quoteId, tried.quoteId]],
    );
    await take(replica, request(tried.quoteId));
    expect(await replica.quotes.forgetUnused(7, 100)).toBe(1);
    expect(await replica.giving.read({ quoteId: unused.quoteId, customerId })).toMatchObject({
      code: 'not_found',
    });
    expect(await replica.giving.read({ quoteId: tried.quoteId, customerId })).toMatchObject({
      status: 'expired',
    });
  });
});
