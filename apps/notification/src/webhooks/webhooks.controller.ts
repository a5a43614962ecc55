import {
  ChangeWebhook,
  CreateWebhook,
  DeleteWebhook,
  ListWebhooks,
  ReadWebhook,
  RotateWebhookSecret,
  TestWebhook,
  WEBHOOK_QUESTIONS,
  type Refusal,
  type WebhookEndpointView,
  type WebhookSecretView,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { WebhooksService } from './webhooks.service.js';

@Controller()
export class WebhooksController {
  constructor(private readonly service: WebhooksService) {}

  @MessagePattern(WEBHOOK_QUESTIONS.list.pattern, Transport.KAFKA, answers(ListWebhooks))
  list(@Payload() { customerId }: ListWebhooks): Promise<WebhookEndpointView[]> {
    return this.service.list(customerId);
  }

  @MessagePattern(WEBHOOK_QUESTIONS.create.pattern, Transport.KAFKA, answers(CreateWebhook))
  create(@Payload() request: CreateWebhook): Promise<WebhookSecretView | Refusal> {
    return this.service.create(request);
  }

  @MessagePattern(WEBHOOK_QUESTIONS.read.pattern, Transport.KAFKA, answers(ReadWebhook))
  read(@Payload() request: ReadWebhook): Promise<WebhookEndpointView | Refusal> {
    return this.service.read(request);
  }

  @MessagePattern(WEBHOOK_QUESTIONS.change.pattern, Transport.KAFKA, answers(ChangeWebhook))
  change(@Payload() request: ChangeWebhook): Promise<WebhookEndpointView | Refusal> {
    return this.service.change(request);
  }

  @MessagePattern(WEBHOOK_QUESTIONS.delete.pattern, Transport.KAFKA, answers(DeleteWebhook))
  delete(@Payload() request: DeleteWebhook): Promise<{ deleted: true } | Refusal> {
    return this.service.delete(request);
  }

  @MessagePattern(WEBHOOK_QUESTIONS.rotateSecret.pattern, Transport.KAFKA, answers(RotateWebhookSecret))
  rotateSecret(@Payload() request: RotateWebhookSecret): Promise<WebhookSecretView | Refusal> {
    return this.service.rotateSecret(request);
  }

  @MessagePattern(WEBHOOK_QUESTIONS.test.pattern, Transport.KAFKA, answers(TestWebhook))
  test(@Payload() request: TestWebhook): Promise<{ deliveryId: string } | Refusal> {
    return this.service.test(request);
  }
}
