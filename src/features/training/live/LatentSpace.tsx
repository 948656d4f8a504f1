import { useId, useState } from 'react';
import { nthPicture } from '../../../app/pictures/nthPicture';
import { useActions, useLookalike, useSelected } from '../../../app/store/hooks';
import type { State } from '../../../app/store/store';
import { decimals, significant } from '../../../core/amounts';
import { Bars } from '../../../widgets/Bars';
import { Pixels } from '../../../widgets/Pixels';
import { Term } from '../../../widgets/Term';

type Seen = NonNullable<State['reconstructions']['latest']>;
type Latent = NonNullable<Seen['latent']>;

interface LatentSpaceProps extends Pick<Seen, 'rows' | 'side'> {
  latent: Latent;
}

/** A VAE's codes from the inside: what each dimension carries, a walk along one, pictures of drawn codes. */
export function LatentSpace({ rows, side, latent }: LatentSpaceProps) {
  const { divergence, samples } = latent;
  const drawn = samples.length / (side * side * 4);
  return (
    <>
      <h3>
        <Term definition="Nats of information that each dimension of the code carries about these pictures: its divergence from the standard normal. Dimensions near 0 are not in use.">
          Divergence by dimension
        </Term>
        <span className="figure">{significant(divergence.reduce((sum, nats) => sum + nats, 0))} nats</span>
      </h3>
      <Bars
        label={`Divergence of each of ${divergence.length} dimensions`}
        values={divergence}
        marked={latent.walk.dimension}
        words={(i, nats) => `Dimension ${i + 1}: ${significant(nats, 2)} nats`}
      />
      <Walk rows={rows} side={side} latent={latent} />
      <h3>
        <Term definition="Decoded from codes that were drawn at random from the standard normal: no picture of yours went in. They look like your pictures as far as the VAE has learnt their world.">
          Samples
        </Term>
      </h3>
      <ul className="samples">
        {Array.from({ length: drawn }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the draws are fixed, their number is their name
          <li key={i}>
            <Pixels label={`Sample ${i + 1}`} side={side} pixels={nthPicture(samples, i, side)} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** One picture's code, one dimension of it moved by a slider: what that dimension means. */
function Walk({ rows, side, latent }: LatentSpaceProps) {
  const { row, dimension, values, pictures } = latent.walk;
  const { reconstruct } = useActions();
  const { pictures: known } = useLookalike();
  const asked = useSelected((state) => state.reconstructions.asked);
  const [place, setPlace] = useState(Math.floor(values.length / 2));
  const id = useId();
  const byDivergence = Array.from(latent.divergence, (nats, i) => ({ nats, i })).sort((a, b) => b.nats - a.nats);
  const value = decimals(values[place], 1);
  return (
    <>
      <h3>
        <Term definition="The code of one picture with one of its dimensions set by the slider, from -3 to 3 standard deviations, and decoded: what changes is what the dimension stands for.">
          Walk along a dimension
        </Term>
      </h3>
      <div className="walk">
        <Pixels
          label={`Dimension ${dimension + 1} at ${value}`}
          side={side}
          pixels={nthPicture(pictures, place, side)}
        />
        <div className="walk-controls">
          <label htmlFor={`${id}-row`}>From</label>
          <select
            id={`${id}-row`}
            className="field"
            disabled={asked}
            value={row}
            onChange={({ target }) => reconstruct({ row: Number(target.value), dimension })}
          >
            {rows.map((one) => (
              <option key={one} value={one}>
                {known.peek(one)?.path ?? `picture ${one}`}
              </option>
            ))}
          </select>
          <label htmlFor={`${id}-dimension`}>Dimension</label>
          <select
            id={`${id}-dimension`}
            className="field"
            disabled={asked}
            value={dimension}
            onChange={({ target }) => reconstruct({ row, dimension: Number(target.value) })}
          >
            {byDivergence.map(({ nats, i }) => (
              <option key={i} value={i}>
                {i + 1}, {significant(nats, 2)} nats
              </option>
            ))}
          </select>
          <label htmlFor={`${id}-place`}>Value</label>
          <input
            id={`${id}-place`}
            type="range"
            min={0}
            max={values.length - 1}
            step={1}
            value={place}
            aria-valuetext={value}
            onChange={({ target }) => setPlace(target.valueAsNumber)}
          />
          <span className="figure walk-value">{value}</span>
        </div>
      </div>
      <ol className="walk-strip" aria-label={`Dimension ${dimension + 1} from ${values[0]} to ${values.at(-1)}`}>
        {values.map((one, i) => (
          <li key={one} className={i === place ? 'here' : undefined}>
            <Pixels label={`At ${decimals(one, 1)}`} side={side} pixels={nthPicture(pictures, i, side)} />
          </li>
        ))}
      </ol>
    </>
  );
}
