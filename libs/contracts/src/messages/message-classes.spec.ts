import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import {
  accountNumberOf,
  AccountState,
  ACCOUNT_QUESTIONS,
  CONTACT_QUESTIONS,
  CONVERSION_QUESTIONS,
  ConversionRequest,
  CUSTOMER_QUESTIONS,
  CustomerState,
  DEFAULT_CHANNELS,
  INBOX_QUESTIONS,
  DELIVERY_QUESTIONS,
  DeliveryDue,
  NotificationRequest,
  PREFERENCE_QUESTIONS,
  RATE_QUESTIONS,
  SecurityEvent,
  ServiceHeartbeat,
  TransferCommand,
  TransferRequest,
  TRANSFER_QUESTIONS,
  WEBHOOK_QUESTIONS,
} from '../index.js';

type Fields = Record<string, unknown>;
interface MessageCase {
  readonly type: new () => object;
  readonly good: Fields;
  /** Fields that may be absent; every other one is required. */
  readonly optional?: readonly string[];
  /** What is at fault without a field, where that isn't the field alone. */
  readonly without?: Record<string, readonly string[]>;
  /** Values that one field must not have. */
  readonly bad: Record<string, unknown[]>;
}

const ID = '3b0f7c52-0b8e-4a44-9d5a-6d0c1c2b3a41';
const NUMBER = accountNumberOf(12_345_678n);
const NOT_IDS = ['', 'x', 42, null, `${ID}0`];
const NOT_NUMBERS = ['', 'QP', NUMBER.toLowerCase(), `${NUMBER} `, NUMBER.replace('8', '9'), 7];
const NOT_ONE_LINE = [
  'two\nlines',
  'bell\u0007',
  'nul\u0000',
  'line\u2028separator',
  'half \ud83c',
  'turned \u202e',
];
const NOT_LIMITS = [0, 201, 1.5, '20', null];

const transfer: MessageCase = {
  type: TransferRequest,
  good: {
    transferId: ID,
    requestId: ID,
    customerId: ID,
    kind: 'transfer',
    debitAccountId: ID,
    creditAccountNumber: NUMBER,
    amountMinor: '123450',
    currency: 'EUR',
    reference: 'Аренда 🏠 october',
    endToEndId: 'E2E-1',
    requestedAt: '2026-10-01T12:00:00.000Z',
  },
  optional: ['reference', 'endToEndId'],
  bad: {
    transferId: NOT_IDS,
    requestId: NOT_IDS,
    customerId: NOT_IDS,
    debitAccountId: NOT_IDS,
    kind: ['withdrawal', '', 1],
    creditAccountNumber: NOT_NUMBERS,
    amountMinor: ['0', '-1', '1.5', '01', '1e3', '', '1000000000000000', 100, null, '9'.repeat(400)],
    currency: ['eur', 'EURO', '', 978],
    reference: ['', 'r'.repeat(141), `r${'\ufe0f'.repeat(300)}`, 7, ...NOT_ONE_LINE],
    endToEndId: ['', 'e'.repeat(36), ...NOT_ONE_LINE],
    requestedAt: [
      '0000-10-01T12:00:00.000Z',
      '',
      'yesterday',
      1_700_000_000,
      '2026-13-40T00:00:00.000Z',
      '2026-W01',
      '2026-10-01',
      '2026-02-30T12:00:00Z',
    ],
  },
};

const NOT_MOMENTS = ['', 'yesterday', '2026-10-01', '0000-10-01T12:00:00Z', 1_700_000_000, null];
const NOT_OFFERED = ['CHF', 'eur', '', 978, null];
const NOT_RATES = [
  '0',
  '0.0000',
  '-1',
  '1e3',
  '1,5',
  '.5',
  '1.',
  '',
  '1'.repeat(11),
  `1.${'0'.repeat(11)}`,
  92.4,
  null,
];
const NOT_AMOUNTS = ['0', '-1', '1.5', '01', '', '1000000000000000', 100];
const NOT_REASONS = ['', 'no', 'r'.repeat(201), ...NOT_ONE_LINE];

const quote = { quoteId: ID, customerId: ID, sellCurrency: 'EUR', buyCurrency: 'RUB', side: 'sell' };
const terms = {
  quoteId: ID,
  buyCurrency: 'RUB',
  buyMinor: '919450',
  positionMinor: '924071',
  revenueMinor: '4620',
  roundingMinor: '1',
  quote,
};
const NOT_TERMS = [
  null,
  'terms',
  {},
  { ...terms, roundingMinor: '2' },
  { ...terms, quote: { ...quote, quoteId: 'another' } },
];

const parties: Fields = { customerId: ID, debitAccountId: ID, creditAccountNumber: NUMBER };
const notParties = { customerId: NOT_IDS, debitAccountId: NOT_IDS, creditAccountNumber: NOT_NUMBERS };

const page: Fields = { limit: 20, cursor: 'abc' };
const notPages = { limit: NOT_LIMITS, cursor: ['c'.repeat(201), 5] };

const webhook = {
  endpointId: ID,
  customerId: ID,
  url: 'https://shop.example/hooks',
  description: 'The shop',
  types: ['transfer_received'],
};
const notWebhooks = {
  endpointId: NOT_IDS,
  customerId: NOT_IDS,
  url: ['', 'ftp://shop.example', 'https://', `https://shop.example/${'h'.repeat(500)}`, 7, null],
  description: ['', 'd'.repeat(141), ...NOT_ONE_LINE],
  types: [['salary'], ['transfer_received', 'transfer_received'], 'transfer_received', null],
};

const CASES: MessageCase[] = [
  transfer,
  { ...transfer, type: TransferCommand },
  {
    ...transfer,
    type: TransferRequest,
    good: { ...transfer.good, kind: 'conversion', conversion: terms, refusal: 'quote_expired' },
    optional: ['reference', 'endToEndId', 'refusal'],
    bad: { conversion: NOT_TERMS, refusal: ['no_mood', '', 1] },
  },
  {
    type: ConversionRequest,
    good: {
      transferId: ID,
      requestId: ID,
      customerId: ID,
      quoteId: ID,
      reference: 'Holiday money',
      endToEndId: 'E2E-1',
      requestedAt: '2026-10-01T12:00:00.000Z',
    },
    optional: ['reference', 'endToEndId'],
    bad: {
      transferId: NOT_IDS,
      requestId: NOT_IDS,
      customerId: NOT_IDS,
      quoteId: NOT_IDS,
      reference: ['', 'r'.repeat(141), 7, ...NOT_ONE_LINE],
      endToEndId: ['', 'e'.repeat(36), ...NOT_ONE_LINE],
      requestedAt: [...NOT_MOMENTS, '2026-02-30T12:00:00Z'],
    },
  },
  {
    type: NotificationRequest,
    good: {
      notificationId: ID,
      type: 'rate_alert',
      customerId: ID,
      data: { base: 'EUR', quote: 'RUB', rate: '92.4071000000' },
      occurredAt: '2026-10-01T12:00:00.000Z',
    },
    optional: ['customerId'],
    bad: {
      notificationId: NOT_IDS,
      type: ['birthday', '', 1],
      customerId: ['', 'x', 42],
      data: ['text', null, 5],
      occurredAt: NOT_MOMENTS,
    },
  },
  {
    type: CONVERSION_QUESTIONS.createQuote.request,
    good: { quoteId: ID, ...parties, sellCurrency: 'EUR', buyCurrency: 'RUB', sellMinor: '10000' },
    bad: {
      quoteId: NOT_IDS,
      ...notParties,
      sellCurrency: NOT_OFFERED,
      buyCurrency: NOT_OFFERED,
      sellMinor: [...NOT_AMOUNTS, null],
    },
  },
  {
    type: CONVERSION_QUESTIONS.readQuote.request,
    good: { quoteId: ID, customerId: ID },
    bad: { quoteId: NOT_IDS, customerId: NOT_IDS },
  },
  {
    type: CONVERSION_QUESTIONS.placeOrder.request,
    good: {
      orderId: ID,
      ...parties,
      sellCurrency: 'EUR',
      buyCurrency: 'RUB',
      sellMinor: '10000',
      targetRate: '95.5',
      expiresAt: '2026-12-31T00:00:00Z',
    },
    bad: {
      orderId: NOT_IDS,
      ...notParties,
      sellCurrency: NOT_OFFERED,
      buyCurrency: NOT_OFFERED,
      sellMinor: [...NOT_AMOUNTS, null],
      targetRate: NOT_RATES,
      expiresAt: NOT_MOMENTS,
    },
  },
  {
    type: CONVERSION_QUESTIONS.listOrders.request,
    good: { customerId: ID, ...page },
    optional: ['cursor'],
    bad: { customerId: NOT_IDS, ...notPages },
  },
  {
    type: CONVERSION_QUESTIONS.cancelOrder.request,
    good: { orderId: ID, customerId: ID },
    bad: { orderId: NOT_IDS, customerId: NOT_IDS },
  },
  {
    type: CONVERSION_QUESTIONS.placeAlert.request,
    good: { alertId: ID, customerId: ID, base: 'EUR', quote: 'RUB', kind: 'at_or_above', rate: '95' },
    bad: {
      alertId: NOT_IDS,
      customerId: NOT_IDS,
      base: NOT_OFFERED,
      quote: NOT_OFFERED,
      kind: ['below', '', 1],
      rate: NOT_RATES,
    },
  },
  {
    type: CONVERSION_QUESTIONS.placeAlert.request,
    good: { alertId: ID, customerId: ID, base: 'EUR', quote: 'RUB', kind: 'moves_by', percent: '2.5' },
    without: { kind: ['kind', 'rate'] },
    bad: { percent: ['0', '0.00', '-1', '2,5', '2.555', '1000', '', 2.5, null] },
  },
  {
    type: CONVERSION_QUESTIONS.cancelAlert.request,
    good: { alertId: ID, customerId: ID },
    bad: { alertId: NOT_IDS, customerId: NOT_IDS },
  },
  {
    type: RATE_QUESTIONS.list.request,
    good: { base: 'EUR', quote: 'RUB' },
    optional: ['base', 'quote'],
    bad: { base: ['CHF', 'eur', 978], quote: ['CHF', '', 978] },
  },
  {
    type: RATE_QUESTIONS.history.request,
    good: {
      base: 'EUR',
      quote: 'RUB',
      from: '2026-09-01T00:00:00Z',
      to: '2026-10-01T00:00:00Z',
      step: 'day',
    },
    bad: {
      base: NOT_OFFERED,
      quote: NOT_OFFERED,
      from: NOT_MOMENTS,
      to: NOT_MOMENTS,
      step: ['minute', '', 1],
    },
  },
  {
    type: RATE_QUESTIONS.convert.request,
    good: { from: 'EUR', to: 'JPY', amountMinor: '10000' },
    bad: { from: NOT_OFFERED, to: NOT_OFFERED, amountMinor: [...NOT_AMOUNTS, null] },
  },
  {
    type: RATE_QUESTIONS.feeds.request,
    good: { operatorId: ID },
    optional: ['operatorId'],
    bad: { operatorId: ['', 'x', 42] },
  },
  {
    type: RATE_QUESTIONS.setOverride.request,
    good: {
      overrideId: ID,
      operatorId: ID,
      source: 'ecb',
      currency: 'KWD',
      rate: '0.3345',
      reason: 'No source has it',
      expiresAt: '2026-12-31T00:00:00Z',
    },
    bad: {
      overrideId: NOT_IDS,
      operatorId: NOT_IDS,
      source: ['fed', '', 1],
      currency: NOT_OFFERED,
      rate: NOT_RATES,
      reason: NOT_REASONS,
      expiresAt: NOT_MOMENTS,
    },
  },
  {
    type: RATE_QUESTIONS.endOverride.request,
    good: { overrideId: ID, operatorId: ID },
    bad: { overrideId: NOT_IDS, operatorId: NOT_IDS },
  },
  {
    type: RATE_QUESTIONS.decideHeld.request,
    good: { bulletinId: ID, operatorId: ID, isAccepted: true, reason: 'The market did move' },
    bad: {
      bulletinId: NOT_IDS,
      operatorId: NOT_IDS,
      isAccepted: ['true', 1, null],
      reason: NOT_REASONS,
    },
  },
  {
    type: AccountState,
    good: {
      accountId: ID,
      number: NUMBER,
      kind: 'customer',
      customerId: ID,
      currency: 'EUR',
      status: 'active',
      revision: '1',
    },
    optional: ['customerId'],
    bad: {
      accountId: NOT_IDS,
      number: NOT_NUMBERS,
      kind: ['savings'],
      status: ['closed'],
      revision: ['-1', 1],
    },
  },
  {
    type: DeliveryDue,
    good: { deliveryId: ID, channel: 'email' },
    bad: { deliveryId: NOT_IDS, channel: ['in_app', 'fax', '', null] },
  },
  { type: CONTACT_QUESTIONS.read.request, good: { customerId: ID }, bad: { customerId: NOT_IDS } },
  { type: CONTACT_QUESTIONS.linkTelegram.request, good: { customerId: ID }, bad: { customerId: NOT_IDS } },
  {
    type: CONTACT_QUESTIONS.setPhone.request,
    good: { customerId: ID, phone: '+79261234567' },
    bad: {
      customerId: NOT_IDS,
      phone: ['', '79261234567', '+0926123456', '+7 926 123 45 67', '+7926', `+${'7'.repeat(16)}`, 7],
    },
  },
  {
    type: CONTACT_QUESTIONS.confirmPhone.request,
    good: { customerId: ID, code: '012345' },
    bad: { customerId: NOT_IDS, code: ['', '12345', '1234567', 'abcdef', ' 12345', 12_345, null] },
  },
  {
    type: CONTACT_QUESTIONS.forget.request,
    good: { customerId: ID, channel: 'telegram' },
    bad: { customerId: NOT_IDS, channel: ['email', 'webhook', ''] },
  },
  {
    type: CONTACT_QUESTIONS.sendTest.request,
    good: { customerId: ID, channel: 'sms' },
    bad: { customerId: NOT_IDS, channel: ['in_app', '', null] },
  },
  {
    type: DELIVERY_QUESTIONS.list.request,
    good: { customerId: ID, channel: 'email', status: 'failed', endpointId: ID, ...page },
    optional: ['customerId', 'channel', 'status', 'endpointId', 'cursor'],
    bad: {
      customerId: ['', 'x', 42],
      channel: ['in_app', ''],
      status: ['sent', ''],
      endpointId: ['', 'x'],
      ...notPages,
    },
  },
  {
    type: DELIVERY_QUESTIONS.read.request,
    good: { deliveryId: ID, customerId: ID },
    optional: ['customerId'],
    bad: { deliveryId: NOT_IDS, customerId: ['', 'x', 42] },
  },
  {
    type: DELIVERY_QUESTIONS.retry.request,
    good: { deliveryId: ID, customerId: ID },
    optional: ['customerId'],
    bad: { deliveryId: NOT_IDS, customerId: ['', 'x', 42] },
  },
  {
    type: DELIVERY_QUESTIONS.health.request,
    good: { operatorId: ID },
    optional: ['operatorId'],
    bad: { operatorId: ['', 'x', 42] },
  },
  { type: WEBHOOK_QUESTIONS.list.request, good: { customerId: ID }, bad: { customerId: NOT_IDS } },
  { type: WEBHOOK_QUESTIONS.create.request, good: webhook, optional: ['description'], bad: notWebhooks },
  {
    type: WEBHOOK_QUESTIONS.change.request,
    good: { ...webhook, revision: '3', isActive: true },
    optional: ['description'],
    bad: {
      ...notWebhooks,
      revision: ['', '-1', 'x', 3, '1'.repeat(19)],
      isActive: ['true', 1, null],
    },
  },
  ...[
    WEBHOOK_QUESTIONS.read.request,
    WEBHOOK_QUESTIONS.delete.request,
    WEBHOOK_QUESTIONS.rotateSecret.request,
    WEBHOOK_QUESTIONS.test.request,
  ].map((type) => ({
    type,
    good: { endpointId: ID, customerId: ID },
    bad: { endpointId: NOT_IDS, customerId: NOT_IDS },
  })),
  {
    type: ServiceHeartbeat,
    good: {
      service: 'transaction',
      instance: 'transaction-1',
      version: '0.1.0',
      startedAt: '2026-10-01T12:00:00.000Z',
      at: '2026-10-01T12:00:04.000Z',
      status: 'up',
      problem: 'none',
      consumerGroup: 'transaction',
      lag: 0,
    },
    optional: ['problem', 'consumerGroup', 'lag'],
    bad: { service: ['auditor', ''], instance: ['i'.repeat(101)], status: ['down'], lag: [-1, '0', 1.5] },
  },
  {
    type: ACCOUNT_QUESTIONS.open.request,
    good: { accountId: ID, customerId: ID, currency: 'EUR', name: 'Накопления' },
    bad: {
      accountId: NOT_IDS,
      customerId: NOT_IDS,
      currency: ['CHF', 'eur', ''],
      name: ['', 'n'.repeat(61), ...NOT_ONE_LINE],
    },
  },
  { type: ACCOUNT_QUESTIONS.list.request, good: { customerId: ID }, bad: { customerId: NOT_IDS } },
  {
    type: ACCOUNT_QUESTIONS.read.request,
    good: { accountId: ID, customerId: ID },
    optional: ['customerId'],
    bad: { accountId: NOT_IDS, customerId: ['', 'x', 42] },
  },
  { type: ACCOUNT_QUESTIONS.find.request, good: { number: NUMBER }, bad: { number: NOT_NUMBERS } },
  {
    type: ACCOUNT_QUESTIONS.rename.request,
    good: { accountId: ID, customerId: ID, name: 'Rent', revision: '3' },
    bad: {
      accountId: NOT_IDS,
      customerId: NOT_IDS,
      name: ['', 'n'.repeat(61)],
      revision: ['', '-1', 'x', 3, '1'.repeat(19)],
    },
  },
  {
    type: ACCOUNT_QUESTIONS.entries.request,
    good: {
      accountId: ID,
      customerId: ID,
      from: '2026-09-01T00:00:00Z',
      to: '2026-10-01T00:00:00Z',
      direction: 'in',
      search: 'Аренда',
      ...page,
    },
    optional: ['customerId', 'cursor', 'from', 'to', 'direction', 'search'],
    bad: {
      accountId: NOT_IDS,
      from: NOT_MOMENTS.filter((value) => value !== null),
      to: NOT_MOMENTS.filter((value) => value !== null),
      direction: ['', 'both', 1],
      search: ['', 's'.repeat(101), ...NOT_ONE_LINE],
      ...notPages,
    },
  },
  {
    type: ACCOUNT_QUESTIONS.balances.request,
    good: { accountId: ID, customerId: ID, moments: ['2026-10-01T00:00:00Z'] },
    optional: ['customerId'],
    bad: {
      accountId: NOT_IDS,
      moments: [[], null, NOT_MOMENTS, Array.from({ length: 401 }, () => '2026-10-01T00:00:00Z')],
    },
  },
  {
    type: ACCOUNT_QUESTIONS.freeze.request,
    good: { accountId: ID, operatorId: ID, frozen: true, reason: 'Court order 17' },
    bad: {
      accountId: NOT_IDS,
      operatorId: NOT_IDS,
      frozen: ['true', 1, null],
      reason: ['', 'no', 'r'.repeat(201), ...NOT_ONE_LINE],
    },
  },
  {
    type: TRANSFER_QUESTIONS.read.request,
    good: { transferId: ID, customerId: ID },
    optional: ['customerId'],
    bad: { transferId: NOT_IDS },
  },
  {
    type: TRANSFER_QUESTIONS.list.request,
    good: { customerId: ID, status: 'pending', pendingForSeconds: 30, ...page },
    optional: ['customerId', 'status', 'pendingForSeconds', 'cursor'],
    bad: { status: ['posted', ''], pendingForSeconds: [-1, 1.5, '30'], ...notPages },
  },
  {
    type: CUSTOMER_QUESTIONS.register.request,
    good: {
      customerId: ID,
      email: 'anna@example.com',
      sealedPassword: 's1.AAAA',
      name: 'Анна',
      language: 'ru',
    },
    bad: {
      customerId: NOT_IDS,
      email: ['', 'anna', 'anna@', '@example.com', ' anna@example.com', `${'a'.repeat(250)}@example.com`, 5],
      sealedPassword: ['', 's'.repeat(1_401), 7],
      name: ['', 'n'.repeat(101), ...NOT_ONE_LINE],
      language: ['de', ''],
    },
  },
  {
    type: CUSTOMER_QUESTIONS.checkPassword.request,
    good: { email: 'anna@example.com', sealedPassword: 's1.AAAA' },
    bad: { email: ['', 'anna'], sealedPassword: ['', 's'.repeat(1_401)] },
  },
  { type: CUSTOMER_QUESTIONS.read.request, good: { customerId: ID }, bad: { customerId: NOT_IDS } },
  {
    type: CustomerState,
    good: {
      customerId: ID,
      email: 'anna@example.com',
      name: 'Анна',
      role: 'operator',
      language: 'ru',
      revision: '1',
    },
    bad: {
      customerId: NOT_IDS,
      email: ['', 'anna', `${'a'.repeat(250)}@example.com`, 5],
      name: ['', 'n'.repeat(301), 7],
      role: ['auditor', '', null],
      language: ['de', ''],
      revision: ['-1', '', 1],
    },
  },
  {
    type: SecurityEvent,
    good: {
      eventId: ID,
      type: 'sign_in',
      customerId: ID,
      device: 'Firefox on Windows',
      occurredAt: '2026-10-01T12:00:00.000Z',
    },
    optional: ['device'],
    bad: {
      eventId: NOT_IDS,
      type: ['birthday', '', 1],
      customerId: NOT_IDS,
      device: ['', 'd'.repeat(101), ...NOT_ONE_LINE],
      occurredAt: NOT_MOMENTS,
    },
  },
  {
    type: PREFERENCE_QUESTIONS.read.request,
    good: { customerId: ID },
    bad: { customerId: NOT_IDS },
  },
  {
    type: PREFERENCE_QUESTIONS.change.request,
    good: {
      customerId: ID,
      revision: '0',
      language: 'ru',
      timeZone: 'Europe/Moscow',
      quietHours: { from: '22:00', to: '07:30' },
      channels: DEFAULT_CHANNELS,
      rateDigest: 'daily',
      rateCurrencies: ['USD', 'EUR'],
      minimumAmounts: [{ currency: 'RUB', amountMinor: '100000' }],
    },
    optional: ['quietHours'],
    bad: {
      customerId: NOT_IDS,
      revision: ['', '-1', 'x', 3, '1'.repeat(19)],
      language: ['de', '', null],
      timeZone: ['', 'z'.repeat(65), 3],
      quietHours: [{ from: '24:00', to: '07:00' }, { from: '7:00', to: '08:00' }, { from: '22:00' }, 'night'],
      channels: ['all', null, 5],
      rateDigest: ['weekly', '', null],
      rateCurrencies: ['USD', ['CHF'], ['USD', 'USD'], null],
      minimumAmounts: [
        [{ currency: 'CHF', amountMinor: '1' }],
        [{ currency: 'EUR', amountMinor: '0' }],
        [{ currency: 'EUR' }],
        [
          { currency: 'EUR', amountMinor: '1' },
          { currency: 'EUR', amountMinor: '2' },
        ],
        null,
      ],
    },
  },
  {
    type: INBOX_QUESTIONS.list.request,
    good: { customerId: ID, unreadOnly: true, ...page },
    optional: ['unreadOnly', 'cursor'],
    bad: { customerId: NOT_IDS, unreadOnly: ['true', 1], ...notPages },
  },
  {
    type: INBOX_QUESTIONS.unread.request,
    good: { customerId: ID },
    bad: { customerId: NOT_IDS },
  },
  {
    type: INBOX_QUESTIONS.replay.request,
    good: { customerId: ID, afterOrdinal: '17', limit: 500 },
    bad: { customerId: NOT_IDS, afterOrdinal: ['', '-1', 'x', 3, null], limit: [0, 501, 1.5, '20', null] },
  },
  {
    type: INBOX_QUESTIONS.markRead.request,
    good: { customerId: ID, notificationIds: [ID], upToOrdinal: '17' },
    optional: ['notificationIds', 'upToOrdinal'],
    bad: {
      customerId: NOT_IDS,
      notificationIds: [ID, ['x'], Array.from({ length: 201 }, () => ID)],
      upToOrdinal: ['', '-1', 'x', 3],
    },
  },
];

function faultyFields(type: new () => object, message: Fields): string[] {
  return validateSync(plainToInstance(type, message)).map((error) => error.property);
}

describe.each(CASES.map((one) => [one.type.name, one] as const))('%s', (_name, one) => {
  it('takes a good message, and one with fields that a later version added', () => {
    expect(faultyFields(one.type, one.good)).toEqual([]);
    expect(faultyFields(one.type, { ...one.good, addedLater: 1 })).toEqual([]);
  });

  it('takes one without what is optional, and none without what is not', () => {
    for (const field of Object.keys(one.good)) {
      const rest = Object.fromEntries(Object.entries(one.good).filter(([name]) => name !== field));
      expect(faultyFields(one.type, rest)).toEqual(
        one.optional?.includes(field) ? [] : (one.without?.[field] ?? [field]),
      );
    }
  });

  const faults = Object.entries(one.bad).flatMap(([field, values]) =>
    values.map((value) => [field, value] as const),
  );
  it.each(faults)('refuses %s = %j', (field, value) => {
    expect(faultyFields(one.type, { ...one.good, [field]: value })).toEqual([field]);
  });
});

describe('one amount of a quote', () => {
  const type = CONVERSION_QUESTIONS.createQuote.request;
  const without = { quoteId: ID, ...parties, sellCurrency: 'EUR', buyCurrency: 'RUB' };

  it('may be either, never both', () => {
    expect(faultyFields(type, { ...without, buyMinor: '100' })).toEqual([]);
    expect(faultyFields(type, { ...without, buyMinor: '0' })).toEqual(['buyMinor']);
    expect(faultyFields(type, { ...without, sellMinor: '100', buyMinor: '100' })).toEqual(['sellMinor']);
  });
});

it('covers every question', () => {
  const groups: Record<string, { request: new () => object }>[] = [
    ACCOUNT_QUESTIONS,
    CONTACT_QUESTIONS,
    CONVERSION_QUESTIONS,
    CUSTOMER_QUESTIONS,
    INBOX_QUESTIONS,
    PREFERENCE_QUESTIONS,
    DELIVERY_QUESTIONS,
    RATE_QUESTIONS,
    TRANSFER_QUESTIONS,
    WEBHOOK_QUESTIONS,
  ];
  const questions = groups.flatMap((group) => Object.values(group).map(({ request }) => request.name));
  const covered = CASES.map((one) => one.type.name);
  for (const name of questions) expect(covered).toContain(name);
});
