import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  LANGUAGES,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  REFERENCE,
  ROLES,
  type CustomerView,
  type Language,
  type Role,
} from '@kopeck/contracts';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { EmailAddress } from './email-address.decorator.js';

export class SignUpBody {
  @EmailAddress()
  email: string;

  @ApiProperty({
    example: 'correct horse battery',
    minLength: PASSWORD_MIN_LENGTH,
    maxLength: PASSWORD_MAX_LENGTH,
  })
  @IsString()
  @Length(PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH, {
    message: `password must have $constraint1 to $constraint2 characters`,
  })
  password: string;

  @ApiProperty({ example: 'Anna Petrova', minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @Matches(REFERENCE, { message: 'name must be one line of printable characters' })
  name: string;

  @ApiPropertyOptional({ enum: LANGUAGES, default: 'en', example: 'en' })
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}

export class CustomerResource {
  @ApiProperty({ format: 'uuid', example: '7f1f1cc4-4a2f-4a7f-9d6e-0a3f5b0f3a11' })
  id: string;

  @ApiProperty({ format: 'email', example: 'anna@example.com' })
  email: string;

  @ApiProperty({ example: 'Anna Petrova' })
  name: string;

  @ApiProperty({ enum: ROLES, example: 'customer' })
  role: Role;

  @ApiProperty({ enum: LANGUAGES, example: 'en' })
  language: Language;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  registeredAt: string;

  static of(view: CustomerView): CustomerResource {
    const { customerId: id, email, name, role, language, registeredAt } = view;
    return { id, email, name, role, language, registeredAt };
  }
}
