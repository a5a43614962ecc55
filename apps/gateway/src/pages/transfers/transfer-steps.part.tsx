import type { TransferStep } from '@kopeck/contracts';
import { Moment } from '../components/moment.js';
import { Notice } from '../components/notice.js';
import { useVisit } from '../rendering/visit-context.js';

/** A transfer's way through the bank, as far as it has come. */
export function TransferSteps({ steps }: { readonly steps: readonly TransferStep[] | undefined }) {
  const { words } = useVisit();
  return (
    <section class="stack screen" aria-labelledby="steps">
      <h2 id="steps">{words.transfer.steps}</h2>
      {!steps && <Notice>{words.transfer.noSteps}</Notice>}
      {steps && (
        <ol class="steps">
          {steps.map(({ type, at, service }) => (
            <li key={`${type} ${at}`} class={`steps__${type}`}>
              <strong>{words.transfer.stepNames[type]}</strong>
              <span class="note">
                <Moment at={at} as="moment" /> · <code>{service}</code>
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
