import { toPage } from '../src/protocol/channel';
import type { FromImporter, ToImporter } from '../src/protocol/importing';
import { serveImports } from './importer/imports';

const { send, listen } = toPage<FromImporter, ToImporter>();
listen(serveImports(send));
