import type { ReactNode } from 'react';
import type { Picture } from '../../../app/pictures/thumbnails';
import { useAnswer } from '../../../app/store/answers';
import { useSelected } from '../../../app/store/hooks';
import { bytes, count } from '../../../core/amounts';
import { dateWords, readExif } from './exif';
import type { Original } from './useOriginal';

/** What is known of a picture. `failed`: the browser cannot show its original. */
export function Facts({ picture, original, failed }: { picture: Picture; original: Original; failed: boolean }) {
  const { file, ask } = original;
  const columns = useSelected(({ browse }) => browse.columns);
  const { answer: exif } = useAnswer(file ? () => readExif(file) : null, `${picture.sha256} ${file !== null}`);
  const parts = picture.path.split('/');
  const name = parts.pop();
  const labels = columns.filter(({ name, values }) => name !== 'folder' && (values[picture.row] ?? null) !== null);
  return (
    <div className="viewer-facts">
      <dl>
        <Fact name="Name">{name}</Fact>
        {parts.length > 0 && <Fact name="Folder">{parts.join('/')}</Fact>}
        <Fact name="Size">
          {count(picture.width)} × {count(picture.height)} · {bytes(picture.fileBytes)}
        </Fact>
        {exif?.taken ? (
          <Fact name="Taken">{exif.taken}</Fact>
        ) : (
          file && <Fact name="Changed">{dateWords(file.lastModified)}</Fact>
        )}
        {exif?.camera && <Fact name="Camera">{exif.camera}</Fact>}
        {exif?.exposure && <Fact name="Exposure">{exif.exposure}</Fact>}
        {labels.map(({ name: column, values }) => (
          <Fact key={column} name={column}>
            {values[picture.row]}
          </Fact>
        ))}
      </dl>
      {file === null && (
        <p className="small muted" role="status">
          This is the stored thumbnail, enlarged.{' '}
          {ask
            ? 'The original lies in a folder that has to be opened again.'
            : 'For the original, choose its folder once more: nothing is added twice.'}
        </p>
      )}
      {failed && (
        <p className="small muted" role="status">
          The browser cannot show the original; this is the stored thumbnail.
        </p>
      )}
      {ask && (
        <button type="button" className="button" onClick={ask}>
          Show the original
        </button>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="small muted">{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}
