import { LANGUAGES, OFFERED_CURRENCIES, RATE_DIGESTS } from '@kopeck/contracts';
import type { FieldFault } from '../components/field-fault.js';
import { AmountField, RadioField, TextField } from '../components/field.js';
import { useVisit } from '../rendering/visit-context.js';
import { Check } from './check.js';
import { minimumFieldOf, rateBoxOf, TICKED, type TypedPreferences } from './preference-form.js';
import { TimeZoneField } from './time-zone-field.js';

interface FieldsProps {
  readonly typed: TypedPreferences;
  readonly faults?: readonly FieldFault[];
}

const NAMES = { en: 'English', ru: 'Русский' } as const;
const TIME_INPUT = { inputMode: 'numeric', autocomplete: 'off', maxLength: 10 } as const;

export function QuietHoursFields({ typed, faults }: FieldsProps) {
  const { quiet } = useVisit().words.preferences;
  const time = { faults, width: 'short', input: TIME_INPUT } as const;
  return (
    <section class="form" aria-labelledby="quiet-title">
      <h2 id="quiet-title">{quiet.title}</h2>
      <p class="note">{quiet.hint}</p>
      <Check name="quiet" isTicked={typed['quiet'] === TICKED}>
        {quiet.on}
      </Check>
      <div class="row row--top">
        <TextField {...time} name="quietFrom" label={quiet.from} value={typed['quietFrom']} />
        <TextField {...time} name="quietTo" label={quiet.to} value={typed['quietTo']} />
      </div>
      <TimeZoneField value={typed['timeZone']} faults={faults} />
    </section>
  );
}

/** Rates are told to who has money; operators see all of them anyway. */
export function RateFields({ typed, faults }: FieldsProps) {
  const { rates } = useVisit().words.preferences;
  const choices = RATE_DIGESTS.map((value) => ({ value, text: rates.digests[value] }));
  return (
    <section class="form" aria-labelledby="rates-title">
      <h2 id="rates-title">{rates.title}</h2>
      <fieldset class="field" aria-describedby="currencies-hint">
        <legend class="field__label">{rates.currencies}</legend>
        <p class="field__hint" id="currencies-hint">
          {rates.currenciesHint}
        </p>
        <div class="boxes">
          {OFFERED_CURRENCIES.map((currency) => (
            <Check key={currency} name={rateBoxOf(currency)} isTicked={typed[rateBoxOf(currency)] === TICKED}>
              {currency}
            </Check>
          ))}
        </div>
      </fieldset>
      <RadioField
        name="rateDigest"
        label={rates.digest}
        value={typed['rateDigest']}
        faults={faults}
        choices={choices}
      />
    </section>
  );
}

export function MinimumFields({ typed, faults }: FieldsProps) {
  const { minimum } = useVisit().words.preferences;
  return (
    <section class="form" aria-labelledby="minimum-title">
      <h2 id="minimum-title">{minimum.title}</h2>
      <p class="note">{minimum.hint}</p>
      <div class="minimums">
        {OFFERED_CURRENCIES.map((currency) => (
          <AmountField
            key={currency}
            name={minimumFieldOf(currency)}
            label={currency}
            value={typed[minimumFieldOf(currency)]}
            faults={faults}
          />
        ))}
      </div>
    </section>
  );
}

export function LanguageField({ typed, faults }: FieldsProps) {
  const { language } = useVisit().words.preferences;
  return (
    <div class="form">
      <RadioField
        name="language"
        label={language.label}
        hint={language.hint}
        value={typed['language']}
        faults={faults}
        choices={LANGUAGES.map((value) => ({ value, text: NAMES[value] }))}
      />
    </div>
  );
}
