import { Injectable } from '@nestjs/common';
import {
  DELIVERY_QUESTIONS,
  type ListDeliveries,
  type ReadDelivery,
  type RetryDelivery,
} from '@kopeck/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { linkNextPage } from '../http/paging.js';
import { Questions } from '../http/questions.js';
import { deliveryOf, deliveryWithHistoryOf, type Delivery } from './delivery.js';
import type { DeliveryPage, DeliveryWithHistoryResource } from './delivery.dto.js';

/** Asks for deliveries on behalf of three kinds of routes: a customer's, an integrator's and an operator's. */
@Injectable()
export class Deliveries {
  constructor(private readonly questions: Questions) {}

  /** @param key of the message: the customer, or the operator who asks. */
  async list(
    question: ListDeliveries,
    key: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<DeliveryPage> {
    const options = { key, about: question.endpointId === undefined ? 'delivery' : 'webhook endpoint' };
    const page = await this.questions.ask(DELIVERY_QUESTIONS.list, question, options);
    linkNextPage(request, reply, page);
    return { data: page.data.map(deliveryOf), nextCursor: page.nextCursor };
  }

  async read(question: ReadDelivery): Promise<DeliveryWithHistoryResource> {
    const details = await this.questions.ask(DELIVERY_QUESTIONS.read, question, optionsOf(question));
    const { history, ...delivery } = deliveryWithHistoryOf(details);
    return { ...delivery, history: [...history] };
  }

  async retry(question: RetryDelivery): Promise<Delivery> {
    return deliveryOf(await this.questions.ask(DELIVERY_QUESTIONS.retry, question, optionsOf(question)));
  }
}

function optionsOf({ customerId, deliveryId }: ReadDelivery | RetryDelivery) {
  return { key: customerId ?? deliveryId, about: 'delivery' };
}
