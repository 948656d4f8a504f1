import { type CSSProperties, type KeyboardEvent, useId, useRef, useState } from 'react';

interface TermProps {
  /** The word as it stands in the text. */
  children: string;
  definition: string;
}

/** Room kept to the edges of the window, and the widest explanation, in pixels. */
const EDGE = 8;
const WIDEST = 320;

/** A word that explains itself when it is pointed at or reached by the keyboard; Escape puts the explanation away. */
export function Term({ children, definition }: TermProps) {
  const [place, setPlace] = useState<CSSProperties | null>(null);
  const word = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (): void => setPlace(null);
  // Placed in the window, not in the text: a table that scrolls would cut it off.
  const show = (): void => {
    const box = word.current?.getBoundingClientRect();
    if (!box) return;
    const left = Math.max(EDGE, Math.min(box.left, innerWidth - Math.min(WIDEST, 0.9 * innerWidth) - EDGE));
    setPlace({ left, top: box.bottom + 4 });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
  };
  return (
    <span className="term" onPointerEnter={show} onPointerLeave={close}>
      <button
        ref={word}
        type="button"
        aria-describedby={id}
        onFocus={show}
        onBlur={close}
        onClick={show}
        onKeyDown={onKeyDown}
      >
        {children}
      </button>
      <span id={id} role="tooltip" className="term-definition" hidden={place === null} style={place ?? undefined}>
        {definition}
      </span>
    </span>
  );
}
