import { ApiProperty } from '@nestjs/swagger';
import { PASSWORD_MAX_LENGTH } from '@kopeck/contracts';
import { IsString, Length } from 'class-validator';
import { EmailAddress } from '../customers/email-address.decorator.js';
import { CustomerResource } from '../customers/customer.dto.js';

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
