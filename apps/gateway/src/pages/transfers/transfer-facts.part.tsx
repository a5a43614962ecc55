import type { AccountView } from '@kopeck/contracts';
import type { Transfer } from '../../transfers/transfer.js';
import { Facts, type Fact } from '../components/facts.js';
import { Moment } from '../components/moment.js';
import { useVisit } from '../rendering/visit-context.js';
import type { Visit } from '../visits/visit.js';

export interface TransferFactsProps {
  readonly transfer: Transfer;
  readonly accounts: readonly AccountView[] | undefined;
}

/** Everything that a receipt says. */
export function TransferFacts({ transfer, accounts }: TransferFactsProps) {
  const visit = useVisit();
  const { words } = visit;
  const named = nameIn(accounts, visit);
  const { debitAccountId, creditAccountId, creditAccountNumber, reference, requestedAt, settledAt } =
    transfer;
  return (
    <Facts
      facts={[
        { name: words.transfer.from, value: named({ id: debitAccountId }) },
        { name: words.transfer.to, value: named({ id: creditAccountId, number: creditAccountNumber }) },
        { name: words.transfer.reference, value: reference },
        ...conversionFacts(transfer, visit),
        { name: words.transfer.requestedAt, value: <Moment at={requestedAt} /> },
        { name: words.transfer.settledAt, value: settledAt && <Moment at={settledAt} /> },
        { name: words.transfer.id, value: <code class="id">{transfer.id}</code> },
      ]}
    />
  );
}

function conversionFacts({ conversion, instructedAmount }: Transfer, visit: Visit): Fact[] {
  if (!conversion) return [];
  const { words, formats } = visit;
  const { settledAmount, exchangeRate, quote } = conversion;
  const sold = quote?.sell.currency ?? instructedAmount?.currency;
  const rate = `1 ${sold} = ${formats.rate(exchangeRate)} ${settledAmount.currency}`;
  return [
    { name: words.transfer.amount, value: instructedAmount && formats.amount(instructedAmount) },
    { name: words.transfer.arrives, value: formats.amount(settledAmount) },
    { name: words.transfer.rate, value: sold && rate },
    { name: words.transfer.margin, value: quote && formats.percent(Number(quote.markup)) },
    {
      name: words.transfer.source,
      value: quote && `${words.rates.sources[quote.source]}, ${formats.day(quote.asOf)}`,
    },
  ];
}

/** One's own accounts by name, others by their number; undefined for what isn't known here. */
function nameIn(accounts: readonly AccountView[] | undefined, { words, formats }: Visit) {
  return ({ id, number }: { readonly id: string | null; readonly number?: string | null }) => {
    const own = accounts?.find((account) => account.accountId === id);
    if (own) return words.transfer.yours(own.name, formats.accountNumber(own.number));
    return number ? <span class="number">{formats.accountNumber(number)}</span> : undefined;
  };
}
