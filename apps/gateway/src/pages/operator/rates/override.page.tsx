import { OFFERED_CURRENCIES, RATE_SOURCES } from '@kopeck/contracts';
import { ErrorSummary } from '../../components/error-summary.js';
import type { FieldFault } from '../../components/field-fault.js';
import { RadioField, SelectField, TextField } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';
import { MAX_REASON_LENGTH } from '../reason.js';
import { MAX_OVERRIDE_DAYS, type TypedOverride } from './override-form.js';

export interface OverridePageProps {
  readonly typed: TypedOverride;
  readonly timeZone: string;
  readonly faults?: readonly FieldFault[];
}

export function OverridePage({ typed, timeZone, faults }: OverridePageProps) {
  const { words } = useVisit();
  const text = words.operatorRates;
  const sources = RATE_SOURCES.map((value) => ({ value, text: text.sources[value] }));
  const currencies = [
    { value: '', text: text.chooseCurrency },
    ...OFFERED_CURRENCIES.map((value) => ({ value, text: value })),
  ];
  return (
    <Shell
      title={text.setByHand}
      back={{ href: '/operator/rates', text: text.title }}
      hasErrors={faults !== undefined}
    >
      <ErrorSummary faults={faults} />
      <p>{text.overrideLead}</p>
      <Form action="/operator/rates/overrides" class="form" hidden={{ key: typed.key }}>
        <RadioField
          name="source"
          label={text.source}
          value={typed.source}
          choices={sources}
          faults={faults}
        />
        <SelectField
          name="currency"
          label={text.currency}
          value={typed.currency}
          choices={currencies}
          faults={faults}
        />
        <TextField
          name="rate"
          label={text.rate}
          hint={text.rateHint}
          value={typed.rate}
          width="half"
          faults={faults}
          input={{ inputMode: 'decimal', autocomplete: 'off', maxLength: 30 }}
        />
        <TextField
          name="expiresAt"
          type="datetime-local"
          label={text.until}
          hint={text.untilHint(timeZone, MAX_OVERRIDE_DAYS)}
          value={typed.expiresAt}
          width="half"
          faults={faults}
        />
        <TextField
          name="reason"
          label={words.operator.reason}
          value={typed.reason}
          faults={faults}
          input={{ autocomplete: 'off', maxLength: MAX_REASON_LENGTH }}
        />
        <p class="actions">
          <button class="button" type="submit">
            {text.set}
          </button>
        </p>
      </Form>
    </Shell>
  );
}
