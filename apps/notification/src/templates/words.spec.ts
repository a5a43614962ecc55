import {
  LANGUAGES,
  NOTIFICATION_TYPES,
  REFUSAL_REASONS,
  type Language,
  type NotificationData,
  type NotificationType,
} from '@kopeck/contracts';
import fc from 'fast-check';
import { TEXT_MAX_LENGTH, TITLE_MAX_LENGTH, wordsOf } from './words.js';

const ID = '3b0f7c52-0b8e-4a44-9d5a-6d0c1c2b3a41';
const TYPES: readonly (NotificationType | 'test')[] = [...NOTIFICATION_TYPES, 'test'];

/** As people see it: a space that doesn't break looks like any other. */
function told(type: NotificationType | 'test', language: Language, data: NotificationData, timeZone = 'UTC') {
  const { title, text, link } = wordsOf(type, data, { language, timeZone });
  const seen = (words: string) => words.replaceAll(/[\u00a0\u202f]/g, ' ');
  return { title: seen(title), text: seen(text), link };
}

const TRANSFER = {
  transferId: ID,
  kind: 'transfer',
  account: '…1234',
  counterparty: '…5678',
  amountMinor: '123450',
  currency: 'EUR',
  reference: 'Rent',
};

describe('words', () => {
  it('say what was sent, to whom and what for', () => {
    expect(told('transfer_sent', 'en', TRANSFER)).toEqual({
      title: 'Sent 1,234.50 EUR to account …5678',
      text: '1,234.50 EUR left your account …1234. Reference: “Rent”.',
      link: `/transfers/${ID}`,
    });
    expect(told('transfer_sent', 'ru', { ...TRANSFER, currency: 'RUB' })).toEqual({
      title: 'Переведено 1 234,50 ₽ на счёт …5678',
      text: 'С вашего счёта …1234 списано 1 234,50 ₽. Назначение: «Rent».',
      link: `/transfers/${ID}`,
    });
  });

  it('call money that moved between own accounts just that', () => {
    expect(told('transfer_sent', 'en', { ...TRANSFER, isInternal: true }).title).toBe(
      'Moved 1,234.50 EUR between your accounts',
    );
  });

  it.each([
    ['JPY', '1234', '1,234 JPY', '1 234 JPY'],
    ['KWD', '1234567', '1,234.567 KWD', '1 234,567 KWD'],
    ['RUB', '5', '0.05 RUB', '0,05 ₽'],
    ['USD', '999999999999999', '9,999,999,999,999.99 USD', '9 999 999 999 999,99 $'],
  ])('write amounts of %s with its decimals', (currency, amountMinor, english, russian) => {
    const data = { ...TRANSFER, currency, amountMinor };
    expect(told('transfer_received', 'en', data).title).toBe(`Received ${english}`);
    expect(told('transfer_received', 'ru', data).title).toBe(`Зачислено ${russian}`);
  });

  it('say why a transfer was refused, and that no money moved', () => {
    for (const language of LANGUAGES) {
      const texts = REFUSAL_REASONS.map(
        (reason) => told('transfer_refused', language, { ...TRANSFER, reason }).text,
      );
      expect(new Set(texts).size).toBe(REFUSAL_REASONS.length);
      for (const text of texts) expect(text).toMatch(/No money has moved|Деньги не списаны/);
    }
  });

  it('tell of a rate with a true minus and without idle zeros', () => {
    const data = {
      source: 'bank-of-russia',
      base: 'USD',
      quote: 'RUB',
      oldRate: '81.2000000000',
      newRate: '80.1050000000',
      percent: '-1.35',
      asOf: '2026-11-26',
    };
    expect(told('rate_change', 'en', data)).toEqual({
      title: 'USD costs 80.105 RUB',
      text: '1 USD = 80.105 RUB, before 81.2 (−1.35%). Source: Bank of Russia, 26 Nov 2026.',
      link: '/rates',
    });
    expect(told('rate_change', 'ru', data).text).toMatch(
      /^1 USD = 80,105 RUB, прежде 81,2 \(−1,35 %\)\. Источник: Банк России/,
    );
  });

  it.each([
    [1, '1 rate has changed', 'Изменился 1 курс'],
    [2, '2 rates have changed', 'Изменились 2 курса'],
    [5, '5 rates have changed', 'Изменились 5 курсов'],
    [11, '11 rates have changed', 'Изменились 11 курсов'],
    [21, '21 rates have changed', 'Изменился 21 курс'],
  ])('count %i changes as each language does', (count, english, russian) => {
    const one = { base: 'USD', quote: 'RUB', oldRate: '80', newRate: '81.5', percent: '1.88' };
    const data = { isDigest: true, count, changes: JSON.stringify(Array.from({ length: count }, () => one)) };
    expect(told('rate_change', 'en', data).title).toBe(english);
    expect(told('rate_change', 'ru', data).title).toBe(russian);
    expect(told('rate_change', 'en', data).text).toMatch(/^USD 80 → 81\.5 RUB \(\+1\.88%\)/);
  });

  it('tell the time on the clock of the reader', () => {
    const data = { device: 'Firefox on Windows', at: '2026-11-26T21:30:00.000Z' };
    expect(told('sign_in', 'en', data, 'Europe/Moscow').text).toMatch(
      /Firefox on Windows, 27 Nov 2026, 00:30 GMT\+3/,
    );
    expect(told('sign_in', 'ru', data, 'Asia/Tokyo').text).toMatch(/27 нояб\. 2026 г\.(, | в )06:30 GMT\+9/);
    expect(told('sign_in', 'en', data, 'No/Where').text).toMatch(/26 Nov 2026, 21:30 UTC/);
  });

  it('of an announcement are its own, in the other language where one is missing', () => {
    const data = { titleEn: 'Closed on Monday', textEn: 'We are back on Tuesday.', titleRu: 'Выходной' };
    expect(told('announcement', 'ru', data)).toMatchObject({
      title: 'Выходной',
      text: 'We are back on Tuesday.',
    });
    expect(told('announcement', 'en', data)).toMatchObject({ title: 'Closed on Monday' });
    expect(told('announcement', 'en', {}).title).toBe('News from the bank');
  });

  it('of a changed channel ask whether it was the reader, unless it was the bank', () => {
    const linked = told('channel_changed', 'en', { channel: 'telegram', action: 'linked' });
    expect(linked.text).toMatch(/^Telegram: linked\. If it was not you/);
    const failing = told('channel_changed', 'ru', { channel: 'webhook', action: 'disabled_failing' });
    expect(failing.text).toBe('Вебхук: выключен, потому что сообщения не доходили.');
  });

  it('quote no more of a reference than fits, and no account number in it', () => {
    const reference = `QP76KPCK000012345678 and qp76 kpck 0000 1234 5678 ${'x'.repeat(80)}`;
    const { text } = told('transfer_received', 'en', { ...TRANSFER, reference });
    expect(text).toMatch(/“…5678 and …5678 x+…”/);
  });

  it('link to a page only with a proper id', () => {
    expect(told('account_opened', 'en', { accountId: ID }).link).toBe(`/accounts/${ID}`);
    expect(told('account_opened', 'en', { accountId: '../operator' }).link).toBe('/accounts');
    expect(told('transfer_sent', 'en', {}).link).toBe('/transfers');
  });

  it('never fail, never grow, never break a line and never show an account number, whatever the data', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TYPES),
        fc.constantFrom(...LANGUAGES),
        strangeData,
        fc.constantFrom('UTC', 'Europe/Moscow', 'nonsense'),
        (type, language, data, timeZone) => {
          const { title, text, link } = wordsOf(type, data, { language, timeZone });
          expect(title.length).toBeGreaterThan(0);
          expect(title.length).toBeLessThanOrEqual(TITLE_MAX_LENGTH);
          expect(text.length).toBeLessThanOrEqual(TEXT_MAX_LENGTH);
          for (const words of [title, text]) {
            expect(words).not.toMatch(
              /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
            );
            expect(words).not.toMatch(/QP\d\d[A-Z]{4}\d{12}/);
            expect(words).not.toMatch(/undefined|\bnull\b|\[object|function/);
          }
          expect(link).toMatch(/^(\/[a-z]+){1,2}(\/[0-9a-f-]{36})?$/);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

const NAMES = [
  ...Object.keys(TRANSFER),
  ...[
    'accountId',
    'boughtMinor',
    'boughtCurrency',
    'rate',
    'isInternal',
    'reason',
    'base',
    'quote',
    'target',
  ],
  ...['percent', 'startRate', 'source', 'oldRate', 'newRate', 'asOf', 'isDigest', 'changes', 'sellMinor'],
  ...['sellCurrency', 'buyMinor', 'buyCurrency', 'targetRate', 'device', 'at', 'channel', 'action'],
  ...['titleEn', 'textEn', 'titleRu', 'textRu', 'problem'],
];
const accountNumber = fc
  .tuple(fc.stringMatching(/^\d{2}$/), fc.stringMatching(/^[A-Z]{4}$/), fc.stringMatching(/^\d{12}$/))
  .map(([check, bank, digits]) => `QP${check}${bank}${digits}`);
const strangeText = fc.oneof(
  fc
    .string({ unit: 'binary', maxLength: 200 })
    .filter((text) => !/undefined|null|object|function/.test(text)),
  fc
    .array(fc.constantFrom('QP76KPCK', '00001234', '5678', '\u202e', '\n', '\ud83c', ' ', '🏠', 'ы'), {
      maxLength: 60,
    })
    .map((parts) => parts.join('')),
  accountNumber,
  accountNumber.map((number) => [...number].join('\u200e')),
  fc.constantFrom(
    'constructor',
    '__proto__',
    'toString',
    '[{}]',
    '[1,"x"]',
    '{',
    ID,
    '123',
    '1.500',
    'RUB',
    '-7',
  ),
);
const strangeData: fc.Arbitrary<NotificationData> = fc.dictionary(
  fc.constantFrom(...NAMES),
  fc.oneof({ weight: 4, arbitrary: strangeText }, fc.double(), fc.boolean(), fc.constant(null)),
  { maxKeys: NAMES.length, minKeys: 8 },
);
