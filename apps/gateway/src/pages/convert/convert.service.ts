import { Injectable } from '@nestjs/common';
import { CONVERSION_QUESTIONS, transferIdOf, type AccountView } from '@kopeck/contracts';
import { CreateConversionService } from '../../conversions/create-conversion.service.js';
import { MoneyDto } from '../../documentation/money.documentation.js';
import { Problem } from '../../http/problem.js';
import { Questions } from '../../http/questions.js';
import { CreateQuoteService } from '../../quotes/create-quote.service.js';
import { openQuoteOf, type OpenQuote } from '../../quotes/quote.js';
import { OwnAccounts } from '../accounts/own-accounts.service.js';
import type { FieldFault } from '../components/field-fault.js';
import { addressOfTransferPage } from '../transfers/transfer-address.js';
import type { SignedInVisit } from '../visits/visit.js';
import { readConvertForm, type AskedPrice, type TypedConversion } from './convert-form.js';

/** Who waits for the ledger looks at a white page: better the page that says "on its way". */
const WAIT_MS = 3_000;

export type AskedQuote =
  | { readonly quote: OpenQuote }
  | { readonly faults: readonly FieldFault[]; readonly accounts: readonly AccountView[] };

/** Asks for prices and takes them. */
@Injectable()
export class ConvertService {
  constructor(
    private readonly accounts: OwnAccounts,
    private readonly quotes: CreateQuoteService,
    private readonly conversions: CreateConversionService,
    private readonly questions: Questions,
  ) {}

  /** @returns the price, or what is wrong with the form. */
  async ask(typed: TypedConversion, formKey: string, visit: SignedInVisit): Promise<AskedQuote> {
    const { customerId } = visit.session;
    const accounts = await this.accounts.list(customerId);
    const outcome = readConvertForm(typed, accounts, visit);
    if (!outcome.ok) return { faults: outcome.faults, accounts };
    try {
      return { quote: await this.quotes.create(bodyOf(outcome.asked), customerId, formKey) };
    } catch (error) {
      const fault = error instanceof Problem ? faultOfRefusal(error, visit) : undefined;
      if (!fault) throw error;
      return { faults: [fault], accounts };
    }
  }

  /** @throws {Problem} `not_found`. */
  async read(quoteId: string, customerId: string): Promise<OpenQuote> {
    const options = { key: quoteId, about: 'quote' };
    return openQuoteOf(
      await this.questions.ask(CONVERSION_QUESTIONS.readQuote, { quoteId, customerId }, options),
    );
  }

  /**
   * Takes the price, and waits a little for what becomes of it.
   *
   * @returns the transfer's address; undefined where the form was sent before for another quote.
   */
  async take(quoteId: string, formKey: string, customerId: string): Promise<string | undefined> {
    try {
      await this.conversions.create({
        customerId,
        idempotencyKey: formKey,
        body: { quoteId },
        waitMs: WAIT_MS,
        locationOf: addressOfTransferPage,
      });
    } catch (error) {
      if (error instanceof Problem && error.code === 'idempotency_key_reused') return undefined;
      throw error;
    }
    return addressOfTransferPage(transferIdOf(customerId, formKey));
  }
}

function bodyOf({ debit, credit, side, amount }: AskedPrice) {
  const parties = { debitAccountId: debit.accountId, creditAccountId: credit.accountId };
  const given = Object.assign(new MoneyDto(), amount);
  return side === 'sell'
    ? { ...parties, sell: given, buyCurrency: credit.currency }
    : { ...parties, buy: given, sellCurrency: debit.currency };
}

function faultOfRefusal({ code }: Problem, { words }: SignedInVisit): FieldFault | undefined {
  switch (code) {
    case 'amount_too_small':
      return { field: 'amount', text: words.convert.tooSmall };
    case 'limit_exceeded':
      return { field: 'amount', text: words.convert.overLimit };
    case 'rate_unknown':
      return { field: 'to', text: words.convert.noRate };
    case 'idempotency_key_reused':
      return { text: words.form.sentTwice };
    default:
      return undefined;
  }
}
