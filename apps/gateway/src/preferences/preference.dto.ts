import { ApiProperty } from '@nestjs/swagger';
import {
  CHANNELS,
  DEFAULT_CHANNELS,
  LANGUAGES,
  NOTIFICATION_TYPES,
  OFFERED_CURRENCIES,
  RATE_DIGESTS,
  TIME_OF_DAY,
  type ChannelMatrix,
  type Language,
  type PreferencesView,
  type RateDigest,
} from '@kopeck/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MoneyDto } from '../documentation/money.documentation.js';
import { amountOf } from '../transfers/amount.js';

const TIME_FAULT = 'must be a time of day such as 22:30';
const CURRENCIES_FAULT = `rateCurrencies must be a list of ${OFFERED_CURRENCIES.join(', ')}, each at most once`;
const AMOUNTS_FAULT =
  'minimumAmounts must be a list of amounts such as {"amount":"12.30","currency":"EUR"}, at most one a currency';
const CHANNELS_FAULT = 'channels must be an object with a list of channels for each type';

const CHANNEL_LIST = {
  type: 'array' as const,
  uniqueItems: true,
  items: { type: 'string' as const, enum: [...CHANNELS] },
};

export class QuietHoursDto {
  @ApiProperty({ pattern: TIME_OF_DAY.source, example: '22:30' })
  @Matches(TIME_OF_DAY, { message: `from ${TIME_FAULT}` })
  from: string;

  @ApiProperty({ pattern: TIME_OF_DAY.source, example: '07:00' })
  @Matches(TIME_OF_DAY, { message: `to ${TIME_FAULT}` })
  to: string;
}

/** All of it, each time: what is left out would be somebody's guess. */
export class ChangePreferencesBody {
  @ApiProperty({ enum: LANGUAGES, description: 'Of what you are told.', example: 'en' })
  @IsIn(LANGUAGES, { message: `language must be one of ${LANGUAGES.join(', ')}` })
  language: Language;

  @ApiProperty({
    description: 'IANA name, for quiet hours, digests and moments.',
    minLength: 1,
    maxLength: 64,
    example: 'Europe/Moscow',
  })
  @Length(1, 64, { message: 'timeZone must be a name such as Europe/Moscow' })
  timeZone: string;

  @ApiProperty({
    type: QuietHoursDto,
    nullable: true,
    description: 'E-mail, Telegram and SMS wait until they end, but for what concerns your security.',
    example: null,
  })
  @ValidateIf(({ quietHours }: ChangePreferencesBody) => quietHours !== null)
  @IsObject({ message: 'quietHours must be an object such as {"from":"22:30","to":"07:00"}, or null' })
  @ValidateNested()
  @Type(() => QuietHoursDto)
  quietHours: QuietHoursDto | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(NOTIFICATION_TYPES.map((type) => [type, CHANNEL_LIST])),
    required: [...NOTIFICATION_TYPES],
    selfRequired: true,
    example: DEFAULT_CHANNELS,
    description: 'Which channels tell of what; types that concern your security keep at least one.',
  })
  @IsObject({ message: CHANNELS_FAULT })
  channels: ChannelMatrix;

  @ApiProperty({
    enum: RATE_DIGESTS,
    description: 'Each change of a rate by itself, or one message an hour or a day (at 09:00).',
    example: 'immediate',
  })
  @IsIn(RATE_DIGESTS, { message: `rateDigest must be one of ${RATE_DIGESTS.join(', ')}` })
  rateDigest: RateDigest;

  @ApiProperty({
    enum: OFFERED_CURRENCIES,
    isArray: true,
    description: 'Whose changes you are told of.',
    example: ['EUR'],
  })
  @IsArray({ message: CURRENCIES_FAULT })
  @ArrayMaxSize(OFFERED_CURRENCIES.length, { message: CURRENCIES_FAULT })
  @ArrayUnique({ message: CURRENCIES_FAULT })
  @IsIn(OFFERED_CURRENCIES, { each: true, message: CURRENCIES_FAULT })
  rateCurrencies: string[];

  @ApiProperty({
    type: [MoneyDto],
    description: 'Smaller transfers are told of in the inbox and to webhooks only.',
    example: [],
  })
  @IsArray({ message: AMOUNTS_FAULT })
  @ArrayMaxSize(OFFERED_CURRENCIES.length, { message: AMOUNTS_FAULT })
  @ArrayUnique((one: MoneyDto | null) => one?.currency, { message: AMOUNTS_FAULT })
  @ValidateNested({ each: true, message: AMOUNTS_FAULT })
  @Type(() => MoneyDto)
  minimumAmounts: MoneyDto[];
}

export class PreferencesResource extends ChangePreferencesBody {
  static of(view: PreferencesView): PreferencesResource {
    const { language, timeZone, quietHours, channels, rateDigest, rateCurrencies, minimumAmounts } = view;
    return {
      language,
      timeZone,
      quietHours,
      channels,
      rateDigest,
      rateCurrencies: [...rateCurrencies],
      minimumAmounts: minimumAmounts.map(({ amountMinor, currency }) => amountOf(amountMinor, currency)),
    };
  }
}
