import { PHONE_NUMBER } from '@kopeck/contracts';
import fc from 'fast-check';
import { readTypedPhone } from './typed-phone.js';

describe('a telephone number as people type it', () => {
  it.each([
    ['+7 (926) 123-45-67', '+79261234567'],
    ['+7\u00a0926\u202f123–45–67', '+79261234567'],
    ['0049 30 1234567', '+49301234567'],
    ['+44 20.7946/0958', '+442079460958'],
  ])('%s is %s', (typed, phone) => {
    expect(readTypedPhone(typed)).toEqual({ ok: true, phone });
  });

  it('from an 8 is not guessed at: the country has to be named', () => {
    expect(readTypedPhone('8 926 123-45-67')).toEqual({ ok: false, fault: 'national' });
  });

  it.each(['', '926 123', '+7', '+7926123456789012', '+7926abc4567', '++79261234567', '+09261234567'])(
    '%s is asked for again',
    (typed) => {
      expect(readTypedPhone(typed)).toEqual({ ok: false, fault: 'unreadable' });
    },
  );

  it('is the contract’s form or nothing, and every digit is one that was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'+0123456789 -()') }), (typed) => {
        const read = readTypedPhone(typed);
        if (!read.ok) return;
        expect(read.phone).toMatch(PHONE_NUMBER);
        expect(typed.replace(/\D/g, '')).toContain(read.phone.slice(1));
      }),
    );
  });
});
