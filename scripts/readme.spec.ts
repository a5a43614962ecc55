import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** What a translation has in common with its original, word for word or in number. */
function skeletonOf(file: string) {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found);
  return {
    headings: all(/^(#+) /gm),
    tableRows: all(/^(\|)/gm).length,
    shell: all(/^```sh\n(.*?)^```/gms),
    commands: all(/^ {4}(npm [\w ]+\w)/gm),
    // Links to the other language and to its own headings differ.
    links: all(/\]\(([^)#]+)\)/g).filter((target) => !/^README(\.ru)?\.md$/.test(target!)),
    settings: all(/`([A-Z]+_[A-Z_]+)`/g),
  };
}

describe('README.ru.md', () => {
  it('keeps step with README.md', () => {
    const original = skeletonOf('README.md');
    expect(original.links.length).toBeGreaterThan(10);
    expect(skeletonOf('README.ru.md')).toEqual(original);
  });
});
