import { Fault } from '../../core/fault';
import type { NamedFile } from '../../protocol/importing';

/** The data set of the app's own pictures. */
export const SAMPLE_NAME = 'Sample pictures';

export const SAMPLE_COUNT = 166;

/** Fetched at a time, as browsers do from one host. */
const AT_ONCE = 6;

const ADVICE = 'Check the connection, reload the page and try again, or use pictures of your own.';

async function fetched(path: string): Promise<Response> {
  const response = await fetch(`${import.meta.env.BASE_URL}sample/${path}`).catch(() => null);
  if (!response?.ok) throw new Fault('file', `The sample picture ${path} could not be fetched.`, ADVICE);
  return response;
}

async function picture(path: string): Promise<NamedFile> {
  const blob = await (await fetched(path)).blob();
  return { path, file: new File([blob], path.split('/').at(-1) ?? path, { type: blob.type }) };
}

/** The sample pictures in the order of their list, a few fetched ahead. Faults: file. */
export async function* sampleFiles(): AsyncGenerator<NamedFile> {
  const list: { file: string }[] = await (await fetched('ATTRIBUTION.json')).json();
  for (let i = 0; i < list.length; i += AT_ONCE)
    yield* await Promise.all(list.slice(i, i + AT_ONCE).map(({ file }) => picture(file)));
}
