import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@kopeck/contracts';
import { COMMON_PASSWORDS } from './common-passwords.js';

/**
 * Why a password can't be taken, in words for the person who chose it, or null. Length and guessability only: rules
 * about digits and capitals make passwords worse (NIST SP 800-63B-4, 3.1.1.2).
 */
export function passwordFault(
  password: string,
  owner: { readonly email: string; readonly name: string },
): string | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN_LENGTH)
    return `The password must have at least ${PASSWORD_MIN_LENGTH} characters.`;
  if (length > PASSWORD_MAX_LENGTH)
    return `The password must have at most ${PASSWORD_MAX_LENGTH} characters.`;
  const folded = fold(password);
  if ([fold(owner.email), fold(owner.email.split('@')[0] ?? ''), fold(owner.name)].includes(folded)) {
    return 'The password must not be your name or e-mail address.';
  }
  if (COMMON_PASSWORDS.has(folded) || isOneCharacterRepeated(folded)) {
    return 'This password is among the first that anybody would guess. Choose another one.';
  }
  return null;
}

function isOneCharacterRepeated(password: string): boolean {
  return new Set(password).size === 1;
}

/** Case and spaces don't make a guess harder. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/gu, '');
}
