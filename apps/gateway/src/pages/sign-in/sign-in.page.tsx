import { ErrorSummary } from '../components/error-summary.js';
import type { FieldFault } from '../components/field-fault.js';
import { TextField } from '../components/field.js';
import { Form } from '../components/form.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';

export interface SignInPageProps {
  /** Where to go afterwards: a path of ours. */
  readonly next?: string;
  /** A form that was sent without a session, sealed. */
  readonly draft?: string;
  readonly isInterrupted?: boolean;
  readonly email?: string;
  readonly faults?: readonly FieldFault[];
}

export function SignInPage({ next, draft, isInterrupted = false, email, faults }: SignInPageProps) {
  const { words } = useVisit();
  const hidden = { ...(next !== undefined && { next }), ...(draft !== undefined && { draft }) };
  return (
    <Shell title={words.signIn.title} hasErrors={faults !== undefined}>
      <ErrorSummary faults={faults} />
      {isInterrupted && <Notice>{words.signIn.interrupted}</Notice>}
      {!isInterrupted && !faults && next !== undefined && <Notice>{words.signIn.first}</Notice>}
      <Form action="/sign-in" class="form" hidden={hidden}>
        <TextField
          name="email"
          label={words.signIn.email}
          type="email"
          value={email}
          faults={faults}
          input={{ autocomplete: 'username', spellcheck: false, maxLength: 254 }}
        />
        <TextField
          name="password"
          label={words.signIn.password}
          type="password"
          faults={faults}
          input={{ autocomplete: 'current-password', maxLength: 200 }}
        />
        <p class="actions">
          <button class="button" type="submit">
            {words.signIn.action}
          </button>
        </p>
      </Form>
      <p>
        {words.signIn.noAccountYet} <a href="/sign-up">{words.signIn.signUp}</a>
      </p>
    </Shell>
  );
}
