import { randomUUID } from 'node:crypto';
import { Body, Get, Query, Res } from '@nestjs/common';
import { transferIdOf } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { MoneyDto } from '../../../documentation/money.documentation.js';
import { Problem } from '../../../http/problem.js';
import { DEFAULT_WAIT_MS } from '../../../http/wait-preference.js';
import { DepositCashService } from '../../../operator/deposit-cash.service.js';
import type { FieldFault } from '../../components/field-fault.js';
import { Pages } from '../../rendering/pages.service.js';
import { FormDrafts, type Draft } from '../../visits/form-drafts.js';
import { FormFields } from '../../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../../visits/page.decorator.js';
import { ThisVisit } from '../../visits/visit.decorator.js';
import type { SignedInVisit } from '../../visits/visit.js';
import { isFormKey } from '../form-key.js';
import { CheckDepositPage } from './check-deposit.page.js';
import { draftOf, type TypedDeposit } from './deposit-form.js';
import { DepositPage } from './deposit.page.js';
import { ExamineDepositService, type ExaminedDeposit } from './examine-deposit.service.js';

const FORM = '/operator/cash-deposits';

/** Form → check page → booked once → the transaction. */
@PageController('operator/cash-deposits')
export class CashDepositsPageController {
  constructor(
    private readonly pages: Pages,
    private readonly drafts: FormDrafts,
    private readonly examining: ExamineDepositService,
    private readonly service: DepositCashService,
  ) {}

  @Get()
  @AllowVisit('operator')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const draft = await this.drafts.read(visit.session.customerId, draftId);
    return this.pages.show(visit, reply, DepositPage, { typed: typedOf(draft ?? {}) });
  }

  @FormPost('check')
  @AllowVisit('operator')
  async toCheck(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const typed = typedOf(new FormFields(body).kept());
    const examined = await this.examining.examine(typed, visit);
    if ('faults' in examined) return this.again(visit, reply, typed, examined.faults);
    const draftId = await this.drafts.keep(visit.session.customerId, draftOf(typed));
    return this.pages.goTo(reply, `${FORM}/check?draft=${draftId}`);
  }

  @Get('check')
  @AllowVisit('operator')
  async check(
    @ThisVisit() visit: SignedInVisit,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const draft = await this.drafts.read(visit.session.customerId, draftId);
    if (!draft) return this.pages.goTo(reply, FORM);
    const typed = typedOf(draft);
    const examined = await this.examining.examine(typed, visit);
    if ('faults' in examined) return this.again(visit, reply, typed, examined.faults);
    const props = { typed, draftId: String(draftId), ...examined };
    return this.pages.show(visit, reply, CheckDepositPage, props);
  }

  @FormPost('')
  @AllowVisit('operator')
  async book(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const typed = typedOf(new FormFields(body).kept());
    const examined = await this.examining.examine(typed, visit);
    if ('faults' in examined) return this.again(visit, reply, typed, examined.faults);
    try {
      await this.deposit(visit.session.customerId, typed, examined);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'idempotency_key_reused') throw error;
      const anew = { ...typed, key: randomUUID() };
      return this.again(visit, reply, anew, [{ text: visit.words.form.sentTwice }]);
    }
    // Booked, refused or on its way: the transaction's page says which, and can be read again without booking again.
    const transferId = transferIdOf(visit.session.customerId, typed.key);
    return this.pages.goTo(reply, `/operator/transactions/${transferId}`);
  }

  private deposit(operatorId: string, typed: TypedDeposit, { account, amountMinor }: ExaminedDeposit) {
    return this.service.deposit({
      operatorId,
      idempotencyKey: typed.key,
      body: {
        creditAccountNumber: account.number,
        instructedAmount: MoneyDto.of(amountMinor, account.currency),
        reference: typed.reference || undefined,
      },
      waitMs: DEFAULT_WAIT_MS,
      locationOf: (transferId) => `/operator/transactions/${transferId}`,
    });
  }

  private again(
    visit: SignedInVisit,
    reply: FastifyReply,
    typed: TypedDeposit,
    faults: readonly FieldFault[],
  ): string {
    return this.pages.show(visit, reply, DepositPage, { typed, faults }, 422);
  }
}

/** A form without a key of ours gets a new one: it is a new deposit then. */
function typedOf({ number = '', amount = '', reference = '', key }: Draft): TypedDeposit {
  return { number, amount, reference, key: isFormKey(key) ? key : randomUUID() };
}
