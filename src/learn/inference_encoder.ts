import type { RunConfig } from '../core/config';
import { Fault } from '../core/fault';
import type { NamedArray } from '../core/records';
import type { Tap } from '../core/representation';
import { seenBy } from '../core/seen';
import type { Executor } from '../engine/executor';
import { input } from '../graph/ops/leaves';
import type { Program } from '../graph/program';
import { centreCrops } from './augment/views';
import { type Architecture, architecture } from './backbones/architecture';
import { Embedder, type EmbedsFrom, type ViewSettings } from './embed';
import { encoderWeights } from './encoder';
import type { PixelSource } from './source';
import { stageMap } from './tap';
import { owned, variableName, Weights } from './weights';

/** What a stage puts out of one picture: values [height, width, dim]. */
export interface StageMap {
  values: Float32Array;
  height: number;
  width: number;
  dim: number;
}

function mapProgram(
  encoder: Architecture,
  owner: string,
  stage: number,
  { side, batch }: { side: number; batch: number },
): Program {
  const pictures = input('pictures', [batch, side, side, 3]);
  return { name: 'map', outputs: { map: stageMap(new Weights(owner), pictures, encoder, stage) }, updates: {} };
}

/**
 * An encoder in inference mode, its weights in the executor under the name of an owner of its own: it may live beside a
 * run. `dispose` takes the weights away; embedders are disposed of by whoever opened them.
 */
export class InferenceEncoder {
  constructor(
    private readonly executor: Executor,
    private readonly encoder: Architecture,
    private readonly owner: string,
    /** Variables to be dropped at the end. */
    private readonly names: readonly string[],
    readonly source: PixelSource,
    private readonly views: ViewSettings,
  ) {}

  /** The stage whose maps are pooled into the embedding. */
  get lastStage(): number {
    return this.encoder.backbone.stages.length - 1;
  }

  embedder(tap?: Tap): Promise<Embedder> {
    return Embedder.open(this.executor, this.encoder, this.owner, this.source, { ...this.views, tap });
  }

  /** Its embedder, for one use of both: `dispose` takes the encoder's weights away as well, and so does a failure. */
  async embedding(): Promise<EmbedsFrom & { dispose(): void }> {
    const embedder = await this.embedder().catch((cause: unknown) => {
      this.dispose();
      throw cause;
    });
    return {
      dim: embedder.dim,
      recipe: embedder.recipe,
      embed: (rows, onProgress) => embedder.embed(rows, onProgress),
      embedFrom: (other, rows, onProgress) => embedder.embedFrom(other, rows, onProgress),
      embedViews: (rows, view, onProgress) => embedder.embedViews(rows, view, onProgress),
      dispose: () => {
        embedder.dispose();
        this.dispose();
      },
    };
  }

  /** The maps that a stage makes of the centre crops of `rows`. */
  async maps(rows: ArrayLike<number>, stage: number): Promise<StageMap[]> {
    const { side } = this.views;
    const batch = rows.length;
    const program = mapProgram(this.encoder, this.owner, stage, { side, batch });
    const [, height, width] = program.outputs.map.shape;
    const executable = await this.executor.compile(program);
    try {
      const pictures = centreCrops(await this.source.read(rows), this.source.side, batch, side);
      const { map } = await executable.run({ pictures });
      const { dim } = this.encoder.backbone.stages[stage];
      const size = height * width * dim;
      return Array.from({ length: batch }, (_, i) => ({
        values: map.slice(i * size, (i + 1) * size),
        height,
        width,
        dim,
      }));
    } finally {
      executable.dispose();
    }
  }

  dispose(): void {
    this.executor.drop(this.names);
  }
}

/**
 * The query encoder of a run as it was saved.
 * @throws Fault('data') when a weight is missing or has another shape
 */
export function storedEncoder(
  executor: Executor,
  config: RunConfig,
  variables: Readonly<Record<string, NamedArray>>,
  source: PixelSource,
  owner: string,
): InferenceEncoder {
  const encoder = architecture(config);
  const weights = encoderWeights(encoder).map(({ name, shape }): [string, NamedArray] => {
    const found = variables[variableName('query', name)];
    if (`${found?.shape}` !== `${shape}`)
      throw new Fault('data', `The checkpoint has no '${name}' of the shape [${shape}].`, 'Start a new run.');
    return [name, found];
  });
  const written = owned(owner, Object.fromEntries(weights));
  executor.write(written);
  const views = { side: seenBy(config).side, recipe: config.recipe };
  return new InferenceEncoder(executor, encoder, owner, Object.keys(written), source, views);
}
