import { responseHeaders } from '../src/core/response_headers';

// Keeps every file of the app, so that it works without a network, and sends each with our headers: hosts such as GitHub
// Pages send none, and WebAssembly has its threads on isolated pages only.

interface KeptFile {
  url: string;
  /** null where the address itself has a hash. */
  revision: string | null;
}

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface NotificationEvent extends ExtendableEvent {
  readonly notification: { close(): void };
}

interface Tab {
  focus(): Promise<unknown>;
}

interface Scope {
  readonly __WB_MANIFEST: readonly KeptFile[];
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void>; matchAll(options: object): Promise<readonly Tab[]> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: NotificationEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

// The build writes the list of files in place of `self.__WB_MANIFEST`.
const files = (self as unknown as Scope).__WB_MANIFEST;
const scope = self as unknown as Scope;

/** Large files that not everyone uses: kept as soon as somebody does. */
const ON_USE = /\/pretrained\//;

const PREFIX = 'app ';
/** index.html names the script, which names all others: its revision is that of the whole app. */
const version = `${PREFIX}${files.find(({ url }) => url === 'index.html')?.revision}`;

/** The page's own message: the user wants the new version now. */
scope.addEventListener('message', ({ data }) => {
  if (data === 'update') void scope.skipWaiting();
});

/** "Training has ended": shows the page that said so. */
scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(scope.clients.matchAll({ type: 'window' }).then(([tab]) => tab?.focus()));
});

scope.addEventListener('install', (event) => event.waitUntil(keepAll()));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim().then(() => forgetOthers(1))));

scope.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'GET' && url.startsWith(scope.registration.scope)) event.respondWith(answer(event.request));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(version);
  // The build lists the icon and the manifest twice, which a cache refuses.
  const unique = new Map(files.map((file) => [file.url, file])).values();
  await cache.addAll(
    Array.from(unique, ({ url, revision }) => new Request(url, { cache: revision ? 'reload' : 'default' })),
  );
}

/** The page is of this version; what an open tab of an earlier one asks for comes from what that one kept. */
async function answer(request: Request): Promise<Response> {
  const address = request.url.replace(/[?#].*/, '');
  // By address alone: a host may vary its answers by headers, which are the same file here.
  const file = address === scope.registration.scope ? `${address}index.html` : address;
  const cache = await caches.open(version);
  const kept = (await cache.match(file, { ignoreVary: true })) ?? (await caches.match(file, { ignoreVary: true }));
  if (request.mode === 'navigate') await forgetOthers(0);
  const response = kept ?? (await fetch(request));
  if (!kept && response.ok && ON_USE.test(request.url)) await cache.put(request, response.clone());
  const { status, statusText } = response;
  // Where a host redirects, the browser follows: nothing can be added to that answer.
  if (response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(responseHeaders)) headers.set(name, value);
  // 204 and 304 have no body, and refuse an empty one too.
  return new Response(response.body, { status, statusText, headers });
}

/** Deletes earlier versions unless more than this many tabs are open, which may be of them. */
async function forgetOthers(tabs: number): Promise<void> {
  const open = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (open.length > tabs) return;
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== version).map((name) => caches.delete(name)),
  );
}
