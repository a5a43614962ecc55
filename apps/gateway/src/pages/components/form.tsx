import type { ComponentChildren } from 'preact';
import { useVisit } from '../rendering/visit-context.js';
import { PAGE_FIELD } from '../visits/form-fields.js';
import { TOKEN_FIELD } from '../visits/form-tokens.js';

export interface FormProps {
  /** Where it is sent to: a path of ours. */
  readonly action: string;
  readonly class?: string;
  /** Hidden fields, such as the idempotency key, which makes a double click one transfer. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly children: ComponentChildren;
}

/** A form that is sent by POST: with the token that our pages alone have, and the page to come back to. */
export function Form({ action, class: name, hidden = {}, children }: FormProps) {
  const { tokenFor, address } = useVisit();
  const fields = { [TOKEN_FIELD]: tokenFor(action), [PAGE_FIELD]: address, ...hidden };
  return (
    // Faults are told by the page, all at once and in its own words, not by the browser's bubbles.
    <form method="post" action={action} class={name} noValidate>
      {Object.entries(fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      {children}
    </form>
  );
}
