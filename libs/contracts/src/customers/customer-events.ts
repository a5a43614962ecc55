import { IsEmail, IsIn, IsOptional, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { INSTANT, REFERENCE } from '../messages/patterns.js';
import { LANGUAGES, ROLES, type Language, type Role } from './customer-questions.js';

/** `customers.states`: what others may copy of a person; never a password or its hash. */
export class CustomerState {
  @IsUUID() customerId: string;
  @IsEmail() @Length(3, 254) email: string;
  @Length(1, 300) name: string;
  @IsIn(ROLES) role: Role;
  @IsIn(LANGUAGES) language: Language;
  /** Consumers keep the highest revision of each customer. */
  @Matches(/^\d+$/) revision: string;
}

export const SECURITY_EVENT_TYPES = ['sign_in', 'sessions_ended'] as const;
export type SecurityEventType = (typeof SECURITY_EVENT_TYPES)[number];

/** `customers.events`: something that its owner should know happened to their access. No token, no full address. */
export class SecurityEvent {
  /** A redelivery carries the same. */
  @IsUUID() eventId: string;
  @IsIn(SECURITY_EVENT_TYPES) type: SecurityEventType;
  @IsUUID() customerId: string;
  /** What the person was seen to use: `Firefox on Windows`; absent where nobody knows. */
  @IsOptional() @Length(1, 100) @Matches(REFERENCE) device?: string;
  @MaxLength(40) @Matches(INSTANT) occurredAt: string;
}
