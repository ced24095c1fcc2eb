// Serves the systems that a file under checks/ or smoke/ looks at, until stopped:
//   node tests/stack/start-system.ts services --broken     (or --healed)
// The first lines are the variables to set in another shell.
import { startBoard } from './board.ts';
import { startHardening } from './hardening.ts';
import { startMarketplace } from './marketplace.ts';
import { startPipeline } from './pipeline.ts';
import { startServices } from './services.ts';
import { startSkills } from './skills.ts';
import type { StackState } from './stack.ts';

const PASSWORD = 'correct-horse-battery-staple';

const startBoardSystem = async (state: StackState) => {
  const { url, close } = await startBoard(state, PASSWORD);
  return { environment: { BOARD_URL: url, BOARD_PASSWORD: PASSWORD }, close };
};

const SYSTEMS = {
  board: startBoardSystem,
  hardening: startHardening,
  marketplace: startMarketplace,
  pipeline: startPipeline,
  services: startServices,
  skills: startSkills,
} as const;

const isSystem = (name: string): name is keyof typeof SYSTEMS => Object.hasOwn(SYSTEMS, name);

const [name = '', mode] = process.argv.slice(2);
if (!isSystem(name) || (mode !== '--broken' && mode !== '--healed')) {
  console.error(`usage: node tests/stack/start-system.ts ${Object.keys(SYSTEMS).join('|')} --broken|--healed`);
  process.exit(2);
}

const system = await SYSTEMS[name](mode === '--broken' ? 'broken' : 'healed');
for (const [key, value] of Object.entries(system.environment)) console.log(`export ${key}='${value}'`);
console.log('# serving; Ctrl-C stops');

// A system may be nothing but files, and must stay until it is stopped.
const alive = setInterval(() => {}, 60_000);

const finish = () => {
  clearInterval(alive);
  void system.close().then(() => process.exit(0));
};
process.once('SIGINT', finish);
process.once('SIGTERM', finish);
