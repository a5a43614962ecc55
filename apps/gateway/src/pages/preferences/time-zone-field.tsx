import { faultOf, type FieldFault } from '../components/field-fault.js';
import { useVisit } from '../rendering/visit-context.js';
import { zoneGroups } from './time-zones.js';

export interface TimeZoneFieldProps {
  readonly value: string | undefined;
  readonly faults?: readonly FieldFault[];
}

/** Every time zone there is, by parts of the world: typing the first letters of a place finds it. */
export function TimeZoneField({ value, faults }: TimeZoneFieldProps) {
  const { words, formats } = useVisit();
  const { quiet, region: regions, places } = words.preferences;
  const fault = faultOf(faults, 'timeZone');
  const regionOf = (name: string) => (regions as Readonly<Record<string, string>>)[name] ?? name;
  return (
    <div class={fault ? 'field field--wrong' : 'field'}>
      <label class="field__label" for="timeZone">
        {quiet.timeZone}
      </label>
      <p class="field__hint" id="timeZone-hint">
        {quiet.timeZoneHint}
      </p>
      {fault && (
        <p class="field__fault" id="timeZone-fault">
          {fault.text}
        </p>
      )}
      <select
        id="timeZone"
        name="timeZone"
        aria-describedby={fault ? 'timeZone-hint timeZone-fault' : 'timeZone-hint'}
        aria-invalid={fault ? 'true' : undefined}
      >
        {zoneGroups(places, formats.locale, value).map(({ region, zones }) => (
          <optgroup key={region} label={regionOf(region)}>
            {zones.map(({ name, place }) => (
              <option key={name} value={name} selected={name === value}>
                {place}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
