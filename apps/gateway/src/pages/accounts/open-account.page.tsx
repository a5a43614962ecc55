import { OFFERED_CURRENCIES } from '@kopeck/contracts';
import { ErrorSummary } from '../components/error-summary.js';
import type { FieldFault } from '../components/field-fault.js';
import { SelectField, TextField } from '../components/field.js';
import { Form } from '../components/form.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';

export interface OpenAccountPageProps {
  /** Idempotency key: a double click opens one account. */
  readonly formKey: string;
  readonly currency?: string;
  readonly name?: string;
  readonly faults?: readonly FieldFault[];
}

export function OpenAccountPage({ formKey, currency, name, faults }: OpenAccountPageProps) {
  const { words } = useVisit();
  const choices = OFFERED_CURRENCIES.map((code) => ({
    value: code,
    text: `${code} · ${words.rates.currencies[code]}`,
  }));
  return (
    <Shell
      title={words.openAccount.title}
      back={{ href: '/accounts', text: words.accounts.title }}
      hasErrors={faults !== undefined}
    >
      <ErrorSummary faults={faults} />
      <Form action="/accounts/new" class="form" hidden={{ key: formKey }}>
        <SelectField
          name="currency"
          label={words.openAccount.currency}
          value={currency}
          choices={choices}
          faults={faults}
        />
        <TextField
          name="name"
          label={words.accounts.name}
          hint={words.accounts.nameHint}
          value={name}
          faults={faults}
          input={{ maxLength: 60, autocomplete: 'off' }}
        />
        <p class="actions">
          <button class="button" type="submit">
            {words.openAccount.action}
          </button>
        </p>
      </Form>
    </Shell>
  );
}
