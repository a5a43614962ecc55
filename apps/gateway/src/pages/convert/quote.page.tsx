import type { AccountView } from '@kopeck/contracts';
import type { OpenQuote } from '../../quotes/quote.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Facts } from '../components/facts.js';
import type { FieldFault } from '../components/field-fault.js';
import { Form } from '../components/form.js';
import { Money } from '../components/money.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { addressOfTransferPage } from '../transfers/transfer-address.js';

export interface QuotePageProps {
  readonly quote: OpenQuote;
  /** Idempotency key of taking it. */
  readonly formKey: string;
  /** Idempotency key of the next price. */
  readonly nextKey: string;
  /** Where it goes, among the customer's own. */
  readonly credit: AccountView | undefined;
  readonly faults?: readonly FieldFault[];
}

export function QuotePage(props: QuotePageProps) {
  const { words, nowMs } = useVisit();
  const { quote, faults } = props;
  const leftSeconds = Math.max(0, Math.ceil((Date.parse(quote.expiresAt) - nowMs) / 1_000));
  const isOpen = quote.status === 'open' && leftSeconds > 0;
  return (
    <Shell
      title={words.convert.quoteTitle}
      back={{ href: `/convert?from=${quote.debitAccountId}`, text: words.convert.change }}
      refreshSeconds={isOpen ? leftSeconds + 1 : undefined}
      hasErrors={faults !== undefined}
    >
      <ErrorSummary faults={faults} />
      <div class="exchange">
        <div>
          <p class="note">{words.convert.leaves}</p>
          <Money amount={quote.sell} size="huge" />
        </div>
        <div>
          <p class="note">{words.convert.arrives}</p>
          <Money amount={quote.buy} size="huge" />
        </div>
      </div>
      {isOpen ? <Take {...props} leftSeconds={leftSeconds} /> : <Over {...props} />}
      <PriceFacts quote={quote} />
    </Shell>
  );
}

function Take({ quote, formKey, leftSeconds }: QuotePageProps & { readonly leftSeconds: number }) {
  const { words, formats } = useVisit();
  return (
    <div class="stack" data-countdown={String(leftSeconds)}>
      <p>
        {words.convert.good(formats.timeWithSeconds(quote.expiresAt))}{' '}
        <span class="number" hidden data-countdown-shown>
          {words.convert.left} <strong data-countdown-left>{leftSeconds}</strong>
        </span>
      </p>
      <Form action={`/convert/${quote.id}`} hidden={{ key: formKey }}>
        <p class="actions">
          <button class="button" type="submit">
            {words.convert.action}
          </button>
        </p>
      </Form>
    </div>
  );
}

/** Expired or used: what there is to do instead. */
function Over({ quote, nextKey, credit }: QuotePageProps) {
  const { words } = useVisit();
  const { convert } = words;
  if (quote.status === 'used') {
    return (
      <Notice>
        {convert.used}{' '}
        {quote.transferId !== null && (
          <a href={addressOfTransferPage(quote.transferId)}>{convert.seeTransfer}</a>
        )}
      </Notice>
    );
  }
  const given = quote.side === 'sell' ? quote.sell : quote.buy;
  const hidden = {
    key: nextKey,
    from: quote.debitAccountId,
    to: credit?.accountId ?? '',
    side: quote.side,
    amount: given.amount,
  };
  return (
    <div class="stack">
      <Notice>{convert.expired}</Notice>
      <Form action="/convert" hidden={hidden}>
        <p class="actions">
          <button class="button" type="submit">
            {convert.again}
          </button>
        </p>
      </Form>
    </div>
  );
}

function PriceFacts({ quote }: { readonly quote: OpenQuote }) {
  const { words, formats, nowMs } = useVisit();
  const { convert, rates } = words;
  const [sold, bought] = [quote.sell.currency, quote.buy.currency];
  const line = (from: string, rate: string, to: string) => (
    <span class="number">{`1 ${from} = ${formats.rate(rate)} ${to}`}</span>
  );
  const origin = convert.origin(
    rates.sources[quote.source],
    formats.day(quote.asOf),
    formats.ago(quote.confirmedAt, nowMs),
  );
  return (
    <Facts
      facts={[
        { name: convert.rate, value: line(sold, quote.exchangeRate, bought) },
        { name: convert.inverse, value: line(bought, quote.inverse, sold) },
        { name: convert.midRate, value: line(sold, quote.midRate, bought) },
        { name: convert.margin, value: formats.percent(Number(quote.markup)) },
        { name: convert.source, value: quote.isSnapshot ? `${origin}. ${rates.snapshot}` : origin },
      ]}
    />
  );
}
