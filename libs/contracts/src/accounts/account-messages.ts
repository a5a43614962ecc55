import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { question, type Page, type Refusal } from '../messages/question.js';
import { OFFERED_CURRENCIES } from '../money/currency.js';
import { TOPICS } from '../topics.js';
import { INSTANT, REFERENCE } from '../messages/patterns.js';
import type { TransferKind } from '../transfers/transfer-request.js';
import type { SystemAccountKind } from '../ids.js';
import { IsAccountNumber } from './account-number.js';

export type AccountKind = 'customer' | SystemAccountKind;
export type AccountStatus = 'active' | 'frozen';

/** An account with its balance, as its owner sees it. */
export interface AccountView {
  readonly accountId: string;
  readonly number: string;
  readonly kind: AccountKind;
  readonly customerId: string | null;
  readonly name: string;
  readonly currency: string;
  readonly status: AccountStatus;
  readonly statusReason: string | null;
  readonly balanceMinor: string;
  /** Counts entries; changes with each posting. */
  readonly version: string;
  /** Counts changes of name and status; the ETag of the account's settings. */
  readonly revision: string;
  readonly openedAt: string;
}

/** `accounts.states`: what others may copy. No balance: only the ledger knows it. */
export class AccountState {
  @IsUUID() accountId: string;
  @IsAccountNumber() number: string;
  @IsIn(['customer', 'cash', 'fx_position', 'revenue', 'rounding']) kind: AccountKind;
  @IsOptional() @IsUUID() customerId: string | null;
  @Matches(/^[A-Z]{3}$/) currency: string;
  @IsIn(['active', 'frozen']) status: AccountStatus;
  /** Consumers keep the highest revision of each account. */
  @Matches(/^\d+$/) revision: string;
}

/** One line of an account's history. */
export interface EntryView {
  readonly transferId: string;
  readonly kind: TransferKind;
  readonly amountMinor: string;
  readonly balanceAfterMinor: string;
  readonly currency: string;
  readonly accountVersion: string;
  /** The other side's number; the bank's own accounts show as such. */
  readonly counterpartyNumber: string | null;
  readonly counterpartyIsBank: boolean;
  readonly reference: string | null;
  readonly postedAt: string;
}

export class OpenAccount {
  /** Chosen by the asker (see `accountIdOf`), so that a repeat finds the account already open. */
  @IsUUID() accountId: string;
  @IsUUID() customerId: string;
  @IsIn(OFFERED_CURRENCIES) currency: string;
  @Length(1, 60) @Matches(REFERENCE) name: string;
}

export class ListAccounts {
  @IsUUID() customerId: string;
}

export class ReadAccount {
  @IsUUID() accountId: string;
  /** Absent when an operator asks. */
  @IsOptional() @IsUUID() customerId?: string;
}

/** Finds accounts by number, for operators and for services whose copy doesn't know one. */
export class FindAccount {
  @IsAccountNumber() number: string;
}

export class RenameAccount {
  @IsUUID() accountId: string;
  @IsUUID() customerId: string;
  @Length(1, 60) @Matches(REFERENCE) name: string;
  /** The revision the change is based on (If-Match); another one is answered `stale_version`. */
  @Matches(/^\d{1,18}$/) revision: string;
}

export const ENTRY_DIRECTIONS = ['in', 'out'] as const;
/** `in`: credits, `out`: debits. */
export type EntryDirection = (typeof ENTRY_DIRECTIONS)[number];

export class ListEntries {
  @IsUUID() accountId: string;
  @IsOptional() @IsUUID() customerId?: string;
  /** Posted then or later. */
  @IsOptional() @Matches(INSTANT) from?: string;
  /** Exclusive. */
  @IsOptional() @Matches(INSTANT) to?: string;
  @IsOptional() @IsIn(ENTRY_DIRECTIONS) direction?: EntryDirection;
  /** Part of the reference, in whatever case, or of the other side's number. */
  @IsOptional() @Length(1, 100) @Matches(REFERENCE) search?: string;
  @IsInt() @Min(1) @Max(200) limit: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

/** An account together with a page of its history, as of one moment or nearly so. */
export interface AccountHistory {
  readonly account: AccountView;
  readonly entries: Page<EntryView>;
}

/** Most moments of one question: a year by days. */
export const MAX_BALANCE_MOMENTS = 400;

/** What an account held at moments of the past, for charts and statements. */
export class ReadBalances {
  @IsUUID() accountId: string;
  /** Absent when an operator asks. */
  @IsOptional() @IsUUID() customerId?: string;
  /** What was posted before each of them counts, what was posted at that very moment doesn't. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_BALANCE_MOMENTS)
  @Matches(INSTANT, { each: true })
  moments: string[];
}

/** In the order of the moments asked for. */
export interface BalanceAt {
  readonly at: string;
  readonly balanceMinor: string;
}

export class FreezeAccount {
  @IsUUID() accountId: string;
  @IsUUID() operatorId: string;
  @IsBoolean() frozen: boolean;
  @Length(3, 200) @Matches(REFERENCE) reason: string;
}

const TOPIC = TOPICS.accountQuestions.name;

export const ACCOUNT_QUESTIONS = {
  open: question<OpenAccount, AccountView | Refusal>(TOPIC, 'open', OpenAccount),
  list: question<ListAccounts, AccountView[]>(TOPIC, 'list', ListAccounts),
  read: question<ReadAccount, AccountView | Refusal>(TOPIC, 'read', ReadAccount),
  find: question<FindAccount, AccountView | Refusal>(TOPIC, 'find', FindAccount),
  rename: question<RenameAccount, AccountView | Refusal>(TOPIC, 'rename', RenameAccount),
  entries: question<ListEntries, Page<EntryView> | Refusal>(TOPIC, 'entries', ListEntries),
  history: question<ListEntries, AccountHistory | Refusal>(TOPIC, 'history', ListEntries),
  balances: question<ReadBalances, BalanceAt[] | Refusal>(TOPIC, 'balances', ReadBalances),
  freeze: question<FreezeAccount, AccountView | Refusal>(TOPIC, 'freeze', FreezeAccount),
} as const;
