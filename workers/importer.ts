import { toPage } from '../src/protocol/channel';
import { startDecoder } from './importer/decoders';
import { serveImports } from './importer/imports';
import { DecoderPool } from './importer/pool';

/** Decoding keeps one core free for the page, and gains little beyond four. */
const decoders = Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));

serveImports(toPage(), new DecoderPool(startDecoder, decoders));
