import GithubSlugger from 'github-slugger';
import { lexer, type Token, type Tokens } from 'marked';

/** One heading of a runbook with what stands under it, down to the next heading of its level or above. */
export type RunbookHeading = {
  /** The anchor that GitHub gives to the heading. */
  readonly anchor: string;
  readonly title: string;
  readonly level: number;
  /** 1-based line of the heading. */
  readonly line: number;
  /** The ordered lists of the section (diagnosis, then mitigation), one line a step. */
  readonly steps: readonly string[];
  /** The first paragraph directly under the heading, as one line; empty when there is none. */
  readonly summary: string;
  /** How many words stand directly under the heading, before any other one. */
  readonly words: number;
};

const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';
const isList = (token: Token): token is Tokens.List => token.type === 'list';

/** The text that a reader sees: links become their text, commands keep their backticks. */
const plain = (tokens: readonly Token[] | undefined): string =>
  (tokens ?? [])
    .map((token) => {
      if (token.type === 'codespan') return token.raw;
      if (token.type === 'br') return ' ';
      if ('tokens' in token && token.tokens !== undefined) return plain(token.tokens);
      return 'text' in token && typeof token.text === 'string' ? token.text : '';
    })
    .join('');

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A step may hold a paragraph and a code block: the block becomes a command in backticks. */
const stepText = (item: Tokens.ListItem): string =>
  oneLine(
    item.tokens
      .filter((token) => token.type !== 'list')
      .map((token) =>
        token.type === 'code' ? `\`${oneLine(token.text)}\`` : 'tokens' in token ? plain(token.tokens) : token.raw,
      )
      .join(' '),
  );

const stepsOf = (section: readonly Token[]): readonly string[] =>
  section
    .filter(isList)
    .filter((list) => list.ordered)
    .flatMap((list) => list.items.map(stepText))
    .filter((step) => step !== '');

const summaryOf = (body: readonly Token[]): string => {
  const first = body.find((token) => token.type === 'paragraph');
  return first !== undefined && 'tokens' in first ? oneLine(plain(first.tokens)) : '';
};

const wordsIn = (body: readonly Token[]): number =>
  body
    .filter((token) => token.type !== 'html')
    .map((token) => token.raw.match(/[\p{L}\p{N}]+/gu)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);

const lineCount = (text: string): number => text.split('\n').length - 1;

/** Reads every heading of a Markdown file, in order, with GitHub's anchors (a repeated title gets `-1`, `-2`). */
export const readRunbook = (markdown: string): readonly RunbookHeading[] => {
  const withoutFrontMatter = markdown.replace(/^---\r?\n[\s\S]*?\r?\n---(?:\r?\n|$)/, '');
  const tokens = lexer(withoutFrontMatter);
  const slugger = new GithubSlugger();
  let line = 1 + lineCount(markdown) - lineCount(withoutFrontMatter);
  const headings: RunbookHeading[] = [];
  for (const [index, token] of tokens.entries()) {
    if (isHeading(token)) {
      const rest = tokens.slice(index + 1);
      const end = rest.findIndex((other) => isHeading(other) && other.depth <= token.depth);
      const next = rest.findIndex(isHeading);
      const body = next === -1 ? rest : rest.slice(0, next);
      const title = oneLine(plain(token.tokens).replaceAll('`', ''));
      headings.push({
        anchor: slugger.slug(title),
        title,
        level: token.depth,
        line,
        steps: stepsOf(end === -1 ? rest : rest.slice(0, end)),
        summary: summaryOf(body),
        words: wordsIn(body),
      });
    }
    line += lineCount(token.raw);
  }
  return headings;
};
