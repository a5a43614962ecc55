import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { fileOfJar } from './jar.mjs';

/** A jar as Java writes it: lengths in the directory, an extra field before the content, a comment at the end. */
function jarOf(files: Record<string, { content: Buffer; deflate: boolean }>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, { content, deflate }] of Object.entries(files)) {
    const packed = deflate ? deflateRawSync(content) : content;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(4, 28);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(deflate ? 8 : 0, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(3, 30);
    entry.writeUInt16LE(2, 32);
    entry.writeUInt32LE(at, 42);
    directory.push(entry, Buffer.from(`${name}---##`));
    const part = Buffer.concat([local, Buffer.from(`${name}....`), packed]);
    parts.push(part);
    at += part.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(5, 20);
  return Buffer.concat([...parts, ...directory, end, Buffer.from('a jar')]);
}

describe('fileOfJar', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kopeck-jar-'));
  const jar = join(folder, 'some.jar');
  const binary = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * index) % 251));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() =>
    writeFileSync(
      jar,
      jarOf({
        'META-INF/MANIFEST.MF': { content: Buffer.from('Manifest-Version: 1.0'), deflate: true },
        'redis-server-6.2-linux-arm64': { content: Buffer.from('another'), deflate: true },
        'redis-server-6.2-linux-amd64': { content: binary, deflate: true },
        'notes.txt': { content: Buffer.from('as it is'), deflate: false },
      }),
    ),
  );

  it('takes out the file whose name matches, packed or not', () => {
    const found = fileOfJar(jar, /^redis-server-.*-linux-amd64$/)!;
    expect(found.name).toBe('redis-server-6.2-linux-amd64');
    expect(found.content.equals(binary)).toBe(true);
    expect(fileOfJar(jar, /^notes/)?.content.toString()).toBe('as it is');
  });

  it('finds nothing where nothing matches, and says what is no jar', () => {
    expect(fileOfJar(jar, /windows/)).toBeUndefined();
    writeFileSync(join(folder, 'cut-off.jar'), 'PK and no more of it than that');
    expect(() => fileOfJar(join(folder, 'cut-off.jar'), /x/)).toThrow('not a jar');
  });
});
