import type { AccountView } from '@kopeck/contracts';
import { accountChoice } from '../components/account-choice.js';
import { Empty } from '../components/empty.js';
import { ErrorSummary } from '../components/error-summary.js';
import type { FieldFault } from '../components/field-fault.js';
import { AmountField, SelectField, TextField } from '../components/field.js';
import { Form } from '../components/form.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import type { TypedTransfer } from './send-form.js';

export interface SendPageProps {
  readonly accounts: readonly AccountView[];
  /** Idempotency key: it stays the same from here to the ledger, so that the form is one transfer however often it is sent. */
  readonly formKey: string;
  readonly typed: Partial<TypedTransfer>;
  readonly faults?: readonly FieldFault[];
}

export function SendPage({ accounts, formKey, typed, faults }: SendPageProps) {
  const { words, formats } = useVisit();
  const { send } = words;
  if (accounts.length === 0) {
    return (
      <Shell title={send.title}>
        <Empty title={send.noAccount}>
          <a class="button" href="/accounts/new">
            {words.accounts.open}
          </a>
        </Empty>
      </Shell>
    );
  }
  return (
    <Shell title={send.title} hasErrors={faults !== undefined}>
      <ErrorSummary faults={faults} />
      <Form action="/send" class="form" hidden={{ key: formKey }}>
        <SelectField
          name="from"
          label={send.from}
          value={typed.from}
          choices={accounts.map((account) => accountChoice(account, formats))}
          faults={faults}
        />
        <TextField
          name="to"
          label={send.to}
          hint={send.toHint}
          value={typed.to}
          faults={faults}
          input={{ autocomplete: 'off', spellcheck: false, maxLength: 60 }}
        />
        <AmountField
          name="amount"
          label={send.amount}
          hint={send.amountHint}
          value={typed.amount}
          faults={faults}
        />
        <TextField
          name="reference"
          label={`${send.reference} ${words.form.optional}`}
          value={typed.reference}
          faults={faults}
          input={{ autocomplete: 'off', maxLength: 140 }}
        />
        <p class="actions">
          <button class="button" type="submit">
            {send.next}
          </button>
        </p>
      </Form>
    </Shell>
  );
}
