import { Body, Get, Query, Res } from '@nestjs/common';
import { ACCOUNT_QUESTIONS, accountIdOf, isOfferedCurrency } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problem } from '../../http/problem.js';
import { Questions } from '../../http/questions.js';
import type { FieldFault } from '../components/field-fault.js';
import { Pages } from '../rendering/pages.service.js';
import { FormDrafts } from '../visits/form-drafts.js';
import { FormFields } from '../visits/form-fields.js';
import { formKeyOf, newFormKey } from '../visits/form-key.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { isAccountName } from './account-name.js';
import { AccountsPage } from './accounts.page.js';
import { OpenAccountPage } from './open-account.page.js';
import { OwnAccounts } from './own-accounts.service.js';

@PageController('accounts')
export class AccountsPageController {
  constructor(
    private readonly pages: Pages,
    private readonly accounts: OwnAccounts,
    private readonly questions: Questions,
    private readonly drafts: FormDrafts,
  ) {}

  @Get()
  @AllowVisit('customer')
  async list(
    @ThisVisit() visit: SignedInVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const accounts = await this.accounts.list(visit.session.customerId);
    return this.pages.show(visit, reply, AccountsPage, { accounts });
  }

  @Get('new')
  @AllowVisit('customer')
  async form(
    @ThisVisit() visit: SignedInVisit,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const draft = await this.drafts.read(visit.session.customerId, draftId);
    const formKey = formKeyOf(draft?.['key'] ?? newFormKey());
    return this.pages.show(visit, reply, OpenAccountPage, { formKey, ...draft });
  }

  @FormPost('new')
  @AllowVisit('customer')
  async open(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const fields = new FormFields(body);
    const [currency, name, formKey] = [
      fields.text('currency'),
      fields.text('name'),
      formKeyOf(fields.text('key')),
    ];
    const again = (faults: readonly FieldFault[]) =>
      this.pages.show(visit, reply, OpenAccountPage, { formKey, currency, name, faults }, 422);
    const { words } = visit;
    const wrong = [
      ...(isOfferedCurrency(currency) ? [] : [{ field: 'currency', text: words.openAccount.currencyWrong }]),
      ...(isAccountName(name) ? [] : [{ field: 'name', text: words.accounts.nameWrong }]),
    ];
    if (wrong.length > 0) return again(wrong);
    const { customerId } = visit.session;
    const accountId = accountIdOf(customerId, formKey);
    const request = { accountId, customerId, currency, name };
    try {
      await this.questions.ask(ACCOUNT_QUESTIONS.open, request, { key: accountId, about: 'account' });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'state_conflict') return again([{ text: words.openAccount.tooMany }]);
      if (error.code === 'idempotency_key_reused') return again([{ text: words.form.sentTwice }]);
      throw error;
    }
    return this.pages.goTo(reply, `/accounts/${accountId}`, 'accountOpened');
  }
}
