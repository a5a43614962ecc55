import { Body, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../http/id.pipe.js';
import { Problem } from '../../http/problem.js';
import { OwnAccounts } from '../accounts/own-accounts.service.js';
import type { FieldFault } from '../components/field-fault.js';
import { Pages } from '../rendering/pages.service.js';
import { FormDrafts } from '../visits/form-drafts.js';
import { FormFields } from '../visits/form-fields.js';
import { formKeyOf, newFormKey } from '../visits/form-key.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { ConvertPage } from './convert.page.js';
import { ConvertService } from './convert.service.js';
import { QuotePage } from './quote.page.js';

type Queried = Record<string, unknown>;

@PageController('convert')
export class ConvertPageController {
  constructor(
    private readonly pages: Pages,
    private readonly service: ConvertService,
    private readonly accounts: OwnAccounts,
    private readonly drafts: FormDrafts,
  ) {}

  @Get()
  @AllowVisit('customer')
  async form(
    @ThisVisit() visit: SignedInVisit,
    @Query() query: Queried,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { customerId } = visit.session;
    const draft = await this.drafts.read(customerId, query['draft']);
    const accounts = await this.accounts.list(customerId);
    const typed = draft ?? startOf(query, accounts);
    return this.pages.show(visit, reply, ConvertPage, { accounts, formKey: newFormKey(), typed });
  }

  @FormPost('')
  @AllowVisit('customer')
  async ask(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const fields = new FormFields(body);
    const typed = {
      from: fields.text('from'),
      to: fields.text('to'),
      side: fields.text('side'),
      amount: fields.text('amount'),
    };
    const formKey = formKeyOf(fields.text('key'));
    const asked = await this.service.ask(typed, formKey, visit);
    if ('quote' in asked) return this.pages.goTo(reply, `/convert/${asked.quote.id}`);
    // A new key: the one that this form had may be another quote's by now.
    const facts = { accounts: asked.accounts, formKey: newFormKey(), typed, faults: asked.faults };
    return this.pages.show(visit, reply, ConvertPage, facts, 422);
  }

  @Get(':quoteId')
  @AllowVisit('customer')
  show(
    @ThisVisit() visit: SignedInVisit,
    @Param('quoteId', IdPipe) quoteId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.showQuote(visit, reply, quoteId);
  }

  @FormPost(':quoteId')
  @AllowVisit('customer')
  async take(
    @ThisVisit() visit: SignedInVisit,
    @Param('quoteId', IdPipe) quoteId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const formKey = formKeyOf(new FormFields(body).text('key'));
    try {
      const address = await this.service.take(quoteId, formKey, visit.session.customerId);
      if (address !== undefined) return this.pages.goTo(reply, address);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'quote_not_found') throw error;
      return this.pages.goTo(reply, '/convert');
    }
    return this.showQuote(visit, reply, quoteId, [{ text: visit.words.form.sentTwice }]);
  }

  private async showQuote(
    visit: SignedInVisit,
    reply: FastifyReply,
    quoteId: string,
    faults?: readonly FieldFault[],
  ): Promise<string> {
    const { customerId } = visit.session;
    const quote = await this.service.read(quoteId, customerId);
    const accounts = await this.accounts.list(customerId);
    const credit = accounts.find(({ number }) => number === quote.creditAccountNumber);
    // The quote's own id: however often its page is opened and sent, it is taken once.
    const facts = { quote, formKey: quoteId, nextKey: newFormKey(), credit, faults };
    return this.pages.show(visit, reply, QuotePage, facts, faults ? 422 : 200);
  }
}

/** Where a link to this page begins: at an account, or with a pair of currencies. */
function startOf(query: Queried, accounts: readonly { accountId: string; currency: string }[]) {
  const idOf = (value: unknown) =>
    accounts.find(({ accountId, currency }) => accountId === value || currency === value)?.accountId;
  const [from, to] = [idOf(query['from']), idOf(query['to'])];
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
