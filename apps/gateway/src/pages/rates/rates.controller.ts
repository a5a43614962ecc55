import { Body, Get, Param, Query, Res } from '@nestjs/common';
import { CONVERSION_QUESTIONS, isOfferedCurrency } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { PlaceRateAlertService } from '../../alerts/place-rate-alert.service.js';
import { IdPipe } from '../../http/id.pipe.js';
import { notFound, Problem } from '../../http/problem.js';
import { Questions } from '../../http/questions.js';
import { CurrencyPipe } from '../../rates/currency.pipe.js';
import type { FieldFault } from '../components/field-fault.js';
import { Pages } from '../rendering/pages.service.js';
import { FormDrafts } from '../visits/form-drafts.js';
import { FormFields, PAGE_FIELD } from '../visits/form-fields.js';
import { formKeyOf } from '../visits/form-key.js';
import { ownPathOf } from '../visits/own-path.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit, Visit } from '../visits/visit.js';
import { readAlertForm } from './alert-form.js';
import { PairPage } from './pair.page.js';
import { RatesPage } from './rates.page.js';
import { ReadPairService } from './read-pair.service.js';

/** In which currency prices are told where nobody says. */
const DEFAULT_QUOTE = 'RUB';

type Queried = Record<string, unknown>;

@PageController()
export class RatesPageController {
  constructor(
    private readonly pages: Pages,
    private readonly service: ReadPairService,
    private readonly alerts: PlaceRateAlertService,
    private readonly questions: Questions,
    private readonly drafts: FormDrafts,
  ) {}

  @Get('rates')
  @AllowVisit('anyone')
  async list(
    @ThisVisit() visit: Visit,
    @Query('quote') asked: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const quote = typeof asked === 'string' && isOfferedCurrency(asked) ? asked : DEFAULT_QUOTE;
    const rates = await this.service.list(quote);
    return this.pages.show(visit, reply, RatesPage, { quote, rates });
  }

  @Get('rates/:base/:quote')
  @AllowVisit('anyone')
  async pair(
    @ThisVisit() visit: Visit,
    @Param('base', CurrencyPipe) base: string,
    @Param('quote', CurrencyPipe) quote: string,
    @Query() query: Queried,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    if (base === quote) throw notFound('pair of currencies');
    const facts = await this.service.read(base, quote, query['period'], visit);
    const typed = visit.session && (await this.drafts.read(visit.session.customerId, query['draft']));
    return this.pages.show(visit, reply, PairPage, { ...facts, typed });
  }

  @FormPost('rates/:base/:quote')
  @AllowVisit('customer')
  async placeAlert(
    @ThisVisit() visit: SignedInVisit,
    @Param('base', CurrencyPipe) base: string,
    @Param('quote', CurrencyPipe) quote: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    if (base === quote) throw notFound('pair of currencies');
    const fields = new FormFields(body);
    const typed = { kind: fields.text('kind'), value: fields.text('value') };
    const again = async (faults: readonly FieldFault[]) => {
      const facts = await this.service.read(base, quote, undefined, visit);
      return this.pages.show(visit, reply, PairPage, { ...facts, typed, faults }, 422);
    };
    const outcome = readAlertForm(typed, visit.words);
    if (!outcome.ok) return again(outcome.faults);
    try {
      const key = formKeyOf(fields.text('key'));
      await this.alerts.place({ base, quote, ...outcome.asked }, visit.session.customerId, key);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'state_conflict') return again([{ text: visit.words.rates.alertTooMany }]);
      if (error.code === 'idempotency_key_reused') return again([{ text: visit.words.form.sentTwice }]);
      throw error;
    }
    return this.pages.goTo(reply, `/rates/${base}/${quote}`, 'alertPlaced');
  }

  @FormPost('rate-alerts/:id/cancellation')
  @AllowVisit('customer')
  async cancelAlert(
    @ThisVisit() { session }: SignedInVisit,
    @Param('id', IdPipe) alertId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const question = { alertId, customerId: session.customerId };
    const options = { key: alertId, about: 'rate alert' };
    await this.questions.ask(CONVERSION_QUESTIONS.cancelAlert, question, options);
    const page = ownPathOf(new FormFields(body).text(PAGE_FIELD)) ?? '/rates';
    this.pages.goTo(reply, page, 'alertCancelled');
  }
}
