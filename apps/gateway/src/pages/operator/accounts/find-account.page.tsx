import { ErrorSummary } from '../../components/error-summary.js';
import type { FieldFault } from '../../components/field-fault.js';
import { TextField } from '../../components/field.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';

export interface FindAccountPageProps {
  readonly typed?: string;
  readonly faults?: readonly FieldFault[];
}

export function FindAccountPage({ typed, faults }: FindAccountPageProps) {
  const { words } = useVisit();
  const text = words.operatorAccounts;
  return (
    <Shell title={text.title} hasErrors={faults !== undefined}>
      <ErrorSummary faults={faults} />
      <form method="get" action="/operator/accounts" class="form" role="search" noValidate>
        <TextField
          name="number"
          label={text.number}
          hint={text.numberHint}
          value={typed}
          faults={faults}
          input={{ autocomplete: 'off', spellcheck: false, maxLength: 60 }}
        />
        <p class="actions">
          <button class="button" type="submit">
            {text.find}
          </button>
        </p>
      </form>
    </Shell>
  );
}
