import type { Completed, CompletedOption } from './words.ts';

/** A completion for fish, to lie in `~/.config/fish/completions/gonogo.fish`. */
export const fishCompletion = (commands: readonly Completed[]): string =>
  [
    '# fish completion for gonogo',
    'complete -c gonogo -f -n __fish_use_subcommand -l help -s h -d "what it does"',
    'complete -c gonogo -f -n __fish_use_subcommand -l version -s V -d "the version"',
    ...commands.map(
      ({ name, summary }) => `complete -c gonogo -f -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ),
    ...commands.flatMap(commandLines),
    '',
  ].join('\n');

const commandLines = ({ name, options, words }: Completed): readonly string[] => {
  const seen = `complete -c gonogo -n '__fish_seen_subcommand_from ${name}'`;
  return [
    ...options.map((option) => `${seen} ${optionFlags(option)}`),
    ...(words.length === 0 ? [] : [`${seen} -f -a ${quoted(words.join(' '))}`]),
  ];
};

const optionFlags = ({ long, short, description, value }: CompletedOption): string =>
  [
    `-l ${long.slice(2)}`,
    short === null ? '' : `-s ${short.slice(1)}`,
    value === 'none' ? '-f' : value === 'file' ? '-r -F' : value === 'any' ? '-x' : `-x -a ${quoted(value.join(' '))}`,
    `-d ${quoted(description)}`,
  ]
    .filter((flag) => flag !== '')
    .join(' ');

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
