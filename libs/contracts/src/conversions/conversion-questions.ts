import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateIf,
  type ValidationArguments,
} from 'class-validator';
import { IsAccountNumber } from '../accounts/account-number.js';
import { question, type Page, type Refusal } from '../messages/question.js';
import { OFFERED_CURRENCIES } from '../money/currency.js';
import { IsRate } from '../rates/rate.js';
import { TOPICS } from '../topics.js';
import { AMOUNT_MINOR, INSTANT } from '../messages/patterns.js';
import type { Quote } from './quote.js';

export class CreateQuote {
  /** Chosen by the asker, so that a repeat finds the quote already there. */
  @IsUUID() quoteId: string;
  @IsUUID() customerId: string;
  @IsUUID() debitAccountId: string;
  @IsAccountNumber() creditAccountNumber: string;
  @IsIn(OFFERED_CURRENCIES) sellCurrency: string;
  @IsIn(OFFERED_CURRENCIES) buyCurrency: string;
  /** Exactly one of the two amounts. */
  @IsAmountUnless('buyMinor')
  sellMinor?: string;
  @IsOptional()
  @Matches(AMOUNT_MINOR)
  buyMinor?: string;
}

/** `used` once a conversion took it, whatever became of that. */
export interface QuoteView extends Quote {
  readonly status: 'open' | 'expired' | 'used';
  readonly transferId: string | null;
}

export class ReadQuote {
  @IsUUID() quoteId: string;
  @IsUUID() customerId: string;
}

export const ORDER_STATUSES = ['active', 'triggered', 'cancelled', 'expired'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** "Convert this much when one unit of what I sell buys at least `targetRate`, until then." */
export class PlaceOrder {
  @IsUUID() orderId: string;
  @IsUUID() customerId: string;
  @IsUUID() debitAccountId: string;
  @IsAccountNumber() creditAccountNumber: string;
  @IsIn(OFFERED_CURRENCIES) sellCurrency: string;
  @IsIn(OFFERED_CURRENCIES) buyCurrency: string;
  @Matches(AMOUNT_MINOR) sellMinor: string;
  /** The customer's own rate, margin taken off. */
  @IsRate() targetRate: string;
  @Matches(INSTANT) expiresAt: string;
}

export interface OrderView {
  readonly orderId: string;
  readonly debitAccountId: string;
  readonly creditAccountNumber: string;
  readonly sellCurrency: string;
  readonly buyCurrency: string;
  readonly sellMinor: string;
  readonly targetRate: string;
  readonly status: OrderStatus;
  /** The transfer that it became, once triggered: that says how it ended. */
  readonly transferId: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly triggeredAt: string | null;
}

export const ALERT_KINDS = ['at_or_above', 'at_or_below', 'moves_by'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** "Tell me when it reaches X", "… moves by N %". Tells once. */
export class PlaceAlert {
  @IsUUID() alertId: string;
  @IsUUID() customerId: string;
  @IsIn(OFFERED_CURRENCIES) base: string;
  @IsIn(OFFERED_CURRENCIES) quote: string;
  @IsIn(ALERT_KINDS) kind: AlertKind;
  /** A middle rate, for the first two kinds. */
  @ValidateIf(({ kind }: PlaceAlert) => kind !== 'moves_by')
  @IsRate()
  rate?: string;
  /** Percent of the rate when the alert was placed, either way: `"2.5"`. */
  @ValidateIf(({ kind }: PlaceAlert) => kind === 'moves_by')
  @Matches(/^(?!0+(\.0*)?$)\d{1,3}(\.\d{1,2})?$/)
  percent?: string;
}

export interface AlertView {
  readonly alertId: string;
  readonly base: string;
  readonly quote: string;
  readonly kind: AlertKind;
  readonly rate: string | null;
  readonly percent: string | null;
  /** The rate when it was placed. */
  readonly startRate: string;
  readonly status: 'active' | 'told' | 'cancelled';
  readonly createdAt: string;
  readonly toldAt: string | null;
  readonly toldRate: string | null;
}

/** Orders or alerts of one customer, newest first. */
export class ListOwn {
  @IsUUID() customerId: string;
  @IsInt() @Min(1) @Max(200) limit: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

export class CancelOrder {
  @IsUUID() orderId: string;
  @IsUUID() customerId: string;
}

export class CancelAlert {
  @IsUUID() alertId: string;
  @IsUUID() customerId: string;
}

const TOPIC = TOPICS.conversionQuestions.name;

export const CONVERSION_QUESTIONS = {
  createQuote: question<CreateQuote, QuoteView | Refusal>(TOPIC, 'create-quote', CreateQuote),
  readQuote: question<ReadQuote, QuoteView | Refusal>(TOPIC, 'read-quote', ReadQuote),
  placeOrder: question<PlaceOrder, OrderView | Refusal>(TOPIC, 'place-order', PlaceOrder),
  listOrders: question<ListOwn, Page<OrderView> | Refusal>(TOPIC, 'list-orders', ListOwn),
  cancelOrder: question<CancelOrder, OrderView | Refusal>(TOPIC, 'cancel-order', CancelOrder),
  placeAlert: question<PlaceAlert, AlertView | Refusal>(TOPIC, 'place-alert', PlaceAlert),
  listAlerts: question<ListOwn, Page<AlertView> | Refusal>(TOPIC, 'list-alerts', ListOwn),
  cancelAlert: question<CancelAlert, AlertView | Refusal>(TOPIC, 'cancel-alert', CancelAlert),
} as const;

/** An amount where the other field has none, and nothing where it has one. */
function IsAmountUnless(other: string): PropertyDecorator {
  return (target, propertyKey) =>
    registerDecorator({
      name: 'isAmountUnless',
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: (value: unknown, args?: ValidationArguments) => {
          const message = args?.object as Record<string, unknown> | undefined;
          const isOtherGiven = message?.[other] !== undefined;
          return isOtherGiven ? value === undefined : typeof value === 'string' && AMOUNT_MINOR.test(value);
        },
        defaultMessage: () => `exactly one of ${String(propertyKey)} and ${other} must be an amount`,
      },
    });
}
