import fc from 'fast-check';
import { isRefusal } from '@kopeck/contracts';
import { codeFaultOf, MAX_CODES_A_DAY, nextCodeOf, type PhoneState } from './phone-state.js';
import { startMessageOf } from './telegram-message.js';

const NOW = new Date('2026-10-01T12:00:00Z');
const state = (more: Partial<PhoneState> = {}): PhoneState => ({
  phone: '+79261234567',
  confirmedAt: null,
  codeHash: 'hash',
  codeExpiresAt: new Date(NOW.getTime() + 60_000),
  wrongCodes: 0,
  codesSent: 1,
  lastCodeAt: new Date(NOW.getTime() - 60_000),
  ...more,
});

describe('codes for a telephone number', () => {
  it('are five within any day, however they are asked for', () => {
    const gapsMs = fc.array(fc.integer({ min: 0, max: 30 * 3_600_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(gapsMs, (gaps) => {
        let known: PhoneState | undefined;
        let now = NOW;
        const sent: number[] = [];
        for (const gap of gaps) {
          now = new Date(now.getTime() + gap);
          const next = nextCodeOf(known, 0, now);
          if (isRefusal(next)) continue;
          sent.push(now.getTime());
          known = state({ codesSent: next.codesSent, lastCodeAt: now });
        }
        for (const at of sent) {
          const withinADay = sent.filter((other) => other >= at && other < at + 24 * 3_600_000);
          expect(withinADay.length).toBeLessThanOrEqual(MAX_CODES_A_DAY);
        }
      }),
    );
    expect(nextCodeOf(state({ codesSent: 5 }), 0, NOW)).toMatchObject({ code: 'rate_limited' });
    expect(nextCodeOf(undefined, 5, NOW)).toMatchObject({ code: 'rate_limited' });
    expect(nextCodeOf(undefined, 4, NOW)).toEqual({ codesSent: 1 });
  });

  it.each([
    ['none', undefined],
    ['one of a number that was forgotten', state({ phone: null })],
    ['one that was used', state({ codeHash: null })],
    ['one that was wrong five times', state({ wrongCodes: 5 })],
    ['one that has just expired', state({ codeExpiresAt: NOW })],
  ])('confirm nothing: %s', (_, known) =>
    expect(codeFaultOf(known, NOW)).toMatchObject({ code: 'state_conflict' }),
  );

  it('confirm until the last moment', () => {
    expect(codeFaultOf(state({ codeExpiresAt: new Date(NOW.getTime() + 1) }), NOW)).toBeUndefined();
  });
});

describe('a message to the bot', () => {
  const update = (text: string | undefined, chat: object) => ({
    update_id: 1,
    message: { text, chat: { id: 7, type: 'private', first_name: 'Anna', ...chat } },
  });

  it('links by its code, from somebody who is alone with the bot', () => {
    expect(startMessageOf(update('/start ABCDEFGHJK', { username: 'anna' }))).toEqual({
      code: 'ABCDEFGHJK',
      chatId: '7',
      chatName: 'Anna @anna',
    });
    expect(startMessageOf(update('/start@kopeck_bot ABCDEFGHJK', { first_name: 'a\nb' }))).toMatchObject({
      chatName: null,
    });
    for (const text of [undefined, '', '/start', '/start short', 'ABCDEFGHJK', '/start ABCDEFGHJK x']) {
      expect(startMessageOf(update(text, {}))).toBeUndefined();
    }
    expect(startMessageOf(update('/start ABCDEFGHJK', { type: 'supergroup' }))).toBeUndefined();
    expect(startMessageOf({ update_id: 1 })).toBeUndefined();
  });
});
