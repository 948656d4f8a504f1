import { embedFlops, stepFlops } from '../../bench/flops';
import { NETWORKS, type NetworkName } from '../../bench/networks';
import type { Task } from '../../bench/work';
import type { BenchOptions, Row } from './options';

/** A task with its name and what one run of it comes to. */
export interface Titled {
  task: Task;
  title: string;
  unit: 'images/s' | 'queries/s';
  flops: number | null;
}

const EMBED_BATCH = { software: 8, gpu: 256 };
const thousands = (count: number): string => count.toLocaleString('en');

function onNetwork(row: 'step' | 'embed', network: NetworkName, batch: number): Titled {
  const title = `${NETWORKS[network].title}, batch ${batch}`;
  const flops = (row === 'step' ? stepFlops : embedFlops)(network, batch);
  return { task: { row, network, batch }, title, unit: 'images/s', flops };
}

const augmenting = (side: number, batch: number): Titled => ({
  task: { row: 'augment', side, batch },
  title: `both views @${side}, batch ${batch}`,
  unit: 'images/s',
  flops: null,
});

const searching = (count: number, k: number, batch: number): Titled => ({
  task: { row: 'search', count, dim: 512, k, batch },
  title: `${k} of ${thousands(count)} x 512, ${batch === 1 ? 'one query' : `${batch} queries`}`,
  unit: 'queries/s',
  flops: 2 * count * 512 * batch,
});

/** What a row measures, by the networks that were asked for. */
export function tasksOf(
  row: Row,
  { networks, batch, gpu }: Pick<BenchOptions, 'networks' | 'batch' | 'gpu'>,
): Titled[] {
  const place = gpu ? 'gpu' : 'software';
  switch (row) {
    case 'step':
      return networks.flatMap((name) =>
        (batch ? [batch] : NETWORKS[name].batches[place]).map((pictures) => onNetwork(row, name, pictures)),
      );
    case 'embed':
      return networks.map((name) => onNetwork(row, name, batch ?? EMBED_BATCH[place]));
    case 'augment':
      return [augmenting(32, gpu ? 256 : 64), augmenting(96, gpu ? 256 : 64)];
    case 'search':
      return [searching(10_000, 24, 1), searching(100_000, 50, 1), searching(100_000, 50, 64)];
    default:
      return [];
  }
}
