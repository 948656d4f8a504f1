import { type ButtonHTMLAttributes, type InputHTMLAttributes, type Ref, useRef } from 'react';

interface FileInputProps extends InputHTMLAttributes<HTMLInputElement> {
  ref: Ref<HTMLInputElement>;
  onFiles(files: File[]): void;
}

/** A file input that is not seen: a click on it, by code, opens the browser's dialog. */
export function FileInput({ onFiles, ...input }: FileInputProps) {
  return (
    <input
      {...input}
      type="file"
      hidden
      onChange={({ currentTarget }) => {
        // A copy, because emptying the input (so that the same file can be chosen again) empties its list.
        const files = [...(currentTarget.files ?? [])];
        currentTarget.value = '';
        if (files.length > 0) onFiles(files);
      }}
    />
  );
}

interface FileButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  accept: string;
  /** What its input is called for assistive technology. */
  input: string;
  testId?: string;
  onFile(file: File): void;
}

/** A button that lets the user choose a file. */
export function FileButton({ accept, input, testId, onFile, ...button }: FileButtonProps) {
  const dialog = useRef<HTMLInputElement>(null);
  return (
    <>
      <button {...button} type="button" onClick={() => dialog.current?.click()} />
      <FileInput
        ref={dialog}
        accept={accept}
        aria-label={input}
        data-testid={testId}
        onFiles={([file]) => onFile(file)}
      />
    </>
  );
}
