import { ALERT_KINDS, type AlertView } from '@kopeck/contracts';
import { TextField, RadioField } from '../components/field.js';
import { Form } from '../components/form.js';
import { Status } from '../components/status.js';
import { useVisit } from '../rendering/visit-context.js';
import { withParameter } from '../visits/own-path.js';
import type { FieldFault } from '../components/field-fault.js';
import type { TypedAlert } from './alert-form.js';

export interface AlertsProps {
  readonly base: string;
  readonly quote: string;
  readonly alerts: readonly AlertView[] | undefined;
  readonly formKey: string;
  readonly typed?: Partial<TypedAlert>;
  readonly faults?: readonly FieldFault[];
}

/** "Tell me when it gets there", and what was asked for so far. */
export function Alerts({ base, quote, alerts, formKey, typed = {}, faults }: AlertsProps) {
  const { words, session } = useVisit();
  const { rates } = words;
  const address = `/rates/${base}/${quote}`;
  if (!session) {
    return (
      <p class="screen">
        <a href={withParameter('/sign-in', 'next', address)}>{rates.alertSignIn}</a>
      </p>
    );
  }
  if (session.role !== 'customer') return null;
  return (
    <section class="stack screen" aria-labelledby="alert">
      <h2 id="alert">{rates.alert}</h2>
      <p class="note">{rates.alertText}</p>
      <Form action={address} class="form" hidden={{ key: formKey }}>
        <RadioField
          name="kind"
          label={rates.alertKind}
          value={typed.kind ?? 'at_or_above'}
          choices={ALERT_KINDS.map((kind) => ({ value: kind, text: rates.alertKinds[kind] }))}
          faults={faults}
        />
        <TextField
          name="value"
          label={rates.alertValue}
          value={typed.value}
          width="short"
          faults={faults}
          input={{ inputMode: 'decimal', autocomplete: 'off', maxLength: 30 }}
        />
        <p class="actions">
          <button class="button button--second" type="submit">
            {rates.alertAction}
          </button>
        </p>
      </Form>
      {alerts && alerts.length > 0 && <AlertList alerts={alerts} />}
    </section>
  );
}

function AlertList({ alerts }: { readonly alerts: readonly AlertView[] }) {
  const { words, formats } = useVisit();
  return (
    <>
      <h3>{words.rates.alerts}</h3>
      <ul class="lines">
        {alerts.map(({ alertId, kind, rate, percent }) => (
          <li key={alertId}>
            <Status mood="waiting">
              {words.rates.alertLine[kind](kind === 'moves_by' ? (percent ?? '') : formats.rate(rate ?? '0'))}
            </Status>
            <Form action={`/rate-alerts/${alertId}/cancellation`}>
              <button class="quiet" type="submit">
                {words.rates.alertCancel}
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </>
  );
}
