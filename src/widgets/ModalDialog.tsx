import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Icon } from './Icon';

interface ModalDialogProps {
  title: string;
  className?: string;
  /** Beside the cross. */
  tools?: ReactNode;
  onClose(): void;
  children: ReactNode;
}

/** The browser's own modal dialog, open for as long as it is drawn. Escape, the cross and a click beside it close it. */
export function ModalDialog({ title, className = '', tools, onClose, children }: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Closed while it still stands in the page, it gives the focus back to what opened it.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself.
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      className={`dialog ${className}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
    >
      <div className="dialog-sheet">
        <div className="dialog-head">
          <h2 id={heading} className="ellipsis">
            {title}
          </h2>
          <div className="dialog-tools">
            {tools}
            <button type="button" className="button quiet icon" aria-label="Close" onClick={onClose}>
              <Icon name="close" />
            </button>
          </div>
        </div>
        {children}
      </div>
    </dialog>
  );
}
