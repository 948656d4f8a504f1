import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

/** A line of /proc/PID/status in megabytes; 0 for a process that has ended. */
function statusOf(pid: number, line: 'VmRSS' | 'VmHWM'): number {
  try {
    const found = new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(found?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** From now on: by how many megabytes the browser's processes rise at most, each at its own peak. 0 where there is no /proc. */
export async function watchMemory(browser: Browser): Promise<{ rise(): Promise<number> }> {
  if (process.platform !== 'linux') return { rise: async () => 0 };
  const session = await browser.newBrowserCDPSession();
  const processes = async (): Promise<number[]> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.map(({ id }) => id);
  };
  const before = new Map((await processes()).map((pid) => [pid, statusOf(pid, 'VmRSS')]));
  for (const pid of before.keys()) writeFileSync(`/proc/${pid}/clear_refs`, '5'); // The peak starts anew.
  return {
    rise: async () =>
      (await processes()).reduce((sum, pid) => sum + statusOf(pid, 'VmHWM') - (before.get(pid) ?? 0), 0),
  };
}
