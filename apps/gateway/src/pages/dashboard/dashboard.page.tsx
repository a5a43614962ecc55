import { OFFERED_CURRENCIES } from '@kopeck/contracts';
import type { Transfer } from '../../transfers/transfer.js';
import { AccountList } from '../components/account-list.js';
import { Empty } from '../components/empty.js';
import { Money } from '../components/money.js';
import { Movements } from '../components/movements.js';
import { Notice } from '../components/notice.js';
import { Tabs } from '../components/tabs.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { movementOfTransfer } from '../transfers/transfer-movement.js';
import type { Dashboard } from './read-dashboard.service.js';

const LATEST = 10;

export function DashboardPage(dashboard: Dashboard) {
  const { words } = useVisit();
  const { accounts, courses, transfers } = dashboard;
  return (
    <Shell title={words.dashboard.title} hidesHeading>
      {accounts.length > 0 && <TotalOfAll {...dashboard} />}
      <div data-region="pending">
        <Pending transfers={transfers?.filter(({ status }) => status === 'pending') ?? []} />
      </div>
      <section class="stack" aria-labelledby="accounts">
        <div class="head">
          <h2 id="accounts">{words.dashboard.accounts}</h2>
          <a href="/accounts/new">{words.accounts.open}</a>
        </div>
        {accounts.length === 0 ? (
          <Empty title={words.accounts.none}>
            <p>{words.accounts.noneText}</p>
            <a class="button" href="/accounts/new">
              {words.accounts.open}
            </a>
          </Empty>
        ) : (
          <AccountList accounts={accounts} courses={courses} />
        )}
      </section>
      {accounts.length > 0 && <Latest transfers={transfers} />}
    </Shell>
  );
}

function TotalOfAll({ total, currency }: Dashboard) {
  const { words, formats, nowMs } = useVisit();
  const { dashboard, rates } = words;
  const tabs = OFFERED_CURRENCIES.map((code) => ({
    href: `/?in=${code}`,
    text: code,
    isHere: code === currency,
  }));
  const origin = total?.origin;
  return (
    <section class="stack" aria-labelledby="total" data-region="total">
      <h2 id="total" class="quiet-heading">
        {dashboard.total}
      </h2>
      {total ? <Money amount={total.amount} size="huge" /> : <Notice>{dashboard.noTotal}</Notice>}
      {origin && (
        <p class="note">
          {dashboard.atRates(
            rates.sources[origin.source],
            formats.day(origin.asOf),
            formats.ago(origin.confirmedAt, nowMs),
          )}
          {origin.isSnapshot && ` ${dashboard.snapshot}`}
        </p>
      )}
      {total && total.without.length > 0 && <p class="note">{dashboard.without(total.without.join(', '))}</p>}
      <Tabs label={dashboard.totalIn} tabs={tabs} />
    </section>
  );
}

/** On top until it is decided: what one looks for after sending. */
function Pending({ transfers }: { readonly transfers: readonly Transfer[] }) {
  const visit = useVisit();
  const { dashboard } = visit.words;
  if (transfers.length === 0) return null;
  const movements = transfers.flatMap((transfer) => movementOfTransfer(transfer, visit) ?? []);
  return (
    <section class="stack" aria-labelledby="pending" data-pending>
      <h2 id="pending">{dashboard.pending}</h2>
      <Notice>{dashboard.pendingText}</Notice>
      <Movements caption={dashboard.pending} movements={movements} />
    </section>
  );
}

function Latest({ transfers }: Pick<Dashboard, 'transfers'>) {
  const visit = useVisit();
  const { dashboard } = visit.words;
  const final = transfers?.filter(({ status }) => status !== 'pending').slice(0, LATEST);
  const movements = final?.flatMap((transfer) => movementOfTransfer(transfer, visit) ?? []);
  return (
    <section class="stack" aria-labelledby="latest" data-region="latest">
      <h2 id="latest">{dashboard.recent}</h2>
      {!movements && <Notice>{dashboard.noRecent}</Notice>}
      {movements?.length === 0 && (
        <Empty title={dashboard.nothingYet}>
          <p>{dashboard.nothingYetText}</p>
        </Empty>
      )}
      {movements && movements.length > 0 && <Movements caption={dashboard.recent} movements={movements} />}
    </section>
  );
}
