import type { AccountView } from '@kopeck/contracts';
import { AccountList } from '../components/account-list.js';
import { Empty } from '../components/empty.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';

export function AccountsPage({ accounts }: { readonly accounts: readonly AccountView[] }) {
  const { words } = useVisit();
  return (
    <Shell title={words.accounts.title}>
      {accounts.length === 0 ? (
        <Empty title={words.accounts.none}>
          <p>{words.accounts.noneText}</p>
        </Empty>
      ) : (
        <AccountList accounts={accounts} />
      )}
      <p class="actions">
        <a class="button" href="/accounts/new">
          {words.accounts.open}
        </a>
      </p>
    </Shell>
  );
}
