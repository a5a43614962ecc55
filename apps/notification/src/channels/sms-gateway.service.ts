import { Injectable } from '@nestjs/common';
import { delivered, failed, type Outcome } from './channel.js';
import { ChannelSettings } from './channel.settings.js';
import { connectionFaultOf, exchange, type Exchanged } from './http-exchange.js';
import { gatewayRequestOf, type TextMessage } from './sms-request.js';
import { smsTextOf } from './sms-text.js';

/** 4xx that pass: too slow, too early, too many. */
const PASSING = new Set([408, 425, 429]);

/** Sends text messages through whatever HTTP gateway the settings describe. */
@Injectable()
export class SmsGateway {
  constructor(private readonly settings: ChannelSettings) {}

  get isConfigured(): boolean {
    return this.settings.SMS_GATEWAY_URL !== undefined;
  }

  /** Cut to two segments. */
  async send(message: TextMessage, signal: AbortSignal): Promise<Outcome> {
    const { SMS_GATEWAY_URL, SMS_GATEWAY_METHOD, SMS_GATEWAY_HEADERS, SMS_GATEWAY_BODY } = this.settings;
    if (SMS_GATEWAY_URL === undefined) return failed('SMS_GATEWAY_URL is not set', { isFinal: true });
    const template = {
      url: SMS_GATEWAY_URL,
      method: SMS_GATEWAY_METHOD,
      headers: SMS_GATEWAY_HEADERS,
      body: SMS_GATEWAY_BODY,
    };
    const { url, ...request } = gatewayRequestOf(template, { ...message, text: smsTextOf(message.text) });
    try {
      return outcomeOf(await exchange(url, { ...request, signal }));
    } catch (error) {
      return failed(`the SMS gateway: ${connectionFaultOf(error)}`, { isTargetAtFault: true });
    }
  }
}

function outcomeOf({ status, retryAfterMs }: Exchanged): Outcome {
  if (status >= 200 && status < 300) return delivered(status);
  return failed(`the SMS gateway answered ${status}`, {
    responseCode: status,
    isFinal: status >= 400 && status < 500 && !PASSING.has(status),
    isTargetAtFault: status >= 500 || status < 400,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
