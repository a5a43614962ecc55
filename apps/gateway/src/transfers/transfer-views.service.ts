import { Injectable } from '@nestjs/common';
import {
  TRANSFER_QUESTIONS,
  type ListTransfers,
  type Page,
  type ReadTransfer,
  type TransferStep,
  type TransferView,
} from '@kopeck/contracts';
import { Questions, type AskOptions } from '../http/questions.js';
import { RecentOutcomes } from './recent-outcomes.js';

/** The transaction-manager's word on transfers, and the journal's where that is newer. */
@Injectable()
export class TransferViews {
  constructor(
    private readonly questions: Questions,
    private readonly recent: RecentOutcomes,
  ) {}

  /** @throws {Problem} `not_found`, `unavailable`, `deadline_exceeded`. */
  async read(question: ReadTransfer, options: AskOptions): Promise<TransferView> {
    return this.recent.newest(await this.questions.ask(TRANSFER_QUESTIONS.read, question, options));
  }

  /** Newest first; what isn't of the wanted status any more is left out. @throws {Problem} `invalid_cursor`, `unavailable`. */
  async list(question: ListTransfers, options: AskOptions): Promise<Page<TransferView>> {
    const { data, nextCursor } = await this.questions.ask(TRANSFER_QUESTIONS.list, question, options);
    const { status } = question;
    const newest = data.map((view) => this.recent.newest(view));
    return { data: status ? newest.filter((view) => view.status === status) : newest, nextCursor };
  }

  /** A transfer's way through the services, in order. @throws {Problem} as for `read`. */
  async steps(question: ReadTransfer, options: AskOptions): Promise<TransferStep[]> {
    const steps = await this.questions.ask(TRANSFER_QUESTIONS.steps, question, options);
    return this.recent.allSteps(question.transferId, steps);
  }
}
