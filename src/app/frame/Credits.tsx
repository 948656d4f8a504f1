import { useEffect, useState } from 'react';
import { ModalDialog } from '../../widgets/ModalDialog';

interface Attribution {
  file: string;
  title: string;
  author: string;
  source: string;
  licence: string;
  changes: string;
}

/** Who made the sample pictures, and under what terms everything may be used. */
export function Credits({ onClose }: { onClose(): void }) {
  const [list, setList] = useState<Attribution[] | 'failed' | null>(null);
  useEffect(() => {
    fetch(`${import.meta.env.BASE_URL}sample/ATTRIBUTION.json`)
      .then((response) => response.json() as Promise<Attribution[]>)
      .then(setList, () => setList('failed'));
  }, []);
  return (
    <ModalDialog title="Credits" className="credits" onClose={onClose}>
      <div className="dialog-body">
        <p>
          Lookalike is free software under the Apache License 2.0. It trains by Momentum Contrast (He, Fan, Wu, Xie and
          Girshick, 2020; Chen, Fan, Girshick and He, 2020).
        </p>
        <h3>Sample pictures</h3>
        {list === 'failed' && <p>The list could not be loaded. It is the file sample/ATTRIBUTION.json.</p>}
        <ul className="credit-list" aria-busy={list === null}>
          {Array.isArray(list) && list.map((credit) => <Credit key={credit.file} {...credit} />)}
        </ul>
      </div>
    </ModalDialog>
  );
}

function Credit({ file, title, author, source, licence, changes }: Attribution) {
  return (
    <li className="credit">
      <img
        src={`${import.meta.env.BASE_URL}sample/${file}`}
        alt=""
        width="40"
        height="40"
        loading="lazy"
        decoding="async"
      />
      <p>
        <a href={source} rel="noopener noreferrer" target="_blank">
          <bdi>{title}</bdi>
        </a>
        <span className="small muted">
          <bdi>{author}</bdi> · {licence} · {changes}
        </span>
      </p>
    </li>
  );
}
