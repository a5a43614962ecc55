import type { ConvertedTransfer } from '../../../transfers/transfer.js';
import type { AgreedQuote } from '../../../quotes/quote.js';
import { Facts } from '../../components/facts.js';
import { Moment } from '../../components/moment.js';
import { Money } from '../../components/money.js';
import { useVisit } from '../../rendering/visit-context.js';
import { noonOf } from '../day.js';

/** What was agreed on, whole: the customer's price, and what it was made of. */
export function ConversionFacts({ conversion }: { readonly conversion: ConvertedTransfer }) {
  const { words, formats } = useVisit();
  const text = words.operatorTransactions;
  const { quote, settledAmount, exchangeRate } = conversion;
  return (
    <section class="part" aria-labelledby="quote">
      <h2 id="quote">{text.quote}</h2>
      {quote ? (
        <QuoteFacts quote={quote} />
      ) : (
        <Facts
          facts={[
            { name: text.bought, value: <Money amount={settledAmount} /> },
            { name: text.rate, value: formats.rate(exchangeRate) },
          ]}
        />
      )}
    </section>
  );
}

function QuoteFacts({ quote }: { readonly quote: AgreedQuote }) {
  const { words, formats } = useVisit();
  const text = words.operatorTransactions;
  const flags = [quote.isSnapshot && text.isSnapshot, quote.isOverridden && text.isOverridden].filter(
    Boolean,
  );
  const pair = (base: string, rate: string, other: string) => `1 ${base} = ${formats.rate(rate)} ${other}`;
  return (
    <Facts
      facts={[
        { name: text.sold, value: <Money amount={quote.sell} /> },
        { name: text.bought, value: <Money amount={quote.buy} /> },
        { name: text.rate, value: pair(quote.sell.currency, quote.exchangeRate, quote.buy.currency) },
        { name: text.inverse, value: pair(quote.buy.currency, quote.inverse, quote.sell.currency) },
        { name: text.midRate, value: pair(quote.sell.currency, quote.midRate, quote.buy.currency) },
        { name: text.margin, value: formats.percent(Number(quote.markup)) },
        { name: text.given, value: text.givens[quote.side] },
        { name: text.source, value: words.operatorRates.sources[quote.source] },
        { name: text.ratesOf, value: formats.day(noonOf(quote.asOf)) },
        { name: text.confirmedAt, value: <Moment at={quote.confirmedAt} /> },
        { name: text.flags, value: flags.join('; ') },
        { name: text.quotedAt, value: <Moment at={quote.createdAt} /> },
        { name: text.expiresAt, value: <Moment at={quote.expiresAt} /> },
        { name: text.quoteId, value: <code class="id">{quote.id}</code> },
      ]}
    />
  );
}
