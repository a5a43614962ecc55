import { Injectable } from '@nestjs/common';
import { ACCOUNT_QUESTIONS, type AccountView } from '@kopeck/contracts';
import { Questions } from '../http/questions.js';
import { revisionFor } from '../http/required-revision.js';

@Injectable()
export class RenameAccountService {
  constructor(private readonly questions: Questions) {}

  /** @throws {Problem} `version_required` (428), `stale_version` (412), `not_found`. */
  async rename(accountId: string, customerId: string, name: string, ifMatch?: string): Promise<AccountView> {
    const options = { key: accountId, about: 'account' };
    const revision = await revisionFor(ifMatch, 'account', () =>
      this.questions.ask(ACCOUNT_QUESTIONS.read, { accountId, customerId }, options),
    );
    return this.questions.ask(ACCOUNT_QUESTIONS.rename, { accountId, customerId, name, revision }, options);
  }
}
