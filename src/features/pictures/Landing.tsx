import { useSelected } from '../../app/store/hooks';
import { Icon } from '../../widgets/Icon';
import { DeviceLine } from './DeviceLine';
import { PickButtons } from './PickButtons';
import { SampleChoice } from './SampleChoice';

/** The first visit: what this is, one place to drop pictures on, and pictures to try it with. */
export function Landing() {
  const evicted = useSelected(({ library }) => library.evicted);
  return (
    <section className="landing" aria-labelledby="landing-title">
      {evicted && <Evicted />}
      <div className="landing-head">
        <h2 id="landing-title">Find look-alikes in your own pictures</h2>
        <p>
          Click a picture to see the ones like it. Trained on your pictures, the search may find better: the page
          measures whether it does.
        </p>
      </div>
      <div className="drop-zone">
        <span className="drop-zone-drawing">
          <Icon name="folder" />
        </span>
        <p>Drop a folder of pictures here</p>
        <PickButtons />
      </div>
      <SampleChoice />
      <Privacy />
    </section>
  );
}

function Evicted() {
  return (
    <p className="note warning">
      <Icon name="alert" />
      <span>
        Pictures were here at an earlier visit. The browser has removed this page’s data since, by its own rules or
        because site data were cleared. Give the pictures again to go on.
      </span>
    </p>
  );
}

/** One line on where pictures go; the rest for whoever asks. */
function Privacy() {
  return (
    <div className="landing-privacy">
      <p>
        <Icon name="shield" />
        Your pictures stay on this device. There is no server to upload them to.
      </p>
      <details>
        <summary>Details</summary>
        <ul>
          <li>The browser may ask whether to “upload” the folder: it means to show it to this page.</li>
          <li>JPEG, PNG, WebP, GIF, AVIF and BMP. A sub-folder’s name becomes the label of its pictures.</li>
          <li>
            <DeviceLine />
          </li>
        </ul>
      </details>
    </div>
  );
}
