import type { ReactNode } from 'react';
import { ModalDialog } from './ModalDialog';

interface ConfirmDialogProps {
  title: string;
  /** What will happen, and what cannot be undone. */
  children: ReactNode;
  /** The deed in a word or two. */
  confirm: string;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something is lost. The way back comes first, where the keyboard starts. */
export function ConfirmDialog({ title, children, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <ModalDialog title={title} className="confirm" onClose={onClose}>
      <div className="dialog-body">{children}</div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button danger" onClick={onConfirm}>
          {confirm}
        </button>
      </div>
    </ModalDialog>
  );
}
