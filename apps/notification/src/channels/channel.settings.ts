import { IsIn, IsOptional, IsUrl, Length, Matches } from 'class-validator';
import { readHeaders } from './sms-request.js';
import { Holds } from './holds.decorator.js';

const PLAIN_URL = { protocols: ['http', 'https'], require_tld: false, require_protocol: true };

/** Ways out of the bank; one that isn't set up isn't offered. Property names are the environment's names. */
export class ChannelSettings {
  /** `smtp://user:password@host:587`, or `smtps://…`. */
  @IsOptional()
  @IsUrl({ protocols: ['smtp', 'smtps'], require_tld: false, require_protocol: true })
  SMTP_URL?: string;

  /** Whom mails are from. */
  @Matches(
    /^(?:[^<>@\r\n",]{1,80} <[^\s<>@,]{1,64}@[A-Za-z0-9.-]{1,190}>|[^\s<>@,]{1,64}@[A-Za-z0-9.-]{1,190})$/,
    {
      message: 'SMTP_FROM must be an address, such as Kopeck <no-reply@bank.example>',
    },
  )
  SMTP_FROM = 'Kopeck <no-reply@kopeck.example>';

  /** Where people find the bank's pages: what links in messages begin with. */
  @IsUrl(PLAIN_URL)
  PUBLIC_URL = 'http://127.0.0.1:3000';

  @IsUrl(PLAIN_URL)
  TELEGRAM_API_URL = 'https://api.telegram.org';

  /** From @BotFather. */
  @IsOptional()
  @Matches(/^\d{1,20}:[A-Za-z0-9_-]{8,100}$/, { message: 'TELEGRAM_BOT_TOKEN must look like 12345:abc…' })
  TELEGRAM_BOT_TOKEN?: string;

  /** As in t.me/<name>, for links. */
  @IsOptional()
  @Matches(/^\w{3,64}$/, { message: 'TELEGRAM_BOT_NAME must be the name without @' })
  TELEGRAM_BOT_NAME?: string;

  /** May hold {phone}, {text} and {id}. */
  @IsOptional()
  @Matches(/^https?:\/\/\S{1,1000}$/, { message: 'SMS_GATEWAY_URL must be an address on http or https' })
  SMS_GATEWAY_URL?: string;

  @IsIn(['POST', 'PUT', 'GET'])
  SMS_GATEWAY_METHOD: 'POST' | 'PUT' | 'GET' = 'POST';

  /** A JSON object. The content type decides how placeholders in the body are escaped. */
  @Holds((text) => readHeaders(text) !== undefined, {
    message:
      'SMS_GATEWAY_HEADERS must be a JSON object of texts, such as {"content-type":"application/json"}',
  })
  SMS_GATEWAY_HEADERS = '{"content-type":"application/json"}';

  /** With {phone}, {text} and {id}: the id is the same when a message is sent again. */
  @Length(0, 4_000)
  SMS_GATEWAY_BODY = '{"to":"{phone}","text":"{text}","id":"{id}"}';
}
