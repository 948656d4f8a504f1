import type { PortMessage } from '../src/protocol/decoding';
import { serveDecoding } from './importer/serve';

// A decode worker: gets its port once, and everything else on that port.
self.onmessage = ({ data }: MessageEvent<PortMessage>) => serveDecoding(data.port);
