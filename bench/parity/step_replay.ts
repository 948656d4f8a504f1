import type { Executor } from '../../src/engine/executor';
import { createTensorflowExecutor } from '../../src/engine/tensorflow/executor';
import { sumInDouble } from './double_sums';
import { onTheEdge, openTrial, type Trial } from './edge';
import type { Fixture } from './fixture';
import { LOSS_LIMIT, TENSOR_LIMIT } from './limits';
import { play } from './play';
import { relativeError } from './relative_error';

/**
 * Makes every step of a fixture from the state that the reference has before it, so that no error of one step grows in the
 * next. The reference is TensorFlow.js on plain JavaScript; what that came out with is for the caller to compare with PyTorch.
 * @returns the largest errors of losses, and of all tensors that a step leaves, and how many ReLUs were on the edge
 */
export async function replaySteps(executor: Executor, fixture: Fixture) {
  const { program, variables, feeds } = play(fixture);
  const reference = await createTensorflowExecutor('cpu');
  sumInDouble();
  const names = Object.keys(program.updates);
  executor.write(variables);
  reference.write(variables);
  const [own, right] = [await openTrial(executor, program), await openTrial(reference, program)];
  const found = { losses: 0, tensors: 0, worst: '', edge: 0 };
  const losses: number[] = [];
  try {
    for (let step = 0; step < fixture.config.steps; step++) {
      const from = { before: await reference.read(names), feeds: feeds(step) };
      const expected = await right.run(from);
      losses.push(expected.loss[0]);
      const compared = ['loss', ...names];
      const errorsOf: Trial['errorsOf'] = (made) => compared.map((name) => relativeError(made[name], expected[name]));
      const made = await own.run(from);
      let errors = errorsOf(made);
      if (errors[0] > LOSS_LIMIT || Math.max(...errors.slice(1)) > TENSOR_LIMIT) {
        const settled = await onTheEdge(executor, made, { ...from, program, errorsOf });
        found.edge += settled?.turned ?? 0;
        errors = settled?.errors ?? errors;
      }
      found.losses = Math.max(found.losses, errors[0]);
      const worst = errors.slice(1).reduce((at, error, i, all) => (error > all[at] ? i : at), 0);
      if (errors[worst + 1] <= found.tensors) continue;
      found.tensors = errors[worst + 1];
      found.worst = `${names[worst]}, step ${step + 1}`;
    }
    return { found, losses, after: await reference.read(names) };
  } finally {
    own.dispose();
    reference.dispose();
    executor.drop(Object.keys(variables));
  }
}
