import { usePicture, useSelected } from '../../app/store/hooks';
import { searchView } from '../../app/store/store';
import type { WhyAnswer } from '../../core/interpretation';
import { HeatMap } from '../../widgets/HeatMap';

/** Where in two pictures their similarity comes from. `neighbour`: row of the one that was asked about. */
export function WhySimilar({ neighbour }: { neighbour: number }) {
  const query = useSelected(({ similar }) => similar.row);
  const why = useSelected(({ interpretation }) => interpretation.why);
  const plain = useSelected((state) => !searchView(state).refined && !searchView(state).grouped);
  const expert = useSelected((state) => state.expert);
  const asked = useSelected(({ interpretation }) => interpretation.asked.includes('why'));
  const known = why?.rows[0] === query && why.rows[1] === neighbour;
  if (!known || !why)
    return (
      <p className="why small muted" aria-live="polite">
        {asked ? 'Taking the similarity apart …' : 'It could not be told.'}
      </p>
    );
  const { about, similarity, remark, centred } = why;
  return (
    <div className="why">
      <div className="why-pictures">
        <Half why={why} place={0} />
        <Half why={why} place={1} />
      </div>
      <p className="small muted">
        <span className="heat-key adds" /> makes them similar, <span className="heat-key takes" /> makes them differ
        {centred && ', compared with all other pictures'}. {remark}
        {expert && ` Each map sums to ${similarity.toFixed(3)}, by ${about}.`}
        {expert && !plain && ' The numbers on the tiles are of the refined or grouped search.'}
      </p>
    </div>
  );
}

function Half({ why, place }: { why: WhyAnswer; place: 0 | 1 }) {
  const { rows, margin, height, width, maps } = why;
  const picture = usePicture(rows[place]);
  const size = height * width;
  const map = maps.subarray(place * size, (place + 1) * size);
  return (
    <div className="why-picture">
      {/* The square that the encoder sees: the centre of the picture. */}
      {picture && <img src={picture.url} alt="" style={{ transform: `scale(${margin})` }} />}
      <HeatMap
        label={`Where ${picture?.path ?? `picture ${rows[place]}`} adds to the similarity`}
        height={height}
        width={width}
        map={map}
        strongest={map.reduce((most, value) => Math.max(most, Math.abs(value)), 0)}
      />
    </div>
  );
}
