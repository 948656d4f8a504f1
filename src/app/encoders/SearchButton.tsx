import { useEncoders } from './useEncoders';
import { useSearchWith } from './useSearchWith';

interface SearchButtonProps {
  /** Id of the encoder; null: what cannot search has no button. */
  encoder: string | null;
  words: string;
  /** What it says of the one that searches. */
  used?: string;
  /** What it is called for assistive technology, where the words say too little. */
  label?: string;
  className: string;
}

/** Has an encoder search, or says that it does. */
export function SearchButton({ encoder, words, used = 'in use', label, className }: SearchButtonProps) {
  const searchWith = useSearchWith();
  const { encoders, searching } = useEncoders();
  const found = encoders.find(({ id, embedded }) => id === encoder && embedded);
  if (!found) return null;
  if (encoder === searching) return <span className="badge">{used}</span>;
  return (
    <button type="button" className={className} aria-label={label} onClick={() => searchWith(found)}>
      {words}
    </button>
  );
}
