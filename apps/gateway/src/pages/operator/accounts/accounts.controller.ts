import { Body, Get, Param, Query, Res } from '@nestjs/common';
import { isAccountNumber, normaliseAccountNumber, type AccountStatus } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../../http/id.pipe.js';
import { OperatorAccounts } from '../../../operator/operator-accounts.service.js';
import { Pages } from '../../rendering/pages.service.js';
import { FormDrafts } from '../../visits/form-drafts.js';
import { FormFields } from '../../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../../visits/page.decorator.js';
import { ThisVisit } from '../../visits/visit.decorator.js';
import type { SignedInVisit } from '../../visits/visit.js';
import { faultsOfReason } from '../reason.js';
import { AccountPage } from './account.page.js';
import { FindAccountPage, type FindAccountPageProps } from './find-account.page.js';
import { ReadAccountService } from './read-account.service.js';

const NOTHING_TYPED: FindAccountPageProps = {};

@PageController('operator/accounts')
export class OperatorAccountsPageController {
  constructor(
    private readonly pages: Pages,
    private readonly accounts: OperatorAccounts,
    private readonly facts: ReadAccountService,
    private readonly drafts: FormDrafts,
  ) {}

  /** With a number that there is: on to its account. */
  @Get()
  @AllowVisit('operator')
  async find(
    @ThisVisit() visit: SignedInVisit,
    @Query('number') typed: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    if (typeof typed !== 'string') return this.pages.show(visit, reply, FindAccountPage, NOTHING_TYPED);
    const number = normaliseAccountNumber(typed).slice(0, 40);
    const { numberWrong, numberUnknown } = visit.words.operatorAccounts;
    const again = (text: string) =>
      this.pages.show(visit, reply, FindAccountPage, { typed, faults: [{ field: 'number', text }] }, 422);
    if (!isAccountNumber(number)) return again(numberWrong);
    const account = await this.accounts.find(number);
    return account ? this.pages.goTo(reply, `/operator/accounts/${account.id}`) : again(numberUnknown);
  }

  @Get(':id')
  @AllowVisit('operator')
  async read(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) accountId: string,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const [facts, draft] = await Promise.all([
      this.facts.read(accountId),
      this.drafts.read(visit.session.customerId, draftId),
    ]);
    return this.pages.show(visit, reply, AccountPage, { ...facts, reason: draft?.['reason'] });
  }

  /** Sent to the page's own address, so that what comes back with faults can be read again and left like any page. */
  @FormPost(':id')
  @AllowVisit('operator')
  async setFrozen(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) accountId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const fields = new FormFields(body);
    const reason = fields.text('reason');
    const wanted = fields.text('wanted');
    const faults = faultsOfReason(reason, visit.words);
    if (faults.length > 0 || !isAccountStatus(wanted)) {
      const facts = await this.facts.read(accountId);
      return this.pages.show(visit, reply, AccountPage, { ...facts, reason, faults }, 422);
    }
    const operatorId = visit.session.customerId;
    const frozen = wanted === 'frozen';
    await this.accounts.setFrozen({ accountId, operatorId, frozen, reason });
    const flash = frozen ? 'accountFrozen' : 'accountUnfrozen';
    return this.pages.goTo(reply, `/operator/accounts/${accountId}`, flash);
  }
}

function isAccountStatus(value: string): value is AccountStatus {
  return value === 'active' || value === 'frozen';
}
