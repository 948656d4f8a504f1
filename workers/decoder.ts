import { toPage } from '../src/protocol/channel';
import { serveDecoding } from './importer/serve';

serveDecoding(toPage());
