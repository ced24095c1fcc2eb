// Serves the index over our own pages until stopped: `node tests/stack/start-docs-index.ts healthy`, or another state.
// The first lines are the variables to set in another shell.
import { DOCS_INDEX_STATES, startDocsIndex } from './docs-index.ts';

const [wanted] = process.argv.slice(2);
const state = DOCS_INDEX_STATES.find((one) => one === wanted);
if (state === undefined) {
  console.error(`usage: node tests/stack/start-docs-index.ts ${DOCS_INDEX_STATES.join('|')}`);
  process.exit(2);
}

const index = await startDocsIndex({ state });
console.log(`export DOCS_INDEX_URL='${index.url}'\nexport DOCS_BUILD='${index.build}'\n# serving; Ctrl-C stops`);

const finish = () => {
  void index.close().then(() => process.exit(0));
};
process.once('SIGINT', finish);
process.once('SIGTERM', finish);
