// Serves the demo systems until stopped: `node tests/stack/start.ts --broken` (or `--healed`).
// The first lines are the variables to set in another shell.
import { startStack } from './stack.ts';

const [mode] = process.argv.slice(2);
if (mode !== '--broken' && mode !== '--healed') {
  console.error(`usage: node tests/stack/start.ts --broken|--healed, found ${mode ?? 'nothing'}`);
  process.exit(2);
}

const stack = await startStack(mode === '--broken' ? 'broken' : 'healed');
for (const [name, value] of Object.entries(stack.environment)) console.log(`export ${name}='${value}'`);
console.log('# serving; Ctrl-C stops');

const finish = () => {
  void stack.close().then(() => process.exit(0));
};
process.once('SIGINT', finish);
process.once('SIGTERM', finish);
