import { UsageError } from '../model/fault.ts';
import { closest } from '../model/suggest.ts';
import type { CommandDefinition } from './command.ts';
import { COMMANDS } from './commands.ts';
import { commandHelp, generalHelp } from './help.ts';
import { parseOptions } from './parse.ts';
import { print } from './print.ts';
import type { World } from './world.ts';

const commandNamed = (name: string): CommandDefinition => {
  const definition = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (definition !== undefined) return definition;
  const near = closest(name, Object.keys(COMMANDS));
  throw new UsageError(
    name.startsWith('-') ? `unknown option "${name}"` : `unknown command "${name}"`,
    near === null ? 'gonogo --help lists the commands' : `did you mean "gonogo ${near}"?`,
  );
};

/** Finds the command and lets it work; answers the exit code. Throws `UsageError` for a command line that cannot be read. */
export const runCli = async (argv: readonly string[], world: World): Promise<number> => {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const [topic] = name === 'help' ? rest : [];
    const code = await print(world, topic === undefined ? generalHelp() : commandHelp(topic, commandNamed(topic)));
    return name === undefined ? 2 : code;
  }
  const definition = commandNamed(name);
  const beforeDashes = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (beforeDashes.includes('--help') || beforeDashes.includes('-h')) {
    return print(world, commandHelp(name, definition));
  }
  const options = parseOptions(name, definition, rest);
  const { execute } = await definition.load();
  return execute(options, world);
};
