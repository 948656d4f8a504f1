import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Complaint } from './complaint';

export interface PictureFolder {
  /** Its path, links followed: a browser takes nothing from behind a link. */
  images: string;
  /** Name of the data set: the folder's as it was given. */
  name: string;
}

/** An existing folder that holds files. */
export function pictureFolder(given: string): PictureFolder {
  if (!existsSync(given)) throw new Complaint(`There is no folder ${given}.`);
  const images = realpathSync(given);
  if (!statSync(images).isDirectory()) throw new Complaint(`${given} is a file; --images takes a folder of pictures.`);
  const files = readdirSync(images, { recursive: true, withFileTypes: true });
  if (!files.some((file) => file.isFile() && !file.name.startsWith('.')))
    throw new Complaint(`The folder ${given} holds no files.`);
  return { images, name: basename(resolve(given)) };
}
