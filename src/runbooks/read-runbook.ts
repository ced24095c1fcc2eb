import GithubSlugger from 'github-slugger';
import { lexer, type Token, type Tokens } from 'marked';
import { oneLine, plain, stepText } from './step-text.ts';

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

/** Of a list what stands in its items, and not their numbers. */
const wordsIn = (body: readonly Token[]): number =>
  body
    .filter((token) => token.type !== 'html')
    .flatMap((token) => (isList(token) ? token.items.map(({ text }) => text) : token.raw))
    .reduce((sum, text) => sum + (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0);

const lineCount = (text: string): number => text.split('\n').length - 1;

/** A heading with its place in the tokens, and the line in which it stands. */
type Found = { readonly heading: Tokens.Heading; readonly index: number; readonly line: number };

const findHeadings = (tokens: readonly Token[], firstLine: number): readonly Found[] => {
  const found: Found[] = [];
  let line = firstLine;
  for (const [index, token] of tokens.entries()) {
    if (isHeading(token)) found.push({ heading: token, index, line });
    line += lineCount(token.raw);
  }
  return found;
};

/** Reads every heading of a Markdown file, in order, with GitHub's anchors (a repeated title gets `-1`, `-2`). */
export const readRunbook = (markdown: string): readonly RunbookHeading[] => {
  const withoutFrontMatter = markdown.replace(/^---\r?\n[\s\S]*?\r?\n---(?:\r?\n|$)/, '');
  const tokens = lexer(withoutFrontMatter);
  const slugger = new GithubSlugger();
  const found = findHeadings(tokens, 1 + lineCount(markdown) - lineCount(withoutFrontMatter));
  return found.map(({ heading, index, line }, at) => {
    // Each token lies in six sections at most, for there are six levels: a file of any size is read once or a few times.
    let end = at + 1;
    while ((found[end]?.heading.depth ?? 0) > heading.depth) end += 1;
    const body = tokens.slice(index + 1, found[at + 1]?.index);
    const title = oneLine(plain(heading.tokens).replaceAll('`', ''));
    return {
      anchor: slugger.slug(title),
      title,
      level: heading.depth,
      line,
      steps: stepsOf(tokens.slice(index + 1, found[end]?.index)),
      summary: summaryOf(body),
      words: wordsIn(body),
    };
  });
};
