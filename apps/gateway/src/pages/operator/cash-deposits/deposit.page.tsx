import { ErrorSummary } from '../../components/error-summary.js';
import type { FieldFault } from '../../components/field-fault.js';
import { AmountField, TextField } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';
import { MAX_REFERENCE_LENGTH, type TypedDeposit } from './deposit-form.js';

export interface DepositPageProps {
  readonly typed: TypedDeposit;
  readonly faults?: readonly FieldFault[];
}

export function DepositPage({ typed, faults }: DepositPageProps) {
  const { words } = useVisit();
  const text = words.operatorDeposits;
  return (
    <Shell title={text.title} hasErrors={faults !== undefined}>
      <ErrorSummary faults={faults} />
      <p>{text.lead}</p>
      <Form action="/operator/cash-deposits/check" class="form" hidden={{ key: typed.key }}>
        <TextField
          name="number"
          label={words.operatorAccounts.number}
          hint={words.operatorAccounts.numberHint}
          value={typed.number}
          faults={faults}
          input={{ autocomplete: 'off', spellcheck: false, maxLength: 60 }}
        />
        <AmountField
          name="amount"
          label={text.amount}
          hint={text.amountHint}
          value={typed.amount}
          faults={faults}
        />
        <TextField
          name="reference"
          label={`${text.reference} ${words.form.optional}`}
          hint={text.referenceHint}
          value={typed.reference}
          faults={faults}
          input={{ autocomplete: 'off', maxLength: MAX_REFERENCE_LENGTH }}
        />
        <p class="actions">
          <button class="button" type="submit">
            {text.toCheck}
          </button>
        </p>
      </Form>
    </Shell>
  );
}
