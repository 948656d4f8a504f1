import { type KeyboardEvent, useRef, useState } from 'react';
import { FIRST_PICTURE } from '../../../app/frame/firstPicture';
import { useActions, useLookalike, useSelected } from '../../../app/store/hooks';
import { count } from '../../../core/amounts';
import { FileButton } from '../../../widgets/FileButton';
import { Icon } from '../../../widgets/Icon';

/** Finds pictures by file name or label as one types; on a phone behind a button. */
export function SearchField() {
  const { browse, findLike } = useActions();
  const { tellCause } = useLookalike();
  const words = useSelected((state) => state.browse.words);
  const found = useSelected((state) => state.browse.rows?.length ?? null);
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      browse({ words: '' });
      if (words === '') field.current?.blur();
      setOpen(false);
    }
    if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>(FIRST_PICTURE)?.focus();
    }
  };
  return (
    <search className={open || words !== '' ? 'search-field open' : 'search-field'}>
      <button
        type="button"
        className="button quiet icon search-open"
        aria-label="Search pictures"
        aria-expanded={open}
        onClick={() => {
          setOpen(true);
          requestAnimationFrame(() => field.current?.focus());
        }}
      >
        <Icon name="look" />
      </button>
      <div className="search-box">
        <Icon name="look" />
        <input
          ref={field}
          id="search-pictures"
          type="search"
          aria-label="Search pictures by file name or label"
          aria-keyshortcuts="/"
          placeholder="File name or label"
          value={words}
          onChange={({ target }) => browse({ words: target.value })}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        <span className="search-found small muted" role="status">
          {words.trim() !== '' && found !== null && `${count(found)} found`}
        </span>
        <kbd>/</kbd>
        <FileButton
          className="search-picture"
          aria-label="Search by a picture"
          title="Search by a picture: choose one, drop it or paste it"
          accept="image/*"
          input="Picture to search by"
          testId="query-input"
          onFile={(file) => void findLike(file).catch(tellCause)}
        >
          <Icon name="picture" />
        </FileButton>
      </div>
    </search>
  );
}
