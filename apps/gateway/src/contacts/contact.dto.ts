import { ApiProperty } from '@nestjs/swagger';
import {
  OUTSIDE_CHANNELS,
  PHONE_CODE,
  PHONE_NUMBER,
  type ContactsView,
  type OutsideChannel,
  type TelegramLink,
} from '@kopeck/contracts';
import { Transform } from 'class-transformer';
import { IsIn, Matches } from 'class-validator';

export class SetPhoneBody {
  @ApiProperty({
    description: 'With the country code (E.164); spaces, brackets and hyphens are left out.',
    example: '+79261234567',
  })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replace(/[\s()-]/g, '') : value,
  )
  @Matches(PHONE_NUMBER, { message: 'phone must be a number with its country code, such as +79261234567' })
  phone: string;
}

export class ConfirmPhoneBody {
  @ApiProperty({ pattern: PHONE_CODE.source, example: '123456' })
  @Matches(PHONE_CODE, { message: 'code must be the six digits of the message' })
  code: string;
}

export class SendTestBody {
  @ApiProperty({
    enum: OUTSIDE_CHANNELS,
    description: 'A webhook endpoint has a test of its own.',
    example: 'email',
  })
  @IsIn(OUTSIDE_CHANNELS, { message: `channel must be one of ${OUTSIDE_CHANNELS.join(', ')}` })
  channel: OutsideChannel;
}

export class TestSentResource {
  @ApiProperty({
    format: 'uuid',
    description: 'Tells what became of it: see the Location header.',
    example: '3c2d5b8e-71f0-4d0c-9f55-6f1a0f0e2b44',
  })
  deliveryId: string;
}

export class TelegramLinkResource implements TelegramLink {
  @ApiProperty({
    description: "Send it to the bank's bot. It works once; a new one replaces it.",
    example: 'K7Q2M9XD',
  })
  code: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Opens the bot with the code.',
    example: 'https://t.me/kopeck_bot?start=K7Q2M9XD',
  })
  url: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:45:00.000Z' })
  expiresAt: string;
}

export class TelegramContactResource {
  @ApiProperty({ description: 'Whether the bank has a bot.', example: true })
  isOffered: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-03-01T09:32:00.000Z' })
  linkedAt: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'As Telegram names the chat.',
    example: 'Anna',
  })
  chatName: string | null;
}

export class PhoneContactResource {
  @ApiProperty({ description: 'Whether the bank sends SMS.', example: true })
  isOffered: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'As far as it is shown.', example: '+7•••67' })
  phone: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Nothing goes there before.',
    example: null,
  })
  confirmedAt: string | null;
}

export class ContactsResource implements ContactsView {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null for a moment after signing up.',
    example: 'anna@example.com',
  })
  email: string | null;

  @ApiProperty({ type: TelegramContactResource })
  telegram: TelegramContactResource;

  @ApiProperty({ type: PhoneContactResource })
  sms: PhoneContactResource;

  @ApiProperty({ type: 'integer', description: 'Endpoints you have set up.', example: 0 })
  webhookCount: number;
}
