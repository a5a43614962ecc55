import { QUOTE_SIDES, type AccountView } from '@kopeck/contracts';
import { accountChoice } from '../components/account-choice.js';
import { Empty } from '../components/empty.js';
import { ErrorSummary } from '../components/error-summary.js';
import type { FieldFault } from '../components/field-fault.js';
import { AmountField, RadioField, SelectField } from '../components/field.js';
import { Form } from '../components/form.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import type { TypedConversion } from './convert-form.js';

export interface ConvertPageProps {
  readonly accounts: readonly AccountView[];
  /** Idempotency key: a form that is sent twice gets one price. */
  readonly formKey: string;
  readonly typed: Partial<TypedConversion>;
  readonly faults?: readonly FieldFault[];
}

export function ConvertPage({ accounts, formKey, typed, faults }: ConvertPageProps) {
  const { words, formats } = useVisit();
  const { convert } = words;
  const currencies = new Set(accounts.map(({ currency }) => currency));
  if (currencies.size < 2) {
    return (
      <Shell title={convert.title}>
        <Empty title={convert.needsTwo}>
          <p>{convert.needsTwoText}</p>
          <a class="button" href="/accounts/new">
            {words.accounts.open}
          </a>
        </Empty>
      </Shell>
    );
  }
  const choices = accounts.map((account) => accountChoice(account, formats));
  const from = typed.from ?? accounts[0]?.accountId;
  return (
    <Shell title={convert.title} hasErrors={faults !== undefined}>
      <ErrorSummary faults={faults} />
      <Form action="/convert" class="form" hidden={{ key: formKey }}>
        <SelectField name="from" label={convert.from} value={from} choices={choices} faults={faults} />
        <SelectField
          name="to"
          label={convert.to}
          value={typed.to ?? otherThan(accounts, from)}
          choices={choices}
          faults={faults}
        />
        <RadioField
          name="side"
          label={convert.side}
          value={typed.side === 'buy' ? 'buy' : 'sell'}
          choices={QUOTE_SIDES.map((side) => ({ value: side, text: convert.sides[side] }))}
          faults={faults}
        />
        <AmountField name="amount" label={convert.amount} value={typed.amount} faults={faults} />
        <p class="actions">
          <button class="button" type="submit">
            {convert.next}
          </button>
        </p>
      </Form>
    </Shell>
  );
}

/** The first account that could take what leaves this one. */
function otherThan(accounts: readonly AccountView[], from: string | undefined): string | undefined {
  const currency = accounts.find(({ accountId }) => accountId === from)?.currency;
  return accounts.find((account) => account.currency !== currency)?.accountId;
}
