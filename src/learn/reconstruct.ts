import type { RunConfig } from '../core/config';
import { Draws } from '../core/random';
import type { Reconstructions, WalkRequest } from '../core/reconstructions';
import type { Executable, Executor } from '../engine/executor';
import { input } from '../graph/ops/leaves';
import { moments, poolMoments } from '../graph/ops/normalisation';
import type { Program } from '../graph/program';
import { centreCrops, viewsToBytes } from './augment/views';
import { type RunState, runVariables } from './checkpoint';
import { WALK_PLACES, walkAlong } from './latent_walk';
import type { Decodes, Method } from './methods/method';
import { openMethod } from './methods/open';
import type { PixelSource } from './source';

/** Pictures shown, samples drawn. */
const MOST = 16;
const SAMPLES = 12;

/** Pictures [N, S, S, 3] -> codes [N, C], what the decoder makes of them, and for a VAE nats by dimension, mean over N. */
function reconstructProgram({ encode, decode }: Decodes, side: number, batch: number): Program {
  const { codes, divergences } = encode(input('pictures', [batch, side, side, 3]));
  const nats = divergences && { divergence: poolMoments(moments(divergences), 0) };
  return { name: 'reconstruct', outputs: { codes, made: decode(codes), ...nats }, updates: {} };
}

/** Codes [N, C] -> pictures [N, S, S, 3]. */
const decodeProgram = ({ decode }: Decodes, dim: number, batch: number): Program => ({
  name: 'decode',
  outputs: { made: decode(input('codes', [batch, dim])) },
  updates: {},
});

/** What an autoencoder gives back. */
export type Reconstructed = Omit<Reconstructions, 'step'>;

/** Reconstructs pictures by an autoencoder between two steps, by its running statistics. Reads variables and changes none. */
export class Reconstructor {
  private constructor(
    private readonly config: RunConfig,
    private readonly method: Method,
    private readonly source: PixelSource,
    private readonly whole: Executable,
    /** Of a VAE alone: the codes of the others fill no known space. */
    private readonly half: Executable | null,
  ) {}

  /** Null for a method that gives no pictures back. */
  static async open(
    executor: Executor,
    method: Method,
    config: RunConfig,
    source: PixelSource,
  ): Promise<Reconstructor | null> {
    const { decodes } = method;
    if (!decodes) return null;
    const { side, dim } = config;
    const whole = await executor.compile(reconstructProgram(decodes, side, Math.min(MOST, source.count)));
    const drawn = method.name === 'vae';
    const half = drawn ? await executor.compile(decodeProgram(decodes, dim, SAMPLES + WALK_PLACES)) : null;
    return new Reconstructor(config, method, source, whole, half);
  }

  /** `preferred` rows first, then others spread over the set. */
  async reconstruct(preferred: readonly number[], request: WalkRequest): Promise<Reconstructed> {
    const { side } = this.config;
    const rows = this.rowsFrom(preferred);
    const originals = centreCrops(await this.source.read(rows), this.source.side, rows.length, side);
    // Corrupted as in the first step, so that only what is made of it changes from call to call.
    const corrupted = this.method.corruption?.corrupt(originals, rows, 0);
    const shown = corrupted ?? originals;
    const { made, codes, divergence } = await this.whole.run({ pictures: shown });
    return {
      side,
      rows,
      originals: viewsToBytes(originals),
      shown: corrupted ? viewsToBytes(corrupted) : null,
      made: viewsToBytes(made),
      latent: this.half && (await this.codeReport(this.half, rows, codes, divergence, request)),
    };
  }

  dispose(): void {
    this.whole.dispose();
    this.half?.dispose();
  }

  private rowsFrom(preferred: readonly number[]): number[] {
    const { count } = this.source;
    const most = Math.min(MOST, count);
    const even = Array.from({ length: most }, (_, i) => Math.floor((i * count) / most));
    return [...new Set([...preferred, ...even])].slice(0, most);
  }

  private async codeReport(
    half: Executable,
    rows: readonly number[],
    codes: Float32Array,
    divergence: Float32Array,
    request: WalkRequest,
  ): Promise<NonNullable<Reconstructed['latent']>> {
    const { dim, side, seed } = this.config;
    const walk = walkAlong(rows, codes, divergence, request);
    const drawn = Array.from({ length: SAMPLES }, (_, i) => {
      // The training's own noise has view 0.
      const draws = new Draws({ seed, purpose: 'latent', image: i, view: 1 });
      return Array.from({ length: dim }, () => draws.normal());
    });
    const { made } = await half.run({ codes: Float32Array.from([...drawn.flat(), ...walk.codes]) });
    const pictures = viewsToBytes(made);
    const samples = SAMPLES * side * side * 4;
    const { row, dimension, values } = walk;
    return {
      divergence,
      samples: pictures.slice(0, samples),
      walk: { row, dimension, values, pictures: pictures.slice(samples) },
    };
  }
}

/**
 * Reconstructs pictures by a run that is not open, as of a checkpoint. The executor's variables of the same names are replaced, and
 * dropped at the end: not beside an open run. Null for a method that gives no pictures back.
 */
export async function reconstructState(
  executor: Executor,
  config: RunConfig,
  source: PixelSource,
  { variables }: Pick<RunState, 'variables'>,
  preferred: readonly number[],
  request: WalkRequest,
): Promise<Reconstructed | null> {
  const method = openMethod(config);
  if (!method.decodes) return null;
  const names = [...runVariables(method).keys()];
  executor.write(Object.fromEntries(names.map((name) => [name, variables[name]])));
  const reconstructor = await Reconstructor.open(executor, method, config, source);
  try {
    return reconstructor && (await reconstructor.reconstruct(preferred, request));
  } finally {
    reconstructor?.dispose();
    executor.drop(names);
  }
}
