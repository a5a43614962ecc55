import { Injectable } from '@nestjs/common';
import { ACCOUNT_QUESTIONS, type AccountView } from '@kopeck/contracts';
import { invalidRequest } from '../http/invalid-request.js';
import { Problem } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import type { CreditedAccountBody } from './credited-account.dto.js';

/** Finds the number of the account that a request credits. */
@Injectable()
export class CreditedAccounts {
  constructor(private readonly questions: Questions) {}

  /**
   * @param currency what is to arrive there. Checked for own accounts only: whose number it is, and in which currency, is
   *   nobody else's to learn, and the ledger checks it anyway.
   * @throws {Problem} `validation_failed`, `currency_mismatch`.
   */
  async numberOf(
    body: CreditedAccountBody,
    { customerId, currency }: { customerId: string; currency: string },
  ): Promise<string> {
    // `null` counts as absent.
    const [id, number] = [body.creditAccountId ?? undefined, body.creditAccountNumber ?? undefined];
    if ((id === undefined) === (number === undefined)) {
      const detail = 'Send either creditAccountId, for an account of yours, or creditAccountNumber';
      const pointer = id === undefined ? '#/creditAccountId' : '#/creditAccountNumber';
      throw invalidRequest([{ detail, pointer }]);
    }
    if (id === undefined) return number!;
    const account = await this.ownAccount(id, customerId);
    if (account.currency === currency) return account.number;
    const detail = `This account is in ${account.currency}. Choose one in ${currency}, or open it first.`;
    throw new Problem('currency_mismatch', detail, { errors: [{ detail, pointer: '#/creditAccountId' }] });
  }

  private async ownAccount(accountId: string, customerId: string): Promise<AccountView> {
    const options = { key: accountId, about: 'account' };
    try {
      return await this.questions.ask(ACCOUNT_QUESTIONS.read, { accountId, customerId }, options);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not_found') throw error;
      const detail = 'creditAccountId must be the id of one of your accounts';
      throw invalidRequest([{ detail, pointer: '#/creditAccountId' }]);
    }
  }
}
