import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { PASSWORD_MAX_LENGTH } from '../customers/customer-questions.js';
import { seal, SEALED_MAX_LENGTH, unseal } from './sealed.js';

const KEY = randomBytes(32);
const CONTEXT = 'anna@example.com';

describe('sealed values', () => {
  it('open to what was sealed, under the same key and context', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, context) => {
        expect(unseal(seal(secret, KEY, context), KEY, context)).toBe(secret);
      }),
    );
  });

  it('look different each time and show nothing of the secret', () => {
    const [one, two] = [seal('kopeck-demo-2026', KEY, CONTEXT), seal('kopeck-demo-2026', KEY, CONTEXT)];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice(3), 'base64url').includes('kopeck')).toBe(false);
  });

  it('do not open with another key or context', () => {
    const sealed = seal('a password', KEY, CONTEXT);
    expect(() => unseal(sealed, randomBytes(32), CONTEXT)).toThrow();
    expect(() => unseal(sealed, KEY, 'boris@example.com')).toThrow();
  });

  it('do not open once a single bit is another', () => {
    const sealed = seal('a password', KEY, CONTEXT);
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => unseal(`s1.${changed.toString('base64url')}`, KEY, CONTEXT)).toThrow();
    }
  });

  it('do not open when cut short: a shorter tag would be easier to forge', () => {
    const sealed = seal('', KEY, CONTEXT);
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = bytes.subarray(0, length).toString('base64url');
      expect(() => unseal(`s1.${cut}`, KEY, CONTEXT)).toThrow(/not a sealed value/);
    }
  });

  it.each(['', 's1', 's1.', 'password', 's2.AAAA', '.'.repeat(500)])('are not %p', (text) => {
    expect(() => unseal(text, KEY, CONTEXT)).toThrow(/not a sealed value/);
    expect(() => unseal(`${seal('x', KEY, CONTEXT)}.more`, KEY, CONTEXT)).toThrow(/not a sealed value/);
  });

  it('fit their field, with the longest password of the longest characters', () => {
    expect(seal('🏦'.repeat(PASSWORD_MAX_LENGTH), KEY, CONTEXT).length).toBeLessThanOrEqual(
      SEALED_MAX_LENGTH,
    );
  });
});
