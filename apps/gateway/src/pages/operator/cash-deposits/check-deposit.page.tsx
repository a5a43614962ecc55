import { amountOf } from '../../../transfers/amount.js';
import { Facts } from '../../components/facts.js';
import { Form } from '../../components/form.js';
import { Money } from '../../components/money.js';
import { Notice } from '../../components/notice.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';
import { AccountStatusMark } from '../accounts/account.page.js';
import { AccountNumber } from '../account-number.js';
import { HolderName } from '../holder-name.js';
import { draftOf, type TypedDeposit } from './deposit-form.js';
import type { ExaminedDeposit } from './examine-deposit.service.js';

export interface CheckDepositPageProps extends ExaminedDeposit {
  readonly typed: TypedDeposit;
  readonly draftId: string;
}

/** Whose account, in which currency, how much: the last look before it is booked for ever. */
export function CheckDepositPage({ typed, draftId, account, holder, amountMinor }: CheckDepositPageProps) {
  const { words } = useVisit();
  const text = words.operatorDeposits;
  const change = `/operator/cash-deposits?draft=${draftId}`;
  const isFrozen = account.status === 'frozen';
  const isNameless = account.kind === 'customer' && !holder;
  return (
    <Shell title={text.check} back={{ href: change, text: text.title }}>
      <p>
        <Money amount={amountOf(amountMinor.toString(), account.currency)} size="huge" />
      </p>
      <Facts
        facts={[
          { name: words.operatorAccounts.holder, value: <HolderName account={account} holder={holder} /> },
          {
            name: words.operatorAccounts.number,
            value: <AccountNumber number={account.number} />,
          },
          { name: words.operatorAccounts.currency, value: account.currency },
          { name: words.operatorAccounts.status, value: <AccountStatusMark account={account} /> },
          { name: text.reference, value: typed.reference },
        ]}
      />
      {isNameless && <Notice>{text.holderAway}</Notice>}
      {account.kind !== 'customer' && <Notice>{text.banksAccount}</Notice>}
      {isFrozen && <Notice>{text.frozen}</Notice>}
      <Form action="/operator/cash-deposits" hidden={draftOf(typed)}>
        <p class="actions">
          {!isFrozen && (
            <button class="button" type="submit">
              {text.book}
            </button>
          )}
          <a href={change}>{text.change}</a>
        </p>
      </Form>
    </Shell>
  );
}
