import type { OperatorAccountResource } from '../../../operator/operator.dto.js';
import type { Transfer } from '../../../transfers/transfer.js';
import { Facts } from '../../components/facts.js';
import { Moment } from '../../components/moment.js';
import { Money } from '../../components/money.js';
import { Notice } from '../../components/notice.js';
import { TransferStatusMark } from '../../components/status.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';
import { AccountNumber } from '../account-number.js';
import { HolderName } from '../holder-name.js';
import { ConversionFacts } from './conversion-facts.part.js';
import type { Side, TransactionFacts } from './read-transaction.service.js';
import { Timeline } from './timeline.part.js';

const REFRESH_SECONDS = 2;

export function TransactionPage({ transfer, from, to, steps }: TransactionFacts) {
  const { words } = useVisit();
  const text = words.operatorTransactions;
  const isPending = transfer.status === 'pending';
  const refreshSeconds = isPending ? REFRESH_SECONDS : undefined;
  return (
    <Shell
      title={text.titles[transfer.kind]}
      back={{ href: '/operator/transactions', text: text.title }}
      refreshSeconds={refreshSeconds}
    >
      <div class="stack" id="transaction-state" role="status" data-refresh={refreshSeconds}>
        <State transfer={transfer} />
      </div>
      <div class="pair">
        <SidePart title={text.from} side={from} accountId={transfer.debitAccountId} number={null} />
        <SidePart
          title={text.to}
          side={to}
          accountId={transfer.creditAccountId}
          number={transfer.creditAccountNumber}
        />
      </div>
      <section class="part" aria-labelledby="timeline">
        <h2 id="timeline">{text.timeline}</h2>
        <div id="transaction-steps" data-refresh={refreshSeconds}>
          {steps ? <Timeline steps={steps} /> : <Notice>{text.stepsAway}</Notice>}
        </div>
      </section>
      {transfer.conversion && <ConversionFacts conversion={transfer.conversion} />}
      <section class="part" aria-labelledby="facts">
        <h2 id="facts">{text.facts}</h2>
        <TransferFacts transfer={transfer} />
      </section>
      {transfer.kind === 'cash_deposit' && (
        <p class="actions">
          <a class="button button--second" href="/operator/cash-deposits">
            {text.anotherDeposit}
          </a>
        </p>
      )}
    </Shell>
  );
}

function State({
  transfer: { status, reason, instructedAmount, conversion },
}: {
  readonly transfer: Transfer;
}) {
  const { words } = useVisit();
  const text = words.operatorTransactions;
  return (
    <>
      {instructedAmount && (
        <p>
          <Money amount={instructedAmount} size="huge" />
        </p>
      )}
      {conversion && (
        <p>
          {'→ '}
          <Money amount={conversion.settledAmount} size="large" />
        </p>
      )}
      <p>
        <TransferStatusMark status={status} />
      </p>
      {status === 'pending' && <Notice>{text.pending}</Notice>}
      {reason !== null && (
        <Notice>
          {text.reasons[reason]} {text.noMoneyMoved}
        </Notice>
      )}
    </>
  );
}

interface SidePartProps {
  readonly title: string;
  readonly side: Side;
  readonly accountId: string | null;
  /** As it was typed by who asked; for what there is no account. */
  readonly number: string | null;
}

function SidePart({ title, side: { account, holder }, accountId, number }: SidePartProps) {
  const { words } = useVisit();
  const text = words.operatorTransactions;
  if (!account) {
    return (
      <section class="part">
        <h2>{title}</h2>
        {number !== null && (
          <p>
            <AccountNumber number={number} />
          </p>
        )}
        <p class="note">{accountId === null && number === null ? text.unknown : text.accountUnknown}</p>
      </section>
    );
  }
  return (
    <section class="part">
      <h2>{title}</h2>
      <Facts
        facts={[
          { name: text.account, value: <AccountLink account={account} /> },
          { name: text.holder, value: <HolderName account={account} holder={holder} /> },
          { name: text.currency, value: account.currency },
          { name: text.status, value: words.operatorAccounts.statuses[account.status] },
        ]}
      />
    </section>
  );
}

function AccountLink({ account: { id, number } }: { readonly account: OperatorAccountResource }) {
  return (
    <a href={`/operator/accounts/${id}`}>
      <AccountNumber number={number} />
    </a>
  );
}

function TransferFacts({ transfer }: { readonly transfer: Transfer }) {
  const { words } = useVisit();
  const text = words.operatorTransactions;
  return (
    <Facts
      facts={[
        { name: text.requestedAt, value: <Moment at={transfer.requestedAt} /> },
        { name: text.settledAt, value: transfer.settledAt && <Moment at={transfer.settledAt} /> },
        { name: text.reference, value: transfer.reference },
        { name: text.endToEndId, value: transfer.endToEndId },
        { name: text.id, value: <code class="id">{transfer.id}</code> },
      ]}
    />
  );
}
