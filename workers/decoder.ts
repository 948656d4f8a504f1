import type { PortMessage } from '../src/protocol/decoding';
import { serveDecoding } from './importer/serve';

// A decode worker: hears of its port once, and of everything else on that port.
self.onmessage = ({ data }: MessageEvent<PortMessage>) => serveDecoding(data.port);
