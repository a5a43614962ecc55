import { registerDecorator } from 'class-validator';

/**
 * Account numbers look like an IBAN (ISO 13616): country code, two check digits, bank code, twelve digits, as in
 * `QP68KPCK000012345678`. QP lies in the range ISO 3166-1 reserves for users (QM–QZ), so no real country's accounts can
 * be meant; the check digits are ISO 7064 MOD 97-10, so a mistyped number is refused before anything is sent.
 */
const COUNTRY = 'QP';
const BANK = 'KPCK';
/** Check digits run from 02 to 98: 99, 01 and 00 leave the remainders of 02, 98 and 97, and an account has one number. */
const SHAPE = /^QP(?!00|01|99)\d{2}KPCK\d{12}$/;

/** How many different numbers there are; serials are drawn from 0 up to this, exclusive. */
export const ACCOUNT_SERIALS = 1_000_000_000_000n;

/** @throws {RangeError} when the serial doesn't fit twelve digits. */
export function accountNumberOf(serial: bigint): string {
  if (serial < 0n || serial >= ACCOUNT_SERIALS)
    throw new RangeError(`serial ${serial} does not fit twelve digits`);
  const body = BANK + serial.toString().padStart(12, '0');
  const check = 98 - remainder(`${body}${COUNTRY}00`);
  return `${COUNTRY}${check.toString().padStart(2, '0')}${body}`;
}

/** True for a well-formed number with right check digits, without spaces. */
export function isAccountNumber(value: unknown): value is string {
  return (
    typeof value === 'string' && SHAPE.test(value) && remainder(value.slice(4) + value.slice(0, 4)) === 1
  );
}

/** What people type or paste ("qp68 kpck 0000 1234 5678") to the stored form; says nothing about validity. */
export function normaliseAccountNumber(value: string): string {
  return value.replace(/[\s-]/g, '').toUpperCase();
}

/** Groups of four, as on a card or a statement. */
export function formatAccountNumber(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ');
}

/** class-validator rule for a stored-form account number. */
export function IsAccountNumber(): PropertyDecorator {
  return (target, propertyKey) =>
    registerDecorator({
      name: 'isAccountNumber',
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: isAccountNumber,
        defaultMessage: () =>
          `${String(propertyKey)} must be an account number such as ${accountNumberOf(12345678n)}: check it for a typing mistake`,
      },
    });
}

const CODE_OF_0 = 48;
const CODE_OF_9 = 57;
/** Less this, the code of `A` is 10. */
const CODE_OF_A_LESS_10 = 55;

/** ISO 7064: letters count as 10 to 35, the whole string is one decimal number. */
function remainder(text: string): number {
  let rest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    rest = code > CODE_OF_9 ? rest * 100 + code - CODE_OF_A_LESS_10 : rest * 10 + code - CODE_OF_0;
    rest %= 97;
  }
  return rest;
}
