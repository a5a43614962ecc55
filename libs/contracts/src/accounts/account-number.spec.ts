import fc from 'fast-check';
import {
  ACCOUNT_SERIALS,
  accountNumberOf,
  formatAccountNumber,
  isAccountNumber,
  normaliseAccountNumber,
} from './account-number.js';

const serial = fc.bigInt({ min: 0n, max: ACCOUNT_SERIALS - 1n });

/** As ISO 13616 puts it, with all digits as one number: another way to the same remainder. */
function ibanRemainder(number: string): number {
  const characters = [...(number.slice(4) + number.slice(0, 4))];
  return Number(BigInt(characters.map((each) => parseInt(each, 36).toString()).join('')) % 97n);
}

describe('the oracle', () => {
  it.each(['GB82WEST12345698765432', 'DE89370400440532013000', 'FR1420041010050500013M02606'])(
    'takes the published example %s',
    (iban) => expect(ibanRemainder(iban)).toBe(1),
  );
});

describe('account numbers', () => {
  it('are valid IBANs, in a country that does not exist', () => {
    fc.assert(
      fc.property(serial, (n) => {
        const number = accountNumberOf(n);
        expect(number).toMatch(/^QP\d\dKPCK\d{12}$/);
        expect(ibanRemainder(number)).toBe(1);
        expect(isAccountNumber(number)).toBe(true);
      }),
    );
  });

  it('differ for different serials, and there is one for each', () => {
    fc.assert(
      fc.property(serial, (n) => {
        const valid = Array.from({ length: 100 }, (_, check) => {
          return `QP${check.toString().padStart(2, '0')}${accountNumberOf(n).slice(4)}`;
        }).filter(isAccountNumber);
        expect(valid).toEqual([accountNumberOf(n)]);
      }),
    );
  });

  it('detect every single changed character', () => {
    fc.assert(
      fc.property(serial, (n) => {
        const number = accountNumberOf(n);
        for (let at = 0; at < number.length; at += 1) {
          for (const other of '0123456789ABKZ') {
            if (other === number[at]) continue;
            expect(isAccountNumber(number.slice(0, at) + other + number.slice(at + 1))).toBe(false);
          }
        }
      }),
    );
  });

  it('detect every swap of two neighbours', () => {
    fc.assert(
      fc.property(serial, (n) => {
        const number = accountNumberOf(n);
        for (let at = 0; at + 1 < number.length; at += 1) {
          if (number[at] === number[at + 1]) continue;
          const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
          expect(isAccountNumber(swapped)).toBe(false);
        }
      }),
    );
  });

  it.each([undefined, null, 42, '', 'QP', ['QP76KPCK000012345678'], 'GB82WEST12345698765432'])(
    'are not %p',
    (value) => expect(isAccountNumber(value)).toBe(false),
  );

  it('have room for twelve digits', () => {
    expect(() => accountNumberOf(-1n)).toThrow(RangeError);
    expect(() => accountNumberOf(ACCOUNT_SERIALS)).toThrow(RangeError);
    expect(isAccountNumber(accountNumberOf(ACCOUNT_SERIALS - 1n))).toBe(true);
  });

  it('are read as people write them', () => {
    fc.assert(
      fc.property(serial, (n) => {
        const number = accountNumberOf(n);
        const printed = formatAccountNumber(number);
        expect(printed).toMatch(/^(\w{4} ){4}\w{4}$/);
        expect(normaliseAccountNumber(printed.toLowerCase())).toBe(number);
        expect(normaliseAccountNumber(printed.replaceAll(' ', '-'))).toBe(number);
        expect(isAccountNumber(printed)).toBe(false);
      }),
    );
  });
});
