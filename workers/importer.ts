import { toPage } from '../src/protocol/channel';
import type { FromImporter, ToImporter } from '../src/protocol/messages';
import { serveImports } from './importer/imports';

const { send, listen } = toPage<FromImporter, ToImporter>();
listen(serveImports(send));
