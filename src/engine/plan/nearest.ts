import { NoRoom } from '../../core/fault';
import type { Found, SearchedRows } from '../device_search';
import { lostFault } from '../graphics';
import { Gpu } from './gpu';
import { NO_ROW } from './kernels/largest';
import { type Chunk, nearestProgram } from './nearest_program';
import { Plan } from './plan';
import { Recording } from './recording';
import type { KernelVariant } from './tuning';
import { Variables } from './variables';

export interface NearestOptions {
  /** Kernel variant of the products: 'tiled' for a GPU; a processor that imitates one pays more for a barrier than for a load. */
  readonly variant?: KernelVariant;
  /** Most rows of one buffer: their similarities to a batch of queries are held at a time. */
  readonly chunkRows?: number;
  /** Called when it holds more on the device, and when it holds nothing any more. */
  readonly whenGrown?: () => void;
  readonly whenDisposed?: () => void;
}

/** Queries of one submit; more take several batches. */
const BATCH = 64;
const CHUNK_ROWS = 65_536;

/**
 * Uploads unit rows [N, D], for many exhaustive searches by cosine, to a device that nothing else of ours uses.
 * @throws Fault('memory') when the device has no room for them, Fault('device') when it is lost.
 */
export const createNearest = (
  device: GPUDevice,
  rows: Float32Array,
  dim: number,
  options: NearestOptions = {},
): Promise<Nearest> => uploadTo(new Gpu(device, lostFault(device)), rows, dim, options);

/** The same, to a device that others share. */
export async function uploadTo(
  gpu: Gpu,
  rows: Float32Array,
  dim: number,
  { chunkRows = CHUNK_ROWS, ...options }: NearestOptions = {},
): Promise<Nearest> {
  const count = rows.length / dim;
  if (!Number.isInteger(count) || count === 0) throw new Error(`nearest: rows of ${dim} from ${rows.length} numbers`);
  const variables = new Variables(gpu);
  const depth = Math.ceil(dim / 4);
  const most = Math.min(chunkRows, Math.floor(gpu.room / (16 * depth)), Math.floor(gpu.room / (4 * BATCH)));
  const advice = 'Search fewer pictures at a time, or let the processor search.';
  if (most === 0) throw new NoRoom('The graphics device gives no buffer that a row fits into.', advice);
  const chunks: Chunk[] = [];
  const sizes = Array.from(
    { length: Math.ceil(count / most) },
    (_, i) => Math.min(most, count - i * most) * depth * 16,
  );
  const upload = () => {
    for (let first = 0; first < count; first += most) {
      const chunk = { name: `rows ${first}`, first, rows: Math.min(most, count - first) };
      const data = inFours(rows.subarray(first * dim, (first + chunk.rows) * dim), dim, chunk.rows);
      variables.write({ [chunk.name]: { shape: [chunk.rows, 4 * depth], data } });
      chunks.push(chunk);
    }
  };
  const giveBack = () => variables.drop(variables.names());
  await gpu.orLost(gpu.withMemory(sizes, advice, upload, giveBack));
  return new Nearest(gpu, variables, chunks, dim, options);
}

/**
 * A bank of unit rows on the device. Every row is compared, and equal similarities give the lower row first; rows whose
 * cosines differ by less than single precision resolves (some 1e-7) may stand in another order than in double.
 */
export class Nearest implements SearchedRows {
  /** By numbers of queries and of neighbours. */
  private readonly plans = new Map<string, Promise<Plan>>();
  /** Those that are there. */
  private readonly made = new Set<Plan>();
  private readonly variant: KernelVariant;
  readonly count: number;

  constructor(
    private readonly gpu: Gpu,
    private readonly variables: Variables,
    private readonly chunks: readonly Chunk[],
    readonly dim: number,
    private readonly options: Omit<NearestOptions, 'chunkRows'> = {},
  ) {
    this.variant = options.variant ?? 'direct';
    this.count = chunks.reduce((sum, { rows }) => sum + rows, 0);
  }

  async find(queries: Float32Array, k: number, excludeSelf?: Int32Array): Promise<Found> {
    const asked = queries.length / this.dim;
    if (!Number.isInteger(asked)) throw new Error(`nearest: queries of ${this.dim} from ${queries.length} numbers`);
    if (!(Number.isInteger(k) && k >= 1)) throw new Error(`nearest: k = ${k}`);
    if (excludeSelf && excludeSelf.length !== asked) throw new Error(`nearest: ${excludeSelf.length} rows to exclude`);
    const found = {
      rows: new Int32Array(asked * k).fill(NO_ROW),
      similarities: new Float32Array(asked * k).fill(-Infinity),
    };
    const keep = Math.min(k, this.count);
    for (let first = 0; first < asked; first += BATCH) {
      const batch = Math.min(BATCH, asked - first);
      const size = paddedQueries(batch);
      const plan = await this.plan(size, keep);
      const fed = new Float32Array(size * 4 * Math.ceil(this.dim / 4));
      fed.set(inFours(queries.subarray(first * this.dim, (first + batch) * this.dim), this.dim, batch));
      const exclude = new Int32Array(size).fill(NO_ROW);
      if (excludeSelf) exclude.set(excludeSelf.subarray(first, first + batch));
      const { rows, similarities } = await plan.run({ queries: fed, exclude });
      for (let i = 0; i < batch * keep; i++) {
        if (rows[i] < 0) continue;
        const to = (first + Math.floor(i / keep)) * k + (i % keep);
        found.rows[to] = rows[i];
        found.similarities[to] = similarities[i];
      }
    }
    return found;
  }

  /** What the rows and the plans made so far hold on the device. */
  bytesHeld(): number {
    return this.variables.bytes() + [...this.made].reduce((sum, { recording }) => sum + recording.buffers.bytes, 0);
  }

  async dispose(): Promise<void> {
    const plans = await Promise.allSettled(this.plans.values());
    for (const made of plans) if (made.status === 'fulfilled') made.value.dispose();
    this.plans.clear();
    this.made.clear();
    this.variables.drop(this.variables.names());
    this.options.whenDisposed?.();
  }

  private plan(queryCount: number, keep: number): Promise<Plan> {
    const key = `${queryCount} ${keep}`;
    const known = this.plans.get(key);
    if (known) return known;
    const made = this.make(queryCount, keep);
    this.plans.set(key, made);
    made.catch(() => this.plans.delete(key));
    return made;
  }

  private async make(queryCount: number, keep: number): Promise<Plan> {
    const { gpu, variables, chunks, dim, variant } = this;
    const program = nearestProgram({ chunks, depth: Math.ceil(dim / 4), queryCount, keep, variant });
    const plan = new Plan(gpu, await Recording.make(gpu, variables, program));
    this.made.add(plan);
    this.options.whenGrown?.();
    return plan;
  }
}

/** Few sizes, so that few kernels are compiled: 1, 4, 8, 16, 32, 64. */
const paddedQueries = (count: number): number => (count === 1 ? 1 : Math.max(4, 2 ** Math.ceil(Math.log2(count))));

/** Rows filled up with zeros to whole vec4, which changes no product. */
function inFours(values: Float32Array, dim: number, count: number): Float32Array {
  const width = 4 * Math.ceil(dim / 4);
  if (width === dim) return values;
  const padded = new Float32Array(count * width);
  for (let row = 0; row < count; row++) padded.set(values.subarray(row * dim, (row + 1) * dim), row * width);
  return padded;
}
