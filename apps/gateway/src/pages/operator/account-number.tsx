import { formatAccountNumber } from '@kopeck/contracts';

/** In groups of four, which stand in two lines where the screen is too narrow for one. */
export function AccountNumber({ number }: { readonly number: string }) {
  return <span class="account-number">{formatAccountNumber(number)}</span>;
}
