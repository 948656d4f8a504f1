import { useSelected } from '../../app/store/hooks';
import { Icon } from '../../widgets/Icon';
import { DeviceLine } from './DeviceLine';
import { PickButtons } from './PickButtons';

/** Sample pictures shown as a foretaste. */
const FORETASTE = [
  'monument/taj-mahal.jpg',
  'mammal/red-panda.jpg',
  'fish/fish12.jpg',
  'windmill/windmill4.jpg',
  'bird/kingfisher.jpg',
  'scissors/scissors2.jpg',
  'monument/petra.jpg',
  'mammal/giraffe.jpg',
];

/** The first visit: what this is, and one place to drop pictures on. */
export function Drop() {
  const evicted = useSelected(({ library }) => library.evicted);
  return (
    <div className="drop">
      <section className="drop-zone" aria-labelledby="drop-title">
        {evicted && (
          <p className="note warning">
            <Icon name="alert" />
            <span>
              Pictures were here at an earlier visit. The browser has removed this page’s data since, by its own rules
              or because site data were cleared: pictures, runs and checkpoints are gone. Give the pictures again to go
              on.
            </span>
          </p>
        )}
        <h2 id="drop-title">Drop a folder of pictures here</h2>
        <p className="drop-lead">
          An image encoder learns from them, in this tab, without labels. Watch it learn, then click a picture to see
          the ones like it.
        </p>
        <PickButtons large sample />
        <ul className="foretaste" aria-hidden="true">
          {FORETASTE.map((file) => (
            <li key={file}>
              <img src={`${import.meta.env.BASE_URL}sample/${file}`} alt="" width="56" height="56" decoding="async" />
            </li>
          ))}
        </ul>
        <ul className="drop-facts">
          <li>
            <Icon name="shield" />
            <span>
              Nothing is uploaded: there is no server, pictures stay on this device. (If the browser asks whether to
              “upload” the folder, it means: show it to this page.)
            </span>
          </li>
          <li>
            <Icon name="chip" />
            <DeviceLine />
          </li>
          <li>
            <Icon name="files" />
            <span>JPEG, PNG, WebP, GIF, AVIF and BMP. The name of a sub-folder becomes its pictures’ label.</span>
          </li>
        </ul>
      </section>
    </div>
  );
}
