import { IsEmail, IsIn, IsUUID, Length, Matches } from 'class-validator';
import { question, type Refusal } from '../messages/question.js';
import { SEALED_MAX_LENGTH } from '../messages/sealed.js';
import { TOPICS } from '../topics.js';
import { REFERENCE } from '../messages/patterns.js';

export const ROLES = ['customer', 'operator'] as const;
export type Role = (typeof ROLES)[number];

export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Who somebody is; never a password or its hash. */
export interface CustomerView {
  readonly customerId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly language: Language;
  readonly registeredAt: string;
}

/** Shortest password taken (NIST SP 800-63B-4: at least 15 alone, 8 with a second factor; here with throttling). */
export const PASSWORD_MIN_LENGTH = 10;
export const PASSWORD_MAX_LENGTH = 200;

/**
 * Passwords never stand in a topic in clear: the gateway seals them (see `messages/sealed.ts`) for the customer service,
 * which checks their length after opening, before it hashes.
 */
export class RegisterCustomer {
  /** Chosen by the asker, so that a repeat after a lost answer finds the customer registered. */
  @IsUUID() customerId: string;
  @IsEmail() @Length(3, 254) email: string;
  /** Sealed with `email`, exactly as it stands in this message, as its context. */
  @Length(1, SEALED_MAX_LENGTH) sealedPassword: string;
  @Length(1, 100) @Matches(REFERENCE) name: string;
  @IsIn(LANGUAGES) language: Language;
}

export class CheckPassword {
  @IsEmail() @Length(3, 254) email: string;
  /** Sealed with `email`, exactly as it stands in this message, as its context. */
  @Length(1, SEALED_MAX_LENGTH) sealedPassword: string;
}

export class ReadCustomer {
  @IsUUID() customerId: string;
}

const TOPIC = TOPICS.customerQuestions.name;

export const CUSTOMER_QUESTIONS = {
  register: question<RegisterCustomer, CustomerView | Refusal>(TOPIC, 'register', RegisterCustomer),
  checkPassword: question<CheckPassword, CustomerView | Refusal>(TOPIC, 'check-password', CheckPassword),
  read: question<ReadCustomer, CustomerView | Refusal>(TOPIC, 'read', ReadCustomer),
} as const;
