import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  WEBHOOK_QUESTIONS,
  webhookEndpointIdOf,
  type CreateWebhook,
  type WebhookEndpointView,
  type WebhookSecretView,
} from '@kopeck/contracts';
import { Problem } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import type { CreateWebhookBody } from './webhook.dto.js';

@Injectable()
export class CreateWebhookService {
  constructor(private readonly questions: Questions) {}

  /** @throws {Problem} what the notification service refuses, or `idempotency_key_reused`. */
  async create(
    body: CreateWebhookBody,
    customerId: string,
    key: string | undefined,
  ): Promise<WebhookSecretView> {
    const request: CreateWebhook = {
      endpointId: key === undefined ? randomUUID() : webhookEndpointIdOf(customerId, key),
      customerId,
      url: body.url,
      description: body.description ?? undefined,
      types: body.types ?? [],
    };
    const options = { key: customerId, about: 'webhook endpoint' };
    const view = await this.questions.ask(WEBHOOK_QUESTIONS.create, request, options);
    if (!isOf(request, view.endpoint)) {
      throw new Problem(
        'idempotency_key_reused',
        'This Idempotency-Key belongs to another endpoint of yours, or to one that was changed since. Use a new key for a new one.',
      );
    }
    return view;
  }
}

/** A repeat finds the endpoint of its key; it has to be the endpoint that was asked for. */
function isOf(request: CreateWebhook, view: WebhookEndpointView): boolean {
  return (
    view.url === request.url &&
    view.description === (request.description ?? null) &&
    [...view.types].sort().join() === [...request.types].sort().join()
  );
}
