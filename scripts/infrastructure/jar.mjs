import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

/*
 * As much of ZIP (PKWARE's APPNOTE.TXT, 4.3 to 4.5) as takes one file out of a jar: a Java runtime comes without `jar`, and
 * a small system without `unzip`.
 */

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_LENGTH = 22;
const STORED = 0;
const DEFLATED = 8;

/**
 * @param {string} jar
 * @param {RegExp} name
 * @returns {{ name: string, content: Buffer } | undefined} the first file whose name matches
 */
export function fileOfJar(jar, name) {
  const bytes = readFileSync(jar);
  for (const entry of entriesOf(bytes))
    if (name.test(entry.name)) return { name: entry.name, content: contentOf(bytes, entry) };
  return undefined;
}

/** @typedef {{ name: string, method: number, length: number, at: number }} Entry */

/** @param {Buffer} bytes */
function* entriesOf(bytes) {
  let end = bytes.length - END_LENGTH;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error('not a jar: its directory is missing');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count && bytes.readUInt32LE(at) === DIRECTORY_ENTRY; index++) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      bytes.readUInt16LE(at + offset),
    );
    const nameEnd = at + 46 + (nameLength ?? 0);
    yield {
      name: bytes.toString('utf8', at + 46, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      length: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    };
    at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
  }
}

/**
 * @param {Buffer} bytes
 * @param {Entry} entry
 */
function contentOf(bytes, { name, method, length, at }) {
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const packed = bytes.subarray(start, start + length);
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflateRawSync(packed);
  throw new Error(`${name} is packed by method ${method}, which nothing here unpacks`);
}
