import { deleteChoices, loadChoices, saveChoices } from '../../src/database/choices';
import type { Database } from '../../src/database/connection';
import type { KeptChoices } from '../../src/engine/plan/tune/tasks';
import { KERNEL_VARIANTS } from '../../src/engine/plan/tune/tuning';

/** What was measured on an adapter before, and a place for what is measured now: once kept, a run resumes with the same kernels. */
export async function openChoices(db: Database, adapter: string): Promise<KeptChoices> {
  const chosen = new Map(await loadChoices(db, adapter));
  return {
    get(key) {
      const kept = chosen.get(key);
      return KERNEL_VARIANTS.find((variant) => variant === kept);
    },
    async set(key, variant) {
      chosen.set(key, variant);
      // What cannot be kept is measured again the next time.
      const kept = await saveChoices(db, adapter, chosen).catch(() => chosen);
      for (const [known, stored] of kept) chosen.set(known, stored);
    },
    async clear() {
      chosen.clear();
      await deleteChoices(db);
    },
  };
}
