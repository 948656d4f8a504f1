import { type Fault, faultReport } from '../../src/core/fault';
import type { DeviceReport } from '../../src/core/records';
import type { Database } from '../../src/database/connection';
import { readDataset } from '../../src/database/datasets';
import type { Executor } from '../../src/engine/executor';
import type { NeighbourFinder } from '../../src/evaluate/neighbours/neighbour_finder';
import type { Reduced } from '../../src/evaluate/reduce';
import type { PixelSource } from '../../src/learn/source';
import type { Channel } from '../../src/protocol/channel';
import type { TrainerEvent, TrainerPhase } from '../../src/protocol/training';
import { neighbourFinderFor } from './neighbour_finder';
import { openSource } from './source';

/** What every job of the trainer thread works with. */
export interface Context {
  db: Database;
  page: Pick<Channel<TrainerEvent, never>, 'send'>;
  executor: Executor;
  device: DeviceReport;
  /** The address below which the networks that come with the page lie. */
  networks: string;
  /** Finds nearest rows for evaluations. */
  neighbourFinder: NeighbourFinder;
  /**
   * Pictures of a data set as squares of `margin` times a view's side: 1.25 where views are crops, 1 where whole pictures
   * are embedded. The one used last is kept.
   */
  source(dataset: string, side: number, margin?: number): Promise<PixelSource>;
  phase(phase: TrainerPhase, message: string, progress?: number): void;
  /** A pause of long work: lets messages in, and does first what a user waits for. */
  giveWay(): Promise<void>;
  /** The reduction fitted last, and to what. */
  reduced: { key: string; reduced: Reduced } | null;
}

export function openContext(
  parts: Pick<Context, 'db' | 'page' | 'executor' | 'device' | 'networks' | 'giveWay'>,
): Context {
  const damaged = (fault: Fault) => parts.page.send({ type: 'fault', fault: faultReport(fault) });
  let kept: { key: string; source: Promise<PixelSource> } | null = null;
  return {
    ...parts,
    neighbourFinder: neighbourFinderFor(parts.executor, parts.device),
    reduced: null,
    async source(dataset, side, margin = 1.25) {
      const { count, removed } = (await readDataset(parts.db, dataset)) ?? {};
      const key = `${dataset} ${count} ${removed?.length} ${side} ${margin}`;
      if (kept?.key !== key) kept = { key, source: openSource(parts.db, dataset, side, margin, damaged) };
      const { source } = kept;
      // A data set that could not be opened may be whole the next time.
      source.catch(() => {
        if (kept?.source === source) kept = null;
      });
      return source;
    },
    phase: (phase, message, progress) => parts.page.send({ type: 'phase', phase, message, progress }),
  };
}
