import type { TransferStatus } from '@kopeck/contracts';
import { useVisit } from '../rendering/visit-context.js';

export type Mood = 'good' | 'waiting' | 'bad' | 'plain';

const SHAPES: Readonly<Record<Mood, string>> = {
  good: 'M3 8.5l3.5 3.5L13 4.5',
  waiting: 'M8 3v5l3 2',
  bad: 'M4 4l8 8M12 4l-8 8',
  plain: 'M4 8h8',
};

/** A word with a mark of its own shape: never colour alone. */
export function Status({ mood, children }: { readonly mood: Mood; readonly children: string }) {
  return (
    <span class={`status status--${mood}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {mood === 'waiting' && <circle cx="8" cy="8" r="6.5" />}
        <path d={SHAPES[mood]} />
      </svg>
      {children}
    </span>
  );
}

const MOODS: Readonly<Record<TransferStatus, Mood>> = {
  pending: 'waiting',
  completed: 'good',
  failed: 'bad',
};

export function TransferStatusMark({ status }: { readonly status: TransferStatus }) {
  const { words } = useVisit();
  return <Status mood={MOODS[status]}>{words.transfer.statuses[status]}</Status>;
}
