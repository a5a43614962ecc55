import { Injectable } from '@nestjs/common';
import { WEBHOOK_QUESTIONS, type WebhookEndpointView } from '@kopeck/contracts';
import { Questions } from '../http/questions.js';
import { requireRevision } from '../http/required-revision.js';
import type { ChangeWebhookBody } from './webhook.dto.js';

@Injectable()
export class ChangeWebhookService {
  constructor(private readonly questions: Questions) {}

  /**
   * What isn't in the body stays as it was in the revision that the change is based on.
   *
   * @throws {Problem} `version_required` (428), `stale_version` (412), `not_found`.
   */
  async change(
    endpointId: string,
    customerId: string,
    body: ChangeWebhookBody,
    ifMatch?: string,
  ): Promise<WebhookEndpointView> {
    const options = { key: customerId, about: 'webhook endpoint' };
    const view = await this.questions.ask(WEBHOOK_QUESTIONS.read, { endpointId, customerId }, options);
    requireRevision(ifMatch, 'webhook endpoint', view.revision);
    const description = body.description === undefined ? view.description : body.description;
    const change = {
      endpointId,
      customerId,
      revision: view.revision,
      url: body.url ?? view.url,
      description: description ?? undefined,
      types: [...(body.types ?? view.types)],
      isActive: (body.status ?? view.status) === 'active',
    };
    return this.questions.ask(WEBHOOK_QUESTIONS.change, change, options);
  }
}
