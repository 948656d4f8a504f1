import { buildIfStale } from '../bin/build';

/** The journeys run on the app as it is served to people. */
export default buildIfStale;
