import {
  CONVERSION_QUESTIONS,
  refusal,
  TOPICS,
  TRANSFER_QUESTIONS,
  transferIdOf,
  type ConversionRequest,
  type TransferRequest,
  type TransferResult,
} from '@kopeck/contracts';
import { DeadlineExceeded, HEADERS } from '@kopeck/kafka';
import { AGREED as agreed, quoteOf, termsOf } from '../quotes/quote.samples.js';
import { callGateway, expectProblem, type CallOptions } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { requestOf, resultOf, viewOf } from '../transfers/transfer.samples.js';

const quote = quoteOf();
const { customerId: CUSTOMER_ID, debitAccountId: ACCOUNT_ID, quoteId } = quote;

/** What becomes of a conversion: a transfer of its own. */
function resultOfConversion(request: ConversionRequest, facts: Partial<TransferResult> = {}): TransferResult {
  const transfer: TransferRequest = requestOf({
    transferId: request.transferId,
    requestId: request.requestId,
    customerId: CUSTOMER_ID,
    kind: 'conversion',
    debitAccountId: ACCOUNT_ID,
    creditAccountNumber: quote.creditAccountNumber,
    amountMinor: quote.sellMinor,
    currency: 'EUR',
    reference: request.reference,
    endToEndId: request.endToEndId,
    conversion: termsOf({ ...quote, quoteId: request.quoteId }),
  });
  return resultOf(transfer, { creditCustomerId: CUSTOMER_ID, ...facts });
}

describe('conversions over HTTP', () => {
  let gateway: GatewayUnderTest;
  let anna: string;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.answers = {};
    gateway.services.onSend = () => undefined;
    gateway.services.sent.length = 0;
    gateway.services.asked.length = 0;
    gateway.state.hints.clear();
    anna = gateway.signIn('customer', CUSTOMER_ID);
  });

  const call = (path: string, options: CallOptions = {}) =>
    callGateway(gateway, path, { as: anna, ...options });
  const convert = (body: unknown = { quoteId }, headers: Record<string, string> = {}) =>
    call('/conversions', { method: 'POST', body, headers: { 'idempotency-key': 'key-1', ...headers } });
  const onRequest = (settle: (request: ConversionRequest) => void) => {
    gateway.services.onSend = (request) => settle(request as unknown as ConversionRequest);
  };

  it('go to the converter under the transfer’s own id, and come back as a transfer with its receipt', async () => {
    onRequest((request) => gateway.desk.onResult(resultOfConversion(request)));
    const answer = await convert({ quoteId: quoteId.toUpperCase(), reference: 'Holidays' });
    const id = transferIdOf(CUSTOMER_ID, 'key-1');
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe(`/api/v1/transfers/${id}`);
    expect(answer.body).toMatchObject({
      id,
      kind: 'conversion',
      status: 'completed',
      instructedAmount: { amount: '100.00', currency: 'EUR' },
      reference: 'Holidays',
    });
    expect(answer.body.conversion).toEqual({
      settledAmount: { amount: '9194.50', currency: 'RUB' },
      exchangeRate: '91.9450645000',
      quote: agreed,
    });
    const [sent] = gateway.services.sent;
    const { requestId } = sent!.value as ConversionRequest;
    expect(sent).toMatchObject({
      topic: TOPICS.conversionRequests.name,
      key: quoteId,
      id: requestId,
      headers: { [HEADERS.replyTopic]: 'replies.gateway-test', [HEADERS.correlationId]: requestId },
      value: { transferId: id, customerId: CUSTOMER_ID, quoteId },
    });
    expect(gateway.services.asked).toEqual([]);
  });

  it('are the same answer again, marked, for a repeat', async () => {
    let first: ConversionRequest | undefined;
    onRequest((request) => gateway.desk.onResult(resultOfConversion((first ??= request))));
    const [one, two] = [await convert(), await convert()];
    expect([two.status, two.text]).toEqual([201, one.text]);
    expect(one.headers['idempotent-replayed']).toBeUndefined();
    expect(two.headers['idempotent-replayed']).toBe('true');
  });

  it('under a key used for another quote, or for a plain transfer, are refused', async () => {
    let first: ConversionRequest | undefined;
    onRequest((request) => gateway.desk.onResult(resultOfConversion((first ??= request))));
    await convert();
    expectProblem(await convert({ quoteId: CUSTOMER_ID }), 422, 'idempotency_key_reused');
    expectProblem(await convert({ quoteId, reference: 'x' }), 422, 'idempotency_key_reused');
    onRequest(({ transferId }) => gateway.desk.onResult(resultOf(requestOf({ transferId }))));
    expectProblem(await convert(), 422, 'idempotency_key_reused');
  });

  it.each([
    ['idempotency_key_reused', undefined],
    ['quote_not_found', '#/quoteId'],
  ] as const)('are told %s by the converter', async (code, pointer) => {
    onRequest(({ requestId }) =>
      gateway.services.reply({ requestId, outcome: 'rejected', code, detail: 'Said by the converter.' }),
    );
    const answer = await convert();
    expectProblem(answer, 422, code);
    expect(answer.body.errors?.[0].pointer).toBe(pointer);
  });

  it.each(['quote_expired', 'quote_used'] as const)('end for good with %s', async (reason) => {
    let first: ConversionRequest | undefined;
    onRequest((request) =>
      gateway.desk.onResult(resultOfConversion((first ??= request), { status: 'failed', reason })),
    );
    const [one, two] = [await convert(), await convert()];
    expectProblem(one, 422, reason);
    expect(one.body).toMatchObject({ transferId: first!.transferId });
    expect(one.body.detail).toMatch(/No money moved/);
    expect(two.text).toBe(one.text);
  });

  describe('that nobody waits for', () => {
    const later = { prefer: 'respond-async' };

    it('are 202 with what the quote says, and can be read at once', async () => {
      gateway.services.answers[CONVERSION_QUESTIONS.readQuote.pattern] = () => quote;
      gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () => refusal('not_found', 'not yet');
      const answer = await convert({ quoteId }, later);
      expect(answer.status).toBe(202);
      expect(answer.body).toMatchObject({
        kind: 'conversion',
        status: 'pending',
        debitAccountId: ACCOUNT_ID,
        instructedAmount: agreed.sell,
        conversion: { settledAmount: agreed.buy, quote: agreed },
        settledAt: null,
      });
      const address = String(answer.headers['location']).replace('/api/v1', '');
      expect((await call(address)).body).toEqual(answer.body);
    });

    it('are 202 also while the converter is away', async () => {
      gateway.services.answers[CONVERSION_QUESTIONS.readQuote.pattern] = () => {
        throw new DeadlineExceeded('late');
      };
      const answer = await convert({ quoteId }, later);
      expect(answer.status).toBe(202);
      expect(answer.body).toMatchObject({ status: 'pending', instructedAmount: null, conversion: null });
    });

    it('are refused at once for a quote that is nobody’s or another’s', async () => {
      gateway.services.answers[CONVERSION_QUESTIONS.readQuote.pattern] = () =>
        refusal('quote_not_found', 'none');
      const answer = await convert({ quoteId }, later);
      expectProblem(answer, 422, 'quote_not_found');
      // Nothing will ever come of it: an address that says "pending" would say so for ever.
      expect(gateway.state.hints.size).toBe(0);
    });
  });

  it('need a key and a quote', async () => {
    expectProblem(
      await call('/conversions', { method: 'POST', body: { quoteId } }),
      400,
      'idempotency_key_missing',
    );
    for (const body of [{}, { quoteId: 'x' }, { quoteId, amount: 1 }, { quoteId, reference: 'a\nb' }])
      expectProblem(await convert(body), 422, 'validation_failed');
    expect(gateway.services.sent).toEqual([]);
  });

  it('look the same in the stored view, and to the recipient without the sender’s price', async () => {
    const request = {
      transferId: ACCOUNT_ID,
      requestId: CUSTOMER_ID,
      customerId: CUSTOMER_ID,
      quoteId,
      requestedAt: quote.createdAt,
    };
    const result = resultOfConversion(request);
    const view = {
      ...viewOf(result),
      conversion: {
        buyCurrency: 'RUB',
        buyMinor: quote.buyMinor,
        rate: quote.rate,
        quote: result.conversion!.quote,
      },
    };
    gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () => view;
    const read = await call(`/transfers/${result.transferId}`);
    expect(read.body.conversion).toEqual({
      settledAmount: agreed.buy,
      exchangeRate: agreed.exchangeRate,
      quote: agreed,
    });
    gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () => ({
      ...view,
      direction: 'incoming',
      conversion: { ...view.conversion, quote: null },
    });
    const received = await call(`/transfers/${result.transferId}`);
    expect(received.body.conversion).toEqual({
      settledAmount: agreed.buy,
      exchangeRate: agreed.exchangeRate,
      quote: null,
    });
  });
});
