import type { Precision } from '../../src/core/config';
import { Fault } from '../../src/core/fault';
import type { Tensor as FileTensor } from '../../src/core/formats/safetensors';
import type { PretrainedName } from '../../src/core/pretrained';
import type { NamedArray } from '../../src/core/records';
import type { Executor } from '../../src/engine/executor';
import { mean, scale } from '../../src/graph/ops/arithmetic';
import { gradients, input, variable } from '../../src/graph/ops/leaves';
import { rowDot } from '../../src/graph/ops/rows';
import type { Program } from '../../src/graph/program';
import { MEAN, STD } from '../../src/learn/augment/views';
import { architecture } from '../../src/learn/backbones/architecture';
import { embed } from '../../src/learn/encoder';
import { toTorch } from '../../src/learn/torch_layout';
import { isParameter, owned, type WeightSpec, Weights } from '../../src/learn/weights';
import { type Made, onTheEdge, openTrial } from './edge';
import { gradientSummary, summaryError } from './gradient_summary';
import { TENSOR_LIMIT } from './limits';
import { BATCH, type NetworkFixture } from './network_fixture';
import { relativeError } from './relative_error';

/** The weights of a network that comes with the page, by our names in our layout. */
export type LoadBundled = (name: PretrainedName) => Promise<Record<string, NamedArray>>;

/** Errors of a replayed network: of its embeddings, the largest of its gradients, which tensor that is of, and how many ReLUs were on the edge. */
export interface NetworkErrors {
  embeddings: number;
  gradients: number;
  worst: string;
  edge: number;
}

const OWNER = 'parity';
const VIEWS = 'parity.views';

/** The embeddings of four pictures, and the gradients of sum(embeddings * direction) at the pictures and at every weight. */
function networkProgram({ network, side }: NetworkFixture): { program: Program; parameters: WeightSpec[] } {
  const weights = new Weights(OWNER);
  const views = variable(VIEWS, [BATCH, side, side, 3]);
  // Without a head: an embedding needs none. Width and stem are for ResNets.
  const encoder = architecture({ backbone: network, width: 64, stem: 'imagenet', head: 'linear', dim: 2 });
  const embeddings = embed(weights, views, encoder, 'frozen'); // [N, D]
  const loss = scale(mean(rowDot(embeddings, input('direction', embeddings.shape))), BATCH);
  const parameters = weights.specs.filter(isParameter);
  const made = gradients(loss, [views, ...parameters.map(({ name }) => weights.current(name))]);
  const named = parameters.map(({ name }, i) => [name, made[i + 1]] as const);
  return {
    program: { name: 'parity', outputs: { embeddings, views: made[0], ...Object.fromEntries(named) }, updates: {} },
    parameters,
  };
}

/** What the reference calls a weight: a layer by its name alone, a norm's two with an ending. */
const referenceName = (weight: string, role: WeightSpec['role']): string =>
  weight.replace(/\.[a-z]+$/, '') + (role === 'gamma' ? '_scale' : role === 'beta' ? '_shift' : '');

function floats({ name, tensors }: NetworkFixture, tensor: string): FileTensor & { data: Float32Array } {
  const found = tensors.get(tensor);
  if (!(found?.data instanceof Float32Array)) throw new Fault('file', `${name}: the tensor '${tensor}' is missing.`);
  return found as FileTensor & { data: Float32Array };
}

/** Error of a gradient, whole or as its summary, whichever the fixture has. */
function gradientError(fixture: NetworkFixture, name: string, gradient: ArrayLike<number>): number {
  const summary = `summary.${name}`;
  if (fixture.tensors.has(summary)) return summaryError(gradientSummary(gradient), floats(fixture, summary).data);
  return relativeError(gradient, floats(fixture, `gradient.${name}`).data);
}

/** Runs a bundled network on a fixture's pictures. @throws Fault('file') when the fixture lacks a tensor. */
export async function replayNetwork(
  executor: Executor,
  fixture: NetworkFixture,
  weights: Readonly<Record<string, NamedArray>>,
  precision: Precision = 'full',
): Promise<NetworkErrors> {
  const { program, parameters } = networkProgram(fixture);
  const pictures = floats(fixture, 'input').data;
  const views = { shape: [BATCH, fixture.side, fixture.side, 3], data: pictures.map((value) => (value - MEAN) / STD) };
  const variables = { ...owned(OWNER, weights), [VIEWS]: views };
  executor.write(variables);
  const asked = { ...program, precision };
  const trial = await openTrial(executor, asked);
  /** The embeddings' first, then those of gradients, of the pictures themselves and not of what our encoders see of them. */
  const errorsOf = (made: Made): number[] => [
    relativeError(made.embeddings, floats(fixture, 'embeddings').data),
    gradientError(
      fixture,
      'input',
      Float32Array.from(made.views, (value) => value / STD),
    ),
    ...parameters.map((spec) => {
      const data = Float32Array.from(made[spec.name]);
      return gradientError(
        fixture,
        referenceName(spec.name, spec.role),
        toTorch(spec, { shape: spec.shape, data }).data,
      );
    }),
  ];
  try {
    const from = { program: asked, before: {}, feeds: { direction: floats(fixture, 'direction').data }, errorsOf };
    const made = await trial.run(from);
    let [errors, edge] = [errorsOf(made), 0];
    if (Math.max(...errors) > TENSOR_LIMIT) {
      const settled = await onTheEdge(executor, made, from);
      if (settled) [errors, edge] = [[...settled.errors], settled.turned];
    }
    const [embeddings, ...rest] = errors;
    const gradients = Math.max(...rest);
    const worst = ['input', ...parameters.map((spec) => spec.name)][rest.indexOf(gradients)];
    return { embeddings, gradients, worst, edge };
  } finally {
    trial.dispose();
    executor.drop(Object.keys(variables));
  }
}
