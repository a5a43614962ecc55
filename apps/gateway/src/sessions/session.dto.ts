import { ApiProperty } from '@nestjs/swagger';
import { PASSWORD_MAX_LENGTH } from '@kopeck/contracts';
import { IsString, Length } from 'class-validator';
import { EmailAddress } from '../customers/email-address.decorator.js';
import { CustomerResource } from '../customers/customer.dto.js';
import { sessionIdOf, startedAtMsOf, type CurrentSession } from './session.js';

export class SignInBody {
  @EmailAddress()
  email: string;

  @ApiProperty({ example: 'correct horse battery', maxLength: PASSWORD_MAX_LENGTH })
  @IsString()
  @Length(1, PASSWORD_MAX_LENGTH, { message: 'Enter your password' })
  password: string;
}

export class SessionResource {
  @ApiProperty({
    description: 'Send it as `Authorization: Bearer <token>`. It is shown once and kept nowhere.',
    example: 'f3Yw0kq2l0l9d8mC4t1n6v5x7z9b1q3w5e7r9t1y3u4',
  })
  token: string;

  @ApiProperty({
    description: 'The session ends then at the latest; earlier after 30 minutes without a request.',
    format: 'date-time',
    example: '2026-03-01T21:30:00.000Z',
  })
  expiresAt: string;

  @ApiProperty({ type: CustomerResource })
  customer: CustomerResource;
}

/** A session as its owner sees it in the list of all of theirs. */
export class ListedSessionResource {
  @ApiProperty({ format: 'uuid', example: '5b0e6f1c-3a44-5d0e-8b1f-2c9d7e4a1f30' })
  id: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Browser and system as they name themselves; null where nobody knows.',
    example: 'Firefox on Windows',
  })
  device: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  startedAt: string;

  @ApiProperty({
    format: 'date-time',
    description: 'Exact to a minute.',
    example: '2026-03-01T09:41:00.000Z',
  })
  lastUsedAt: string;

  @ApiProperty({ description: 'Whether it is the one that asks.', example: true })
  isCurrent: boolean;

  static of(session: CurrentSession, current: CurrentSession): ListedSessionResource {
    return {
      id: sessionIdOf(session),
      device: session.device ?? null,
      startedAt: new Date(startedAtMsOf(session)).toISOString(),
      lastUsedAt: new Date(session.usedAtMs).toISOString(),
      isCurrent: session.tokenHash === current.tokenHash,
    };
  }
}

export class ListedSessionList {
  @ApiProperty({ type: [ListedSessionResource], description: 'The one used last first.' })
  data: ListedSessionResource[];
}
