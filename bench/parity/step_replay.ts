import type { Executor } from '../../src/engine/executor';
import { createTensorflowExecutor } from '../../src/engine/tensorflow/executor';
import { sumInDouble } from './double_sums';
import { type Made, onTheEdge, openTrial, type Trial } from './edge';
import type { Fixture } from './fixture';
import { LOSS_LIMIT, TENSOR_LIMIT } from './limits';
import { play } from './play';
import { relativeError } from './relative_error';

/** The next step of a free run grows what is further off than this: a ReLU on the edge is looked for. */
const FREE_LIMIT = 1e-4;

/**
 * Makes every step of a fixture beside the reference: TensorFlow.js on plain JavaScript. Each starts where the reference is, so
 * that no error of one step grows in the next; or, `free`, where its own last step ended, with what ReLUs that step had on
 * the edge turned to the reference's side. What either came out with is for the caller to compare with PyTorch.
 * @returns the largest errors of losses, and of all tensors that a step leaves, from the reference's; how many ReLUs were on
 * the edge; and the losses and variables that the reference ends with, of a free run its own
 */
export async function replaySteps(executor: Executor, fixture: Fixture, free = false) {
  const { program, variables, feeds } = play(fixture);
  const reference = await createTensorflowExecutor('cpu');
  sumInDouble();
  const names = Object.keys(program.updates);
  executor.write(variables);
  reference.write(variables);
  const [own, right] = [await openTrial(executor, program), await openTrial(reference, program)];
  const found = { losses: 0, tensors: 0, worst: '', edge: 0 };
  const losses: number[] = [];
  const compared = ['loss', ...names];
  const stateOf = (made: Made) =>
    Object.fromEntries(names.map((name) => [name, { shape: variables[name].shape, data: made[name] as Float32Array }]));
  const state = { own: variables, right: variables };
  try {
    for (let step = 0; step < fixture.config.steps; step++) {
      const from = { before: free ? state.own : state.right, feeds: feeds(step) };
      const expected = await right.run({ ...from, before: state.right });
      const errorsOf: Trial['errorsOf'] = (made) => compared.map((name) => relativeError(made[name], expected[name]));
      let made = await own.run(from);
      let errors = errorsOf(made);
      if (errors[0] > LOSS_LIMIT || Math.max(...errors.slice(1)) > (free ? FREE_LIMIT : TENSOR_LIMIT)) {
        const settled = await onTheEdge(executor, made, { ...from, program, errorsOf });
        found.edge += settled?.turned ?? 0;
        ({ made, errors } = settled ?? { made, errors });
      }
      state.own = stateOf(made);
      state.right = stateOf(expected);
      losses.push((free ? made : expected).loss[0]);
      found.losses = Math.max(found.losses, errors[0]);
      const worst = errors.slice(1).reduce((at, error, i, all) => (error > all[at] ? i : at), 0);
      if (errors[worst + 1] <= found.tensors) continue;
      found.tensors = errors[worst + 1];
      found.worst = `${names[worst]}, step ${step + 1}`;
    }
    return { found, losses, after: free ? state.own : state.right };
  } finally {
    own.dispose();
    reference.dispose();
    executor.drop(Object.keys(variables));
  }
}
