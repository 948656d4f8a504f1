import { download } from '../../widgets/download';
import { zipFiles } from './zipFiles';

/** Has the browser save files together in one zip of this name. */
export const saveZip = async (name: string, files: Record<string, Uint8Array>): Promise<void> =>
  download(
    `${name}.zip`,
    await zipFiles(
      Object.entries(files).map(([file, bytes]) => [file, new Blob([bytes as Uint8Array<ArrayBuffer>])] as const),
    ),
  );
