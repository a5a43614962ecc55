import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { accountNumberOf, ServiceHeartbeat, TransferCommand } from '@kopeck/contracts';
import { Transform, Type, plainToInstance } from 'class-transformer';
import {
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateNested,
  validateSync,
} from 'class-validator';
import fc from 'fast-check';
import { DtoReader } from './dto-reader.js';
import { MalformedMessage } from './malformed-message.error.js';
import { messageCheckOf } from './message-check.js';

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

const COMMAND = {
  transferId: randomUUID(),
  requestId: randomUUID(),
  customerId: randomUUID(),
  kind: 'transfer',
  debitAccountId: randomUUID(),
  creditAccountNumber: accountNumberOf(1n),
  amountMinor: '1200',
  currency: 'EUR',
  reference: 'Rent for October',
  requestedAt: '2026-10-01T12:00:00.000Z',
};

class Line {
  @IsInt() @Min(1) count: number;
}

class Order {
  @IsString() @MaxLength(5) name: string;
  @ValidateNested() @Type(() => Line) line: Line;
}

class Trimmed {
  @IsString() @Transform(({ value }) => String(value).trim()) name: string;
}

class Tags {
  @IsArray() @IsString({ each: true }) tags: string[];
}

class Base {
  @IsString() id: string;
}

class Derived extends Base {
  @IsOptional() @IsInt() count?: number;
}

describe('reading a message', () => {
  it('gives an instance of the class and keeps unknown fields', async () => {
    const reader = await DtoReader.of(TransferCommand);
    const command = reader.read(bytes({ ...COMMAND, addedLater: 1 }));
    expect(command).toBeInstanceOf(TransferCommand);
    expect(command).toEqual({ ...COMMAND, addedLater: 1 });
  });

  it.each([
    ['nothing', null],
    ['an empty value', Buffer.alloc(0)],
    ['broken JSON', Buffer.from('{"a":')],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['an array', bytes([])],
    ['null', bytes(null)],
    ['a string', bytes('x')],
    ['a missing field', bytes({ ...COMMAND, transferId: undefined })],
    ['a number for the amount', bytes({ ...COMMAND, amountMinor: 1200 })],
    ['a wrong check digit', bytes({ ...COMMAND, creditAccountNumber: 'QP00KPCK000000000001' })],
  ])('refuses %s', async (_, value) => {
    const reader = await DtoReader.of(TransferCommand);
    expect(() => reader.read(value)).toThrow(MalformedMessage);
  });

  it('says which field is at fault and why', async () => {
    const reader = await DtoReader.of(Order);
    const read = () => reader.read(bytes({ name: 'chairs', line: { count: 0 } }));
    expect(read).toThrow(/name must be shorter.*; count must not be less than 1/);
    expect(read).toThrow(expect.objectContaining({ pointer: '/name' }) as unknown as Error);
  });

  it('transforms nested and transformed classes with class-transformer', async () => {
    const order = (await DtoReader.of(Order)).read(bytes({ name: 'desk', line: { count: 2 } }));
    expect(order.line).toBeInstanceOf(Line);
    expect((await DtoReader.of(Trimmed)).read(bytes({ name: ' a ' })).name).toBe('a');
    expect((await DtoReader.of(Tags)).read(bytes({ tags: ['a'] })).tags).toEqual(['a']);
  });

  it('lets no message replace the prototype', async () => {
    const reader = await DtoReader.of(Base);
    const read = reader.read(Buffer.from('{"id":"1","__proto__":{"isAdmin":true}}'));
    expect(Object.getPrototypeOf(read)).toBe(Base.prototype);
    expect((read as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('only parses when there is no class', async () => {
    expect((await DtoReader.of(null)).read(bytes([1]))).toEqual([1]);
  });
});

describe('the quick check', () => {
  it('exists for flat classes and not for those that need the libraries', async () => {
    for (const dto of [TransferCommand, ServiceHeartbeat, Base, Derived]) {
      expect(await messageCheckOf(dto)).toBeDefined();
    }
    for (const dto of [Order, Trimmed, Tags, class Bare {}]) {
      expect(await messageCheckOf(dto)).toBeUndefined();
    }
  });

  it('agrees with class-validator on anything', async () => {
    const check = (await messageCheckOf(TransferCommand))!;
    const fields = Object.keys(COMMAND) as (keyof typeof COMMAND)[];
    const change = fc.record({ field: fc.constantFrom(...fields, 'endToEndId'), value: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
        const value: Record<string, unknown> = { ...COMMAND };
        for (const { field, value: changed } of changes) value[field] = changed;
        expect(check(value)).toBe(validateSync(plainToInstance(TransferCommand, value)).length === 0);
      }),
      { numRuns: 500 },
    );
  });

  it('sees the rules of base classes', async () => {
    const check = (await messageCheckOf(Derived))!;
    expect(check({ id: 'a' })).toBe(true);
    expect(check({ id: 'a', count: 1 })).toBe(true);
    expect(check({ count: 1 })).toBe(false);
    expect(check({ id: 'a', count: 'b' })).toBe(false);
  });
});
