import { blindTestLines } from '../../core/blind_test/lines';
import { useEncoders } from '../../state/encoders';
import { useSelected } from '../../state/hooks';
import { currentDataset } from '../../state/store';
import { unbroken } from '../../widgets/amounts';

/** What blind tests said of an encoder. */
export function BlindTestLines({ encoder }: { encoder: string }) {
  const tests = useSelected((state) => currentDataset(state)?.blindTests);
  const embedded = useSelected((state) => state.encoders.embedded);
  const { encoders } = useEncoders();
  return blindTestLines(tests ?? [], encoder, encoders, embedded).map((line) => (
    <p key={line} className="small">
      {unbroken(line)}
    </p>
  ));
}
