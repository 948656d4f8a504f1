import { nthPicture } from '../../app/pictures/nthPicture';
import { usePicture, useSelected } from '../../app/store/hooks';
import { searchView } from '../../app/store/store';
import type { WhyAnswer } from '../../core/reading';
import { HeatPicture } from '../../widgets/HeatPicture';

/** Where in two pictures their similarity comes from. `neighbour`: row of the one that was asked about. */
export function WhySimilar({ neighbour }: { neighbour: number }) {
  const query = useSelected(({ similar }) => similar.row);
  const why = useSelected(({ reading }) => reading.why);
  const plain = useSelected((state) => !searchView(state).refined && !searchView(state).grouped);
  const asked = useSelected(({ reading }) => reading.asked.includes('why'));
  const known = why?.rows[0] === query && why.rows[1] === neighbour;
  if (!known || !why)
    return <p className="why small muted">{asked ? 'Taking the similarity apart …' : 'It could not be told.'}</p>;
  const { about, similarity, remark } = why;
  return (
    <div className="why">
      <h3>Why are these two similar?</h3>
      <div className="why-pictures">
        <Half why={why} place={0} />
        <Half why={why} place={1} />
      </div>
      <p className="small muted">
        <span className="heat-key adds" /> adds to the similarity, <span className="heat-key takes" /> takes from it.
        Each map sums to {similarity.toFixed(3)}, by {about}. {remark}
        {plain || 'The numbers on the tiles are of the refined or grouped search; these maps take apart the plain one.'}
      </p>
    </div>
  );
}

function Half({ why, place }: { why: WhyAnswer; place: 0 | 1 }) {
  const { rows, side, pictures, height, width, maps } = why;
  const name = usePicture(rows[place])?.path ?? `picture ${rows[place]}`;
  const size = height * width;
  return (
    <HeatPicture
      label={`Where ${name} adds to the similarity`}
      side={side}
      pixels={nthPicture(pictures, place, side)}
      height={height}
      width={width}
      map={maps.subarray(place * size, (place + 1) * size)}
      strongest={maps.reduce((most, value) => Math.max(most, Math.abs(value)), 0)}
    />
  );
}
