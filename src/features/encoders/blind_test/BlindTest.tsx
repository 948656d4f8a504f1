import { useActions, useSelected } from '../../../app/store/hooks';
import { isOver } from '../../../core/blind_test';
import { ModalDialog } from '../../../widgets/ModalDialog';
import { AskQuestion } from './AskQuestion';
import { questionOf } from './actions';
import { BlindResult } from './BlindResult';
import { ChoosePair } from './ChoosePair';

/** The blind test, while it is open: which two encoders, their questions, what came of it. */
export function BlindTest() {
  const { closeBlindTest } = useActions();
  const blindTest = useSelected((state) => state.blindTest);
  const question = useSelected((state) => questionOf(state.blindTest));
  if (!blindTest) return null;
  const { test, pair, trouble } = blindTest;
  const asking = test !== null && !isOver(test);
  return (
    <ModalDialog title="Blind test" className="blind-test" onClose={closeBlindTest}>
      <p className="visually-hidden" role="status">
        {asking && `Question ${test.answers.length + 1} of ${test.goal}`}
      </p>
      {!test && <ChoosePair chosen={pair} trouble={trouble} />}
      {asking && <AskQuestion test={test} question={question} />}
      {test && !asking && <BlindResult test={test} />}
    </ModalDialog>
  );
}
