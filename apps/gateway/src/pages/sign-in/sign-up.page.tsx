import { PASSWORD_MIN_LENGTH } from '@kopeck/contracts';
import { ErrorSummary } from '../components/error-summary.js';
import type { FieldFault } from '../components/field-fault.js';
import { TextField } from '../components/field.js';
import { Form } from '../components/form.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';

export interface SignUpPageProps {
  readonly name?: string;
  readonly email?: string;
  readonly faults?: readonly FieldFault[];
}

export function SignUpPage({ name, email, faults }: SignUpPageProps) {
  const { words, formats } = useVisit();
  return (
    <Shell title={words.signUp.title} hasErrors={faults !== undefined}>
      <ErrorSummary faults={faults} />
      <Form action="/sign-up" class="form">
        <TextField
          name="name"
          label={words.signUp.name}
          hint={words.signUp.nameHint}
          value={name}
          faults={faults}
          input={{ autocomplete: 'name', maxLength: 100 }}
        />
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
          hint={words.signUp.passwordHint(formats.number(PASSWORD_MIN_LENGTH))}
          type="password"
          faults={faults}
          input={{ autocomplete: 'new-password', maxLength: 200 }}
        />
        <p class="actions">
          <button class="button" type="submit">
            {words.signUp.action}
          </button>
        </p>
      </Form>
      <p>
        {words.signUp.alreadyOne} <a href="/sign-in">{words.signIn.action}</a>
      </p>
    </Shell>
  );
}
