import { FIRST_PICTURE } from '../app/frame/firstPicture';

/** The first Tab stop: past the header, to the pictures where they are shown, else to the screen. */
export function SkipLink() {
  return (
    <button
      type="button"
      className="skip-link"
      onClick={() => {
        const tile = document.querySelector<HTMLElement>(FIRST_PICTURE);
        (tile?.checkVisibility() ? tile : document.getElementById('content'))?.focus();
      }}
    >
      Skip to the pictures
    </button>
  );
}
