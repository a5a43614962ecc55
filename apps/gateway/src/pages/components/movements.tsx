import type { ComponentChildren } from 'preact';
import type { Amount } from '../../transfers/amount.js';
import { keptMarkup } from '../rendering/kept-markup.js';
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

/** One that is posted. */
export interface PostedMovement extends Pick<Movement, 'id' | 'at'> {
  /** Asked for only where its row isn't kept. */
  readonly movement: () => Movement;
}

/** A history by days, newest first: what it was, and how much. */
export function Movements({
  caption,
  movements,
}: {
  readonly caption: string;
  readonly movements: readonly Movement[];
}) {
  return (
    <Ledger
      caption={caption}
      rows={movements}
      bodyOf={(day, name) => (
        <tbody key={day[0]!.id}>
          <DayRow name={name} />
          {day.map((movement) => (
            <MovementRow key={movement.id} movement={movement} />
          ))}
        </tbody>
      )}
    />
  );
}

/** The same of movements that are posted, and so never change: each row is rendered once, and kept. */
export function PostedMovements({
  caption,
  movements,
}: {
  readonly caption: string;
  readonly movements: readonly PostedMovement[];
}) {
  const visit = useVisit();
  const rowOf = ({ id, movement }: PostedMovement) =>
    keptMarkup(visit, `movement ${id}`, () => <MovementRow movement={movement()} />);
  return (
    <Ledger
      caption={caption}
      rows={movements}
      bodyOf={(day, name) => {
        const head = keptMarkup(visit, `day ${name}`, () => <DayRow name={name} />);
        return (
          <tbody key={day[0]!.id} dangerouslySetInnerHTML={{ __html: head + day.map(rowOf).join('') }} />
        );
      }}
    />
  );
}

/** Head of the table, and a body for each day. */
function Ledger<Row extends Pick<Movement, 'id' | 'at'>>({
  caption,
  rows,
  bodyOf,
}: {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly bodyOf: (day: readonly Row[], name: string) => ComponentChildren;
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
      {daysOf(rows, (at) => formats.dayKey(at)).map((day) => bodyOf(day, formats.day(day[0]!.at)))}
    </table>
  );
}

function DayRow({ name }: { readonly name: string }) {
  return (
    <tr class="ledger__day">
      <th colSpan={2} scope="rowgroup">
        {name}
      </th>
    </tr>
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
function daysOf<Row extends Pick<Movement, 'at'>>(
  movements: readonly Row[],
  dayOf: (at: string) => string,
): Row[][] {
  const days: Row[][] = [];
  let today: string | undefined;
  for (const movement of movements) {
    const day = dayOf(movement.at);
    if (day === today) days.at(-1)!.push(movement);
    else days.push([movement]);
    today = day;
  }
  return days;
}
