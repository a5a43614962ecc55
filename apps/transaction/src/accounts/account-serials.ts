import { randomInt } from 'node:crypto';
import { ACCOUNT_SERIALS } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { FIRST_CUSTOMER_SERIAL } from './system-account.js';

/** Draws account serials at random: a number says nothing about how many customers there are, nor who came next. */
@Injectable()
export class AccountSerials {
  draw(): bigint {
    return BigInt(randomInt(Number(FIRST_CUSTOMER_SERIAL), Number(ACCOUNT_SERIALS)));
  }
}
