import { formatAccountNumber } from '@kopeck/contracts';
import type { OperatorAccountResource } from '../../../operator/operator.dto.js';
import { ErrorSummary } from '../../components/error-summary.js';
import { Facts } from '../../components/facts.js';
import type { FieldFault } from '../../components/field-fault.js';
import { TextField } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { Moment } from '../../components/moment.js';
import { Money } from '../../components/money.js';
import { Notice } from '../../components/notice.js';
import { Status } from '../../components/status.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';
import { HolderName } from '../holder-name.js';
import { MAX_REASON_LENGTH } from '../reason.js';
import { LastEntries } from './last-entries.part.js';
import type { AccountFacts } from './read-account.service.js';

export interface AccountPageProps extends AccountFacts {
  /** As it was typed. */
  readonly reason?: string;
  readonly faults?: readonly FieldFault[];
}

export function AccountPage({ account, holder, entries, reason, faults }: AccountPageProps) {
  const { words } = useVisit();
  const text = words.operatorAccounts;
  return (
    <Shell
      title={formatAccountNumber(account.number)}
      back={{ href: '/operator/accounts', text: text.title }}
      hasErrors={faults !== undefined}
    >
      <ErrorSummary faults={faults} />
      <p>
        <Money amount={account.balance} size="huge" />
      </p>
      <Facts
        facts={[
          { name: text.status, value: <AccountStatusMark account={account} /> },
          { name: text.statusReason, value: account.statusReason },
          { name: text.holder, value: <HolderName account={account} holder={holder} /> },
          { name: text.currency, value: account.currency },
          { name: text.openedAt, value: <Moment at={account.openedAt} /> },
          { name: text.id, value: <code class="id">{account.id}</code> },
        ]}
      />
      {account.kind === 'customer' && <FreezeForm account={account} reason={reason} faults={faults} />}
      <section class="part" aria-labelledby="entries">
        <h2 id="entries">{text.lastEntries}</h2>
        {entries ? <LastEntries entries={entries} /> : <Notice>{text.entriesAway}</Notice>}
      </section>
    </Shell>
  );
}

export function AccountStatusMark({
  account,
}: {
  readonly account: Pick<OperatorAccountResource, 'status'>;
}) {
  const { words } = useVisit();
  const { status } = account;
  return (
    <Status mood={status === 'active' ? 'good' : 'bad'}>{words.operatorAccounts.statuses[status]}</Status>
  );
}

interface FreezeFormProps {
  readonly account: OperatorAccountResource;
  readonly reason: string | undefined;
  readonly faults: readonly FieldFault[] | undefined;
}

/** One of the two, by what it is now; sent twice, the second changes nothing. */
function FreezeForm({ account: { id, status }, reason, faults }: FreezeFormProps) {
  const { words } = useVisit();
  const text = status === 'active' ? words.operatorAccounts.freeze : words.operatorAccounts.unfreeze;
  const wanted = status === 'active' ? 'frozen' : 'active';
  return (
    <section class="part" aria-labelledby="freeze">
      <h2 id="freeze">{text.title}</h2>
      <p>{text.explanation}</p>
      <Form action={`/operator/accounts/${id}`} class="form" hidden={{ wanted }}>
        <TextField
          name="reason"
          label={words.operator.reason}
          hint={words.operatorAccounts.reasonHint}
          value={reason}
          faults={faults}
          input={{ autocomplete: 'off', maxLength: MAX_REASON_LENGTH }}
        />
        <p class="actions">
          <button class="button" type="submit">
            {text.action}
          </button>
        </p>
      </Form>
    </section>
  );
}
