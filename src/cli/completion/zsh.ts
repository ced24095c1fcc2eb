import type { Completed, CompletedOption } from './words.ts';

/** A completion for zsh, to lie in a folder of `$fpath` as `_gonogo`. */
export const zshCompletion = (commands: readonly Completed[]): string => `#compdef gonogo
_gonogo() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}\n`).join('')}  )
  if (( CURRENT == 2 )); then
    _describe -t commands 'command' commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT -= 1 ))
  case "$command" in
${commands.map(commandCase).join('')}  esac
}
_gonogo "$@"
`;

const commandCase = ({ name, options, words }: Completed): string => `    ${name})
      _arguments -s \\
${options
  .flatMap(optionSpecs)
  .map((spec) => `        ${quoted(spec)} \\\n`)
  .join('')}        ${quoted(`*:word:${words.length === 0 ? '_files' : `(${words.join(' ')})`}`)}
      ;;
`;

/** Each spelling of an option is a specification of its own; it may be given again. */
const optionSpecs = ({ long, short, description, value }: CompletedOption): readonly string[] =>
  [long, ...(short === null ? [] : [short])].map((spelling) => {
    const text = `*${spelling}[${description.replaceAll(/[[\]:\\]/g, '\\$&')}]`;
    if (value === 'none') return text;
    if (typeof value !== 'string') return `${text}:value:(${value.join(' ')})`;
    return `${text}:value:${value === 'file' ? '_files' : ''}`;
  });

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
