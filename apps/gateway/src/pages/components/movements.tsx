import type { ComponentChildren } from 'preact';
import type { Amount } from '../../transfers/amount.js';
import { useVisit } from '../rendering/visit-context.js';
import { Money } from './money.js';

/** One line of a history: a movement on an account, or a transfer that may become one. */
export interface Movement {
  readonly id: string;
  readonly href: string;
  /** RFC 3339. */
  readonly at: string;
  readonly title: string;
  readonly note?: ComponentChildren;
  /** Negative: out, positive: in. Without a sign where it stays with its owner. */
  readonly amount: Amount;
  readonly isUnsigned?: boolean;
  readonly balanceAfter?: Amount;
  /** Struck through where it never moved. */
  readonly isVoid?: boolean;
}

/** A history by days, newest first: what it was, and how much. */
export function Movements({
  caption,
  movements,
}: {
  readonly caption: string;
  readonly movements: readonly Movement[];
}) {
  const { formats, words } = useVisit();
  return (
    <table class="ledger">
      <caption class="unseen">{caption}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{words.movement.what}</th>
          <th scope="col">{words.movement.amount}</th>
        </tr>
      </thead>
      {daysOf(movements, (at) => formats.dayKey(at)).map((day) => (
        <tbody key={day[0]!.id}>
          <tr class="ledger__day">
            <th colSpan={2} scope="rowgroup">
              {formats.day(day[0]!.at)}
            </th>
          </tr>
          {day.map((movement) => (
            <MovementRow key={movement.id} movement={movement} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function MovementRow({ movement }: { readonly movement: Movement }) {
  const { words } = useVisit();
  const { href, title, note, amount, balanceAfter, isUnsigned = false, isVoid = false } = movement;
  return (
    <tr>
      <td>
        <a class="ledger__what" href={href}>
          {title}
        </a>
        <div class="note">{note}</div>
      </td>
      <td class="ledger__amount">
        {isVoid ? (
          <s>
            <Money amount={amount} />
          </s>
        ) : (
          <Money amount={amount} isMovement={!isUnsigned} />
        )}
        {balanceAfter && (
          <div class="note">
            {words.movement.balance} <Money amount={balanceAfter} />
          </div>
        )}
      </td>
    </tr>
  );
}

/** The history is in order, so a day's movements stand together. */
function daysOf(movements: readonly Movement[], dayOf: (at: string) => string): Movement[][] {
  const days: Movement[][] = [];
  let today: string | undefined;
  for (const movement of movements) {
    const day = dayOf(movement.at);
    if (day === today) days.at(-1)!.push(movement);
    else days.push([movement]);
    today = day;
  }
  return days;
}
