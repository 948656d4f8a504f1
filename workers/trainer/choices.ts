import { loadChoices, saveChoices } from '../../src/database/choices';
import type { Database } from '../../src/database/connection';
import type { Choices } from '../../src/engine/plan/choosing';
import { CUTS } from '../../src/engine/plan/tuning';

/** What was measured on an adapter before, and a place for what is measured now: once kept, a run resumes with the same kernels. */
export async function openChoices(db: Database, adapter: string): Promise<Choices> {
  const chosen = new Map(await loadChoices(db, adapter));
  return {
    get(key) {
      const kept = chosen.get(key);
      return CUTS.find((cut) => cut === kept);
    },
    async set(key, cut) {
      chosen.set(key, cut);
      // What cannot be kept is measured again the next time.
      const kept = await saveChoices(db, adapter, chosen).catch(() => chosen);
      for (const [known, stored] of kept) chosen.set(known, stored);
    },
  };
}
