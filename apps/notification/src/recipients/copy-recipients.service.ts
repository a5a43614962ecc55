import type { CustomerState } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { RecipientRepository } from './recipient.repository.js';

/** Remembers where people can be reached and in which language. Old states and repeats change nothing. */
@Injectable()
export class CopyRecipientsService {
  constructor(private readonly recipients: RecipientRepository) {}

  async copy(states: readonly CustomerState[]): Promise<void> {
    if (states.length > 0) await this.recipients.save(states);
  }
}
