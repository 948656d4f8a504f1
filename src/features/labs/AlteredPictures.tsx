import { nthPicture } from '../../app/pictures/nthPicture';
import type { AlteredStrip } from '../../core/sensitivity';
import { Pixels } from '../../widgets/Pixels';

/** One picture as it is and altered in every way of the lab, as the encoder sees it. */
export function AlteredPictures({ side, words, pictures }: AlteredStrip) {
  return (
    <ul className="altered" aria-label="The same picture altered">
      {words.map((said, i) => (
        <li key={said}>
          <Pixels label={`The picture: ${said}`} side={side} pixels={nthPicture(pictures, i, side)} />
          <span className="small muted">{said}</span>
        </li>
      ))}
    </ul>
  );
}
