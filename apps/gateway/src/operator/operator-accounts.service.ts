import { Injectable } from '@nestjs/common';
import { ACCOUNT_QUESTIONS, type FreezeAccount } from '@kopeck/contracts';
import { Problem } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import { OperatorAccountResource } from './operator.dto.js';

/** Anybody's accounts, and the bank's own, for operators. */
@Injectable()
export class OperatorAccounts {
  constructor(private readonly questions: Questions) {}

  /** @returns undefined where no account has this number: a search that finds nothing is no error. */
  async find(number: string): Promise<OperatorAccountResource | undefined> {
    const options = { key: number, about: 'account' };
    try {
      return OperatorAccountResource.of(
        await this.questions.ask(ACCOUNT_QUESTIONS.find, { number }, options),
      );
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  /** @throws {Problem} `not_found`. */
  async read(accountId: string): Promise<OperatorAccountResource> {
    const options = { key: accountId, about: 'account' };
    return OperatorAccountResource.of(
      await this.questions.ask(ACCOUNT_QUESTIONS.read, { accountId }, options),
    );
  }

  /**
   * Freezes it or makes it active again; one that has the wanted status stays as it is.
   *
   * @throws {Problem} `not_found`; `state_conflict` for the bank's own accounts.
   */
  async setFrozen(request: FreezeAccount): Promise<OperatorAccountResource> {
    const options = { key: request.accountId, about: 'account' };
    return OperatorAccountResource.of(await this.questions.ask(ACCOUNT_QUESTIONS.freeze, request, options));
  }
}
