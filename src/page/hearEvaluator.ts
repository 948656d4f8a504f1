import { evaluateSearch } from '../app/session/evaluating';
import type { Parts } from '../app/session/parts';
import { tell } from '../app/store/faults';
import { patch } from '../app/store/store';
import { Fault } from '../core/fault';
import type { FromEvaluator } from '../protocol/messages';

/** Takes in what the evaluator says. Words about another data set than the one on the page are left aside. */
export function hearEvaluator(parts: Parts, message: FromEvaluator): void {
  const { store, pending } = parts;
  const { library, tests } = store.getState();
  switch (message.type) {
    case 'labels':
      if (message.dataset !== library.current) return;
      patch(store, 'labels', { columns: message.columns, message: message.message, busy: false });
      patch(store, 'tests', { version: tests.version + 1 });
      evaluateSearch(parts);
      return;
    case 'search-evaluated':
      if (message.evaluation.dataset === library.current)
        patch(store, 'encoders', { evaluation: message.evaluation, evaluating: false });
      return;
    case 'testing':
      if (message.dataset === library.current && pending.tests.length > 0)
        patch(store, 'tests', { testing: { message: message.message, progress: message.progress } });
      return;
    case 'tested':
      pending.tests.shift()?.();
      patch(store, 'tests', {
        version: tests.version + 1,
        testing: pending.tests.length > 0 ? tests.testing : null,
      });
      return;
    case 'compared':
      pending.questions.answer(message.ticket, message.table);
      return;
    case 'outcome':
      pending.questions.answer(message.ticket, message.outcome);
      return;
    case 'fault': {
      const { ticket, fault } = message;
      const { kind, message: words, advice } = fault;
      const waited =
        ticket !== undefined &&
        pending.questions.refuse(ticket, new Fault(kind === 'bug' ? 'data' : kind, words, advice));
      if (!waited) tell(store, fault);
      patch(store, 'labels', { busy: false });
      patch(store, 'encoders', { evaluating: false });
    }
  }
}

/** The evaluator's thread died: what it had stored is kept, what it was asked for is not answered. */
export function evaluatorLost({ store, pending }: Parts, why: string): void {
  const lost = new Fault(
    'data',
    `The tests ended unexpectedly: ${why}.`,
    'What was found before is kept. Run them again.',
  );
  pending.questions.refuseAll(lost);
  for (const done of pending.tests.splice(0)) done();
  patch(store, 'labels', { busy: false });
  patch(store, 'tests', { testing: null });
  patch(store, 'encoders', { evaluating: false });
  pending.evaluation = '';
  tell(store, { kind: lost.kind, message: lost.message, advice: lost.advice });
}
