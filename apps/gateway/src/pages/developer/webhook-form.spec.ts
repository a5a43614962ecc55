import { NOTIFICATION_TYPES, type NotificationType } from '@kopeck/contracts';
import fc from 'fast-check';
import { WORDS } from '../language/catalogues.js';
import { readWebhook, typedOf } from './webhook-form.js';

const url = 'https://shop.example/hooks';
const types = NOTIFICATION_TYPES.filter((type) => type !== 'feed_problem');

describe('the form of a webhook', () => {
  it('sent as it was shown changes nothing', () => {
    fc.assert(
      fc.property(
        fc.subarray(types as NotificationType[]),
        fc.option(fc.stringMatching(/^[a-zA-Zа-яА-Я0-9.-]{1,140}$/)),
        (chosen, description) => {
          const view = {
            endpointId: '44444444-4444-4444-8444-444444444444',
            url,
            description,
            types: chosen,
            status: 'active',
            disabledReason: null,
            previousSecretUntil: null,
            createdAt: '2026-03-01T09:30:00.000Z',
            revision: '3',
          } as const;
          expect(readWebhook(typedOf(view), WORDS.en)).toEqual({
            fields: { url, description: description ?? undefined, types: chosen },
          });
        },
      ),
    );
  });

  it.each([
    '',
    'shop.example',
    'ftp://shop.example',
    'https://',
    'https:///x',
    'https://a b',
    'javascript:alert(1)',
  ])('asks again for the address %s', (wrong) => {
    const read = readWebhook({ url: wrong }, WORDS.en);
    expect(read).toEqual({ faults: [{ field: 'url', text: WORDS.en.developer.form.urlWrong }] });
  });

  it('asks again for what is too long or more than a line', () => {
    for (const description of ['x'.repeat(141), 'two\nlines', 'turned \u202e round'])
      expect(readWebhook({ url, description }, WORDS.ru)).toMatchObject({
        faults: [{ field: 'description' }],
      });
    expect(readWebhook({ url: `https://a.example/${'x'.repeat(500)}` }, WORDS.en)).toHaveProperty('faults');
  });
});
