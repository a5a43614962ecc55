import { CHANNELS, type NotificationType } from '@kopeck/contracts';
import { faultOf, type FieldFault } from '../components/field-fault.js';
import { useVisit } from '../rendering/visit-context.js';
import { Check } from './check.js';
import { boxOf, TICKED, type TypedPreferences } from './preference-form.js';
import { shownCategories, type ShownCategory } from './shown-types.js';

export interface ChannelMatrixProps {
  readonly typed: TypedPreferences;
  readonly faults?: readonly FieldFault[];
}

/**
 * Which event is told over which channel. A table on wide screens, a list of events on narrow ones; roles are written out
 * because a table that is laid out as anything else stops being one for screen readers.
 */
export function ChannelMatrix({ typed, faults }: ChannelMatrixProps) {
  const { words, session } = useVisit();
  const { matrix } = words.preferences;
  return (
    <section class="stack" aria-labelledby="matrix-title">
      <h2 id="matrix-title">{matrix.title}</h2>
      <p class="note">{matrix.hint}</p>
      <table class="matrix" role="table" aria-labelledby="matrix-title">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {matrix.event}
            </th>
            {CHANNELS.map((channel) => (
              <th role="columnheader" scope="col" key={channel}>
                {words.notifications.channels[channel]}
              </th>
            ))}
          </tr>
        </thead>
        {shownCategories(session?.role ?? 'customer').map((shown) => (
          <Category key={shown.category} shown={shown} typed={typed} faults={faults} />
        ))}
      </table>
    </section>
  );
}

function Category({ shown, ...props }: ChannelMatrixProps & { readonly shown: ShownCategory }) {
  const { matrix } = useVisit().words.preferences;
  return (
    <tbody role="rowgroup">
      <tr role="row" class="matrix__category">
        <th role="rowheader" scope="rowgroup" colSpan={CHANNELS.length + 1}>
          {matrix.categories[shown.category]}
          {shown.category === 'security' && <span class="note"> {matrix.securityHint}</span>}
        </th>
      </tr>
      {shown.types.map((type) => (
        <Row key={type} type={type} {...props} />
      ))}
    </tbody>
  );
}

function Row({ type, typed, faults }: ChannelMatrixProps & { readonly type: NotificationType }) {
  const { channels, types } = useVisit().words.notifications;
  const fault = faultOf(faults, boxOf(type, CHANNELS[0]));
  return (
    <tr role="row" class={fault ? 'matrix__row matrix__row--wrong' : 'matrix__row'}>
      <th role="rowheader" scope="row">
        {types[type]}
        {fault && <span class="field__fault">{fault.text}</span>}
      </th>
      {CHANNELS.map((channel) => {
        const name = boxOf(type, channel);
        return (
          <td role="cell" key={channel}>
            <Check
              name={name}
              isTicked={typed[name] === TICKED}
              isWrong={fault !== undefined}
              class="matrix__box"
            >
              <span class="unseen">{`${types[type]}: `}</span>
              {channels[channel]}
            </Check>
          </td>
        );
      })}
    </tr>
  );
}
