import { useActions } from '../../app/store/hooks';
import { Icon } from '../../widgets/Icon';
import { SAMPLE_COUNT } from './sample';

/** A sample picture, and the ones that the first encoder finds most like it. */
const QUERY = 'windmill/windmill4.jpg';
const FOUND = ['windmill11', 'windmill7', 'windmill5', 'windmill12'].map((name) => `windmill/${name}.jpg`);

/** The app's own pictures, for whoever wants to look before giving some. */
export function SampleChoice() {
  const { importSample } = useActions();
  return (
    <div className="sample-choice">
      <div className="sample-found" aria-hidden="true">
        <SamplePicture file={QUERY} />
        <Icon name="next" />
        {FOUND.map((file) => (
          <SamplePicture key={file} file={file} />
        ))}
      </div>
      <div className="sample-words">
        <button type="button" className="button" onClick={() => void importSample()}>
          Try with sample pictures
        </button>
        <p className="small muted">{SAMPLE_COUNT} photos, first look-alikes within a minute</p>
      </div>
    </div>
  );
}

const SamplePicture = ({ file }: { file: string }) => (
  <img src={`${import.meta.env.BASE_URL}sample/${file}`} alt="" width="64" height="64" decoding="async" />
);
