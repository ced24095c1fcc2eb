import type { Completed, CompletedOption } from './words.ts';

/** A completion for bash 4 or later. Where nothing is known, bash completes names of files. */
export const bashCompletion = (commands: readonly Completed[]): string => `# bash completion for gonogo
_gonogo() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${[...commands.map(({ name }) => name), '--help', '--version'].join(' ')}"
  else
    case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join('')}    esac
  fi
  [ -n "$words" ] && mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  return 0
}
complete -o default -F _gonogo gonogo
`;

const commandCase = ({ name, options, words }: Completed): string => {
  const valued = options.filter(({ value }) => value !== 'none');
  const spellings = options.flatMap(({ long, short }) => (short === null ? [long] : [short, long]));
  return `      ${name})
        case "$previous" in
${valued.map(valueCase).join('')}          *)
            case "$current" in
              -*) words="${spellings.join(' ')}" ;;
              *) words="${words.join(' ')}" ;;
            esac
            ;;
        esac
        ;;
`;
};

const valueCase = ({ long, short, value }: CompletedOption): string =>
  `          ${[short, long].filter((one) => one !== null).join('|')}) words="${typeof value === 'string' ? '' : value.join(' ')}" ;;\n`;
