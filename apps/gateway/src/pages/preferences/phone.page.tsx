import { ErrorSummary } from '../components/error-summary.js';
import type { FieldFault } from '../components/field-fault.js';
import { TextField } from '../components/field.js';
import { Form } from '../components/form.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';

export interface PhonePageProps {
  readonly isOffered: boolean;
  /** Masked; where a code was sent to and hasn't come back yet. */
  readonly pending: string | null;
  /** What was typed as the number. */
  readonly phone?: string;
  readonly faults?: readonly FieldFault[];
}

/** A number, and the code that shows that it is one's own. */
export function PhonePage({ isOffered, pending, phone, faults }: PhonePageProps) {
  const { phone: texts } = useVisit().words.contacts;
  return (
    <Shell
      title={texts.title}
      back={{ href: '/preferences', text: texts.back }}
      hasErrors={faults !== undefined}
    >
      <ErrorSummary faults={faults} />
      {!isOffered && <Notice>{texts.notOffered}</Notice>}
      {isOffered && pending !== null && <CodeForm pending={pending} faults={faults} />}
      {isOffered && pending === null && <NumberForm phone={phone} faults={faults} />}
      {isOffered && pending !== null && (
        <p>
          <a href="/preferences/phone?change=1">{texts.other}</a>
        </p>
      )}
    </Shell>
  );
}

function NumberForm({ phone, faults }: Pick<PhonePageProps, 'phone' | 'faults'>) {
  const { phone: texts } = useVisit().words.contacts;
  return (
    <Form action="/preferences/phone" class="form">
      <TextField
        name="phone"
        label={texts.number}
        hint={texts.hint}
        value={phone}
        faults={faults}
        width="half"
        input={{ autocomplete: 'tel', inputMode: 'tel', maxLength: 40 }}
      />
      <p class="actions">
        <button class="button" type="submit">
          {texts.send}
        </button>
      </p>
    </Form>
  );
}

function CodeForm({ pending, faults }: { readonly pending: string } & Pick<PhonePageProps, 'faults'>) {
  const { phone: texts } = useVisit().words.contacts;
  return (
    <Form action="/preferences/phone/confirm" class="form">
      <TextField
        name="code"
        label={texts.code}
        hint={texts.codeHint(pending)}
        faults={faults}
        width="short"
        input={{ autocomplete: 'one-time-code', inputMode: 'numeric', maxLength: 12 }}
      />
      <p class="actions">
        <button class="button" type="submit">
          {texts.confirm}
        </button>
      </p>
    </Form>
  );
}
