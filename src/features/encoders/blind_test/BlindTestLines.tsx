import { useEncoders } from '../../../app/encoders/useEncoders';
import { useSelected } from '../../../app/store/hooks';
import { currentDataset } from '../../../app/store/store';
import { unbroken } from '../../../core/amounts';
import { blindTestLines } from './lines';

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
