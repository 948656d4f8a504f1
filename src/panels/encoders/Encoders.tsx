import { useEncoders } from '../../state/encoders';
import { Panel } from '../../widgets/Panel';
import { EncoderRow } from './EncoderRow';

/** Everything that these pictures are, or can be, embedded with; one of them searches. */
export function Encoders() {
  const { encoders, searching } = useEncoders();
  return (
    <Panel title="Encoders" className="encoders">
      <p className="small muted">
        One of these answers when you click a picture. Training adds one more and never replaces another.
      </p>
      <ul className="encoder-list">
        {encoders.map((encoder) => (
          <EncoderRow key={encoder.id} encoder={encoder} searching={encoder.id === searching} />
        ))}
      </ul>
    </Panel>
  );
}
