import type { AccountView } from '@kopeck/contracts';
import type { Amount } from '../../transfers/amount.js';
import { useVisit } from '../rendering/visit-context.js';

export interface MoneyProps {
  readonly amount: Amount;
  readonly size?: 'small' | 'large' | 'huge';
  /** A movement: what comes in has a plus and a word, what goes out a minus and a word. */
  readonly isMovement?: boolean;
  /** It never moved: said lightly. */
  readonly isVoid?: boolean;
  /** The account whose balance it is: live updates write the new one here. */
  readonly balanceOf?: Pick<AccountView, 'accountId' | 'version'>;
}

/** An amount: minor units lighter, digits of one width, a true minus sign; direction by sign and word, never by colour alone. */
export function Money({ amount, size = 'small', isMovement = false, isVoid = false, balanceOf }: MoneyProps) {
  const { formats, words } = useVisit();
  const { sign, whole, minor, currency } = formats.money(amount, isMovement);
  const direction = sign === '+' ? words.money.in : words.money.out;
  return (
    <span
      class={`money money--${size}${sign === '+' ? ' money--in' : ''}${isVoid ? ' money--void' : ''}`}
      data-balance={balanceOf?.accountId}
      data-version={balanceOf?.version}
    >
      {isMovement && <span class="unseen">{`${direction} `}</span>}
      <span class="money__whole">{sign + whole}</span>
      <span class="money__minor">{minor}</span>
      {'\u00a0'}
      <span class="money__currency">{currency}</span>
    </span>
  );
}
