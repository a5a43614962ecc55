const NULL_LENGTH = -1;
const HEADER_BYTES = 20;
const FIRST_BYTES = 64 * 1024;
/** One huge array doesn't hold memory for ever. */
const MOST_KEPT_BYTES = 4 * 1024 * 1024;
const MAX_BYTES_A_CHARACTER = 3;

/** One buffer that all arrays are written into, one after another: what it gives is good until the next one starts. */
export class ElementWriter {
  private buffer = Buffer.allocUnsafe(FIRST_BYTES);
  private offset = 0;

  start(): void {
    if (this.buffer.length > MOST_KEPT_BYTES) this.buffer = Buffer.allocUnsafe(FIRST_BYTES);
    this.offset = HEADER_BYTES;
  }

  /** @returns the whole array: dimensions, whether there are nulls, the elements' type, their number, the first one's index. */
  finish(oid: number, count: number, hasNull: boolean): Buffer {
    const { buffer } = this;
    buffer.writeInt32BE(count === 0 ? 0 : 1, 0);
    buffer.writeInt32BE(hasNull ? 1 : 0, 4);
    buffer.writeInt32BE(oid, 8);
    if (count === 0) return buffer.subarray(0, 12);
    buffer.writeInt32BE(count, 12);
    buffer.writeInt32BE(1, 16);
    return buffer.subarray(0, this.offset);
  }

  null(): void {
    this.reserve(4);
    this.int32(NULL_LENGTH);
  }

  byte(value: number): void {
    this.reserve(5);
    this.int32(1);
    this.buffer[this.offset++] = value;
  }

  int16Element(value: number): void {
    this.reserve(6);
    this.int32(2);
    this.offset = this.buffer.writeInt16BE(value, this.offset);
  }

  int32Element(value: number): void {
    this.reserve(8);
    this.int32(4);
    this.int32(value);
  }

  /** @param value a safe integer. */
  safeInt64Element(value: number): void {
    this.reserve(12);
    this.int32(8);
    const high = Math.floor(value / 0x1_0000_0000);
    this.int32(high);
    this.offset = this.buffer.writeUInt32BE(value - high * 0x1_0000_0000, this.offset);
  }

  bigInt64Element(value: bigint): void {
    this.reserve(12);
    this.int32(8);
    this.offset = this.buffer.writeBigInt64BE(value, this.offset);
  }

  bytesElement(value: Uint8Array): void {
    this.reserve(4 + value.length);
    this.int32(value.length);
    this.buffer.set(value, this.offset);
    this.offset += value.length;
  }

  /** @param prefix a byte in front, if any. */
  textElement(value: string, prefix?: number): void {
    this.reserve(5 + value.length * MAX_BYTES_A_CHARACTER);
    const lengthAt = this.offset;
    this.offset += 4;
    if (prefix !== undefined) this.buffer[this.offset++] = prefix;
    this.offset += this.buffer.write(value, this.offset);
    this.buffer.writeInt32BE(this.offset - lengthAt - 4, lengthAt);
  }

  /** @returns false, with nothing written, unless it's 32 hexadecimal digits with the four usual hyphens. */
  uuidElement(value: string): boolean {
    if (!hasHyphens(value)) return false;
    this.reserve(20);
    const { buffer } = this;
    const from = this.offset + 4;
    let codes = 0;
    let digits = 0;
    for (let index = 0; index < UUID_BYTES; index++) {
      const place = UUID_PLACES[index]!;
      const first = value.charCodeAt(place);
      const second = value.charCodeAt(place + 1);
      const byte = (NIBBLES[first & MAX_ASCII]! << 4) | NIBBLES[second & MAX_ASCII]!;
      buffer[from + index] = byte;
      codes |= first | second;
      digits |= byte;
    }
    if (codes > MAX_ASCII || digits > 0xff) return false;
    this.int32(UUID_BYTES);
    this.offset = from + UUID_BYTES;
    return true;
  }

  private int32(value: number): void {
    this.offset = this.buffer.writeInt32BE(value, this.offset);
  }

  private reserve(bytes: number): void {
    if (this.offset + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.offset + bytes));
    this.buffer.copy(larger, 0, 0, this.offset);
    this.buffer = larger;
  }
}

const HYPHEN = 0x2d;
const UUID_BYTES = 16;
/** Where each byte's two digits begin. */
const UUID_PLACES = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);

function hasHyphens(value: string): boolean {
  return (
    value.length === 36 &&
    value.charCodeAt(8) === HYPHEN &&
    value.charCodeAt(13) === HYPHEN &&
    value.charCodeAt(18) === HYPHEN &&
    value.charCodeAt(23) === HYPHEN
  );
}

const MAX_ASCII = 0x7f;
const NO_DIGIT = 0x100;
/** The value of each hexadecimal digit by its code. */
const NIBBLES = new Uint16Array(MAX_ASCII + 1).fill(NO_DIGIT);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  NIBBLES[digit.charCodeAt(0)] = value;
  NIBBLES[digit.toUpperCase().charCodeAt(0)] = value;
}
