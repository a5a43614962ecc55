import fc from 'fast-check';
import { idempotencyKeyOf, requiredIdempotencyKeyOf } from './idempotency-key.js';

const of = (value: string) => idempotencyKeyOf({ 'idempotency-key': value });

describe('Idempotency-Key', () => {
  it('takes the bare and the quoted form as the same key', () => {
    expect(of('8e03978e-40d5')).toBe('8e03978e-40d5');
    expect(of('"8e03978e-40d5"')).toBe('8e03978e-40d5');
    expect(of(' "a\\"b\\\\c" ')).toBe('a"b\\c');
  });

  it.each(['', '""', 'two words', 'ключ', 'a'.repeat(256), '"open', '"a"b"', 'one, two', '"bad\\escape"'])(
    'refuses %j',
    (value) => {
      expect(() => of(value)).toThrow(expect.objectContaining({ code: 'idempotency_key_invalid' }));
    },
  );

  it('takes every visible ASCII key of up to 255 characters, quoted or not', () => {
    const visible = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 255,
    });
    fc.assert(
      fc.property(visible, (key) => {
        expect(of(`"${key.replace(/["\\]/g, '\\$&')}"`)).toBe(key);
        if (!key.startsWith('"')) expect(of(key)).toBe(key);
      }),
    );
  });

  it('is required where money moves', () => {
    expect(() => requiredIdempotencyKeyOf({})).toThrow(
      expect.objectContaining({ code: 'idempotency_key_missing', status: 400 }),
    );
    expect(idempotencyKeyOf({})).toBeUndefined();
  });
});
