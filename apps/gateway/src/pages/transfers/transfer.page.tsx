import type { AccountView, TransferStep } from '@kopeck/contracts';
import { amountOf } from '../../transfers/amount.js';
import type { Transfer } from '../../transfers/transfer.js';
import { Money } from '../components/money.js';
import { Notice } from '../components/notice.js';
import { TransferStatusMark } from '../components/status.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { directionOf, movedAmountOf } from './transfer-direction.js';
import { TransferFacts } from './transfer-facts.part.js';
import { TransferSteps } from './transfer-steps.part.js';

export interface TransferPageProps {
  readonly transfer: Transfer;
  /** Of who looks: for names instead of numbers, and for what is available. */
  readonly accounts: readonly AccountView[] | undefined;
  readonly steps: readonly TransferStep[] | undefined;
}

/** Without JavaScript a browser looks again after so long, while it isn't decided. */
const REFRESH_SECONDS = 3;

/** A transfer from "on its way" to its receipt, at one address for ever. */
export function TransferPage({ transfer, accounts, steps }: TransferPageProps) {
  const { words } = useVisit();
  const { status } = transfer;
  const isPending = status === 'pending';
  const direction = directionOf(transfer);
  const amount = movedAmountOf(transfer);
  const titles = words.transfer.titles;
  const done = transfer.kind === 'conversion' ? titles.completed.conversion : titles.completed[direction];
  const title = status === 'completed' ? done : titles[status];
  return (
    <Shell
      title={title}
      back={{ href: '/', text: words.dashboard.title }}
      refreshSeconds={isPending ? REFRESH_SECONDS : undefined}
      isRegion
    >
      <div class="stack" data-pending={isPending ? '' : undefined}>
        <TransferStatusMark status={status} />
        {amount && <AmountOf transfer={transfer} amount={amount} />}
        {isPending && <Notice>{words.transfer.pendingText}</Notice>}
        <Refusal transfer={transfer} accounts={accounts} />
      </div>
      <TransferFacts transfer={transfer} accounts={accounts} />
      <Actions transfer={transfer} />
      <TransferSteps steps={steps} />
    </Shell>
  );
}

function AmountOf({
  transfer,
  amount,
}: {
  readonly transfer: Transfer;
  readonly amount: { amount: string; currency: string };
}) {
  const isMovement = transfer.status === 'completed' && directionOf(transfer) !== 'own';
  if (transfer.status !== 'failed') return <Money amount={amount} size="huge" isMovement={isMovement} />;
  return <Money amount={{ ...amount, amount: amount.amount.replace('-', '') }} size="huge" isVoid />;
}

/** What happened, that no money moved, and what to do. */
function Refusal({ transfer, accounts }: Pick<TransferPageProps, 'transfer' | 'accounts'>) {
  const { words, formats } = useVisit();
  const { reason, debitAccountId } = transfer;
  if (reason === null) return null;
  const debit = accounts?.find(({ accountId }) => accountId === debitAccountId);
  const isShort = reason === 'insufficient_funds' && debit !== undefined;
  const advice = isShort
    ? words.transfer.available(formats.amount(amountOf(debit.balanceMinor, debit.currency)))
    : words.transfer.refusals[reason];
  return (
    <Notice>
      <strong>{words.transfer.noMoneyMoved}</strong> {advice}
    </Notice>
  );
}

function Actions({ transfer }: { readonly transfer: Transfer }) {
  const { words } = useVisit();
  const { status, debitAccountId, creditAccountId, kind } = transfer;
  const account = debitAccountId ?? creditAccountId;
  if (status === 'pending') return null;
  const form = kind === 'conversion' ? '/convert' : '/send';
  return (
    <p class="actions">
      {status === 'completed' && (
        <button class="button button--second" type="button" hidden data-print>
          {words.transfer.print}
        </button>
      )}
      {debitAccountId !== null && (
        <a class="button button--second" href={`${form}?from=${debitAccountId}`}>
          {status === 'failed' ? words.transfer.tryAgain : words.transfer.again}
        </a>
      )}
      {account !== null && <a href={`/accounts/${account}`}>{words.transfer.toAccount}</a>}
    </p>
  );
}
