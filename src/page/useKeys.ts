import { useEffect, useState } from 'react';

/** Whether keys pressed here are text. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=range], [type=checkbox]), textarea, select') !== null;

/** Keys that work anywhere: `/` leads to the search field, `?` opens the help. */
export function useKeys(): { help: boolean; showHelp(on: boolean): void } {
  const [help, showHelp] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      if (event.key === '?') showHelp(true);
      if (event.key !== '/') return;
      const open = document.querySelector<HTMLElement>('.search-open');
      if (open?.checkVisibility()) open.click();
      else document.getElementById('search-pictures')?.focus();
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return { help, showHelp };
}
