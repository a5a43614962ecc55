import { REFERENCE } from '@kopeck/contracts';

const MAX_LENGTH = 60;

export function isAccountName(name: string): boolean {
  return name.length > 0 && name.length <= MAX_LENGTH && REFERENCE.test(name);
}
