import type { ComponentChildren } from 'preact';
import { TICKED } from './preference-form.js';

export interface CheckProps {
  readonly name: string;
  readonly isTicked: boolean;
  readonly isWrong?: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A box with its label. */
export function Check({ name, isTicked, isWrong = false, class: kind = 'choice', children }: CheckProps) {
  return (
    <label class={kind}>
      <input
        type="checkbox"
        id={name}
        name={name}
        value={TICKED}
        checked={isTicked}
        aria-invalid={isWrong ? 'true' : undefined}
      />
      <span>{children}</span>
    </label>
  );
}
