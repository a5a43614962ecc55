import type { AccountView } from '@kopeck/contracts';
import { amountOf } from '../../transfers/amount.js';
import { Facts } from '../components/facts.js';
import { Form } from '../components/form.js';
import { Money } from '../components/money.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import type { CheckedTransfer, TypedTransfer } from './send-form.js';

export interface CheckTransferPageProps {
  readonly transfer: CheckedTransfer;
  readonly accounts: readonly AccountView[];
  /** What is sent is what is shown: the form carries all of it once more. */
  readonly typed: TypedTransfer;
  readonly formKey: string;
}

export function CheckTransferPage({ transfer, accounts, typed, formKey }: CheckTransferPageProps) {
  const { words, formats } = useVisit();
  const { send } = words;
  const { debit, creditAccountNumber, amount, reference } = transfer;
  const own = accounts.find(({ number }) => number === creditAccountNumber);
  const restMinor = BigInt(debit.balanceMinor) - BigInt(amount.amount.replace('.', ''));
  const change = `/send?draft=${formKey}`;
  return (
    <Shell title={send.checkTitle} back={{ href: change, text: send.change }}>
      <Money amount={amount} size="huge" />
      <Facts
        facts={[
          {
            name: words.transfer.from,
            value: words.transfer.yours(debit.name, formats.accountNumber(debit.number)),
          },
          {
            name: words.transfer.to,
            value: (
              <>
                <span class="number lead">{formats.accountNumber(creditAccountNumber)}</span>
                {own && <div class="note">{send.toOwn(own.name)}</div>}
              </>
            ),
          },
          { name: words.transfer.reference, value: reference },
        ]}
      />
      <p class="note">{send.leaves(formats.amount(amountOf(String(restMinor), debit.currency)))}</p>
      <Notice>{send.checkText}</Notice>
      <Form action="/send/check" hidden={{ ...typed, key: formKey }}>
        <p class="actions">
          <button class="button" type="submit">
            {send.action}
          </button>
          <a href={change}>{send.change}</a>
        </p>
      </Form>
    </Shell>
  );
}
