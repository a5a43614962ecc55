import type { EntryView } from '@kopeck/contracts';
import { amountOf } from '../../transfers/amount.js';
import type { Transfer } from '../../transfers/transfer.js';
import type { Movement, PostedMovement } from '../components/movements.js';
import { TransferStatusMark } from '../components/status.js';
import type { Visit } from '../visits/visit.js';
import { directionOf, movedAmountOf } from './transfer-direction.js';

type Facts = Pick<Visit, 'words' | 'formats'>;

/** A transfer as a line of a history, whatever has become of it; undefined while its amount isn't known. */
export function movementOfTransfer(transfer: Transfer, { words, formats }: Facts): Movement | undefined {
  const amount = movedAmountOf(transfer);
  if (!amount) return undefined;
  const direction = directionOf(transfer);
  const kind = words.movement.kinds[transfer.kind][direction];
  const { creditAccountNumber: number, status } = transfer;
  const to = direction === 'out' && number !== null ? words.movement.to(formats.accountNumber(number)) : '';
  const said = [transfer.reference === null ? '' : kind, to].filter(Boolean).join(' ');
  return {
    id: transfer.id,
    href: `/transfers/${transfer.id}`,
    at: transfer.settledAt ?? transfer.requestedAt,
    title: transfer.reference ?? kind,
    note: status === 'completed' ? said : <TransferNote transfer={transfer} said={said} />,
    amount,
    isUnsigned: direction === 'own',
    isVoid: status === 'failed',
  };
}

function TransferNote({ transfer, said }: { readonly transfer: Transfer; readonly said: string }) {
  return (
    <>
      <TransferStatusMark status={transfer.status} /> {said}
    </>
  );
}

/** An entry of an account as a line of its history. */
export function movementOfEntry(accountId: string, entry: EntryView, facts: Facts): PostedMovement {
  const id = `${accountId}-${entry.accountVersion}`;
  return { id, at: entry.postedAt, movement: () => postedMovementOf(id, entry, facts) };
}

function postedMovementOf(id: string, entry: EntryView, { words, formats }: Facts): Movement {
  const direction = entry.amountMinor.startsWith('-') ? 'out' : 'in';
  const kind = words.movement.kinds[entry.kind][direction];
  const { counterpartyNumber, counterpartyIsBank } = entry;
  const otherSide =
    counterpartyNumber === null || counterpartyIsBank
      ? ''
      : words.movement[direction === 'in' ? 'from' : 'to'](formats.accountNumber(counterpartyNumber));
  return {
    id,
    href: `/transfers/${entry.transferId}`,
    at: entry.postedAt,
    title: entry.reference ?? kind,
    note: [entry.reference === null ? '' : kind, otherSide].filter(Boolean).join(' '),
    amount: amountOf(entry.amountMinor, entry.currency),
    balanceAfter: amountOf(entry.balanceAfterMinor, entry.currency),
  };
}
