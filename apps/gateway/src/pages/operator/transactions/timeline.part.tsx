import type { TransferStep } from '@kopeck/contracts';
import { useVisit } from '../../rendering/visit-context.js';

const LAST: ReadonlySet<TransferStep['type']> = new Set(['completed', 'refused']);

/** A transaction's way through the services: what, when to the millisecond, and where. */
export function Timeline({ steps }: { readonly steps: readonly TransferStep[] }) {
  const { words, formats } = useVisit();
  const text = words.operatorTransactions;
  const isOpen = !steps.some(({ type }) => LAST.has(type));
  return (
    <ol class="timeline">
      {steps.map(({ type, at, service, detail }, index) => (
        <li key={index} class={type === 'refused' ? 'timeline__bad' : undefined}>
          <span>{text.steps[type]}</span>
          <time class="number" dateTime={at}>
            {formats.clock(at)}
          </time>
          <span class="note">
            {service}
            {detail !== null && ` · ${detailOf(detail, text)}`}
          </span>
        </li>
      ))}
      {isOpen && (
        <li class="timeline__open">
          <span>{text.waitingForResult}</span>
        </li>
      )}
    </ol>
  );
}

type Text = ReturnType<typeof useVisit>['words']['operatorTransactions'];

/** The services' own words are few: a reason, or that no result had come, and how often. */
function detailOf(detail: string, text: Text): string {
  if (Object.hasOwn(text.reasons, detail)) return text.reasons[detail as keyof Text['reasons']];
  const times = /^no result had come; sent again (\d+) times/.exec(detail)?.[1];
  return times === undefined ? text.noResult : text.noResultTimes(Number(times));
}
