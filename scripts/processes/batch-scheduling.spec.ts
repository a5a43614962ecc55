import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MODULE = fileURLToPath(new URL('batch-scheduling.mjs', import.meta.url));
/** Of the fields of `/proc/<pid>/stat` behind the name in brackets, see proc(5). */
const POLICY_FIELD = 38;
const SCHED_OTHER = '0';
const SCHED_BATCH = '3';

/** What a grandchild runs under whose parent has asked for it. */
function policyUnder(env: NodeJS.ProcessEnv): string | undefined {
  const script = `
    import { spawnSync } from 'node:child_process';
    import { startInBatchPolicy } from ${JSON.stringify(MODULE)};
    startInBatchPolicy();
    process.stdout.write(spawnSync('/bin/cat', ['/proc/self/stat']).stdout);`;
  const stat = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env,
  });
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[POLICY_FIELD];
}

describe('what is started in batch policy', () => {
  const onLinux = process.platform === 'linux' ? it : it.skip;

  onLinux('runs in it, where the system has chrt', () => {
    const has = spawnSync('chrt', ['--version']).status === 0;
    expect(policyUnder(process.env)).toBe(has ? SCHED_BATCH : SCHED_OTHER);
  });

  onLinux('runs as ever where it has not', () => {
    expect(policyUnder({ PATH: '' })).toBe(SCHED_OTHER);
  });
});
