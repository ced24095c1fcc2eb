// Serves the database of tenants until stopped: `node tests/stack/start-tenants.ts --broken` (or `--healed`).
// The first line is the variable to set in another shell.
import { startPostgres } from './postgres.ts';
import { makeTenants } from './tenants.ts';

const [mode] = process.argv.slice(2);
if (mode !== '--broken' && mode !== '--healed') {
  console.error(`usage: node tests/stack/start-tenants.ts --broken|--healed, found ${mode ?? 'nothing'}`);
  process.exit(2);
}

const postgres = await startPostgres();
const { environment } = await makeTenants(postgres, mode === '--broken' ? 'broken' : 'healed');
for (const [name, value] of Object.entries(environment)) console.log(`export ${name}='${value}'`);
console.log('# serving; Ctrl-C stops');

const finish = () => {
  void postgres.close().then(() => process.exit(0));
};
process.once('SIGINT', finish);
process.once('SIGTERM', finish);
