import { nthPicture } from '../../../app/pictures/nthPicture';
import { useActions, usePicture, useSelected } from '../../../app/store/hooks';
import { count } from '../../../core/amounts';
import { reconstructs } from '../../../core/methods';
import { Panel } from '../../../widgets/Panel';
import { Pixels } from '../../../widgets/Pixels';
import { LatentSpace } from './LatentSpace';

/** What an autoencoder gives back of pictures, beside them; for a VAE also what it makes up. */
export function Reconstructions() {
  const run = useSelected((state) => state.training.run);
  const { latest, asked } = useSelected((state) => state.reconstructions);
  const actions = useActions();
  if (!run || !reconstructs(run.config.method)) return null;
  const look = (
    <button
      type="button"
      className="button quiet"
      disabled={asked}
      onClick={() => actions.reconstruct(latest?.latent ? latest.latent.walk : undefined)}
    >
      {latest ? 'Look again' : 'Look now'}
    </button>
  );
  return (
    <Panel title="Reconstructions" className="reconstructions" actions={look}>
      {!latest && (
        <p className="muted">
          {asked
            ? 'They are being made.'
            : 'What the decoder gives back of your pictures: they appear again and again during training.'}
        </p>
      )}
      {latest && (
        <>
          <p className="small muted">
            Step {count(latest.step)}: picture, {latest.shown ? 'what the encoder was shown, ' : ''}what came back.{' '}
            {latest.side} x {latest.side} pixels.
          </p>
          <ul className={latest.shown ? 'view-pairs triples' : 'view-pairs doubles'}>
            {latest.rows.map((row, i) => (
              <Reconstruction
                key={row}
                row={row}
                side={latest.side}
                original={nthPicture(latest.originals, i, latest.side)}
                shown={latest.shown && nthPicture(latest.shown, i, latest.side)}
                made={nthPicture(latest.made, i, latest.side)}
              />
            ))}
          </ul>
          {latest.latent && <LatentSpace {...latest} latent={latest.latent} />}
        </>
      )}
    </Panel>
  );
}

interface ReconstructionProps {
  row: number;
  side: number;
  original: Uint8ClampedArray;
  shown: Uint8ClampedArray | null;
  made: Uint8ClampedArray;
}

function Reconstruction({ row, side, original, shown, made }: ReconstructionProps) {
  const name = usePicture(row)?.path ?? `picture ${row}`;
  return (
    <li className="view-pair" title={name}>
      <Pixels label={name} side={side} pixels={original} />
      {shown && <Pixels label={`${name} as shown to the encoder`} side={side} pixels={shown} />}
      <Pixels label={`Reconstruction of ${name}`} side={side} pixels={made} />
    </li>
  );
}
