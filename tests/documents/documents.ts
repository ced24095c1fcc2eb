import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer, walkTokens, type Token, type Tokens } from 'marked';

export const ROOT = join(import.meta.dirname, '..', '..');

/** A Markdown file as the tests of documents look at it; paths are relative to the root of the project. */
export type Document = {
  readonly path: string;
  readonly text: string;
  /** Fenced blocks: `language` is the first word behind the fence, `about` the rest. */
  readonly blocks: readonly Block[];
  /** What stands in backticks inside of text. */
  readonly codes: readonly string[];
  /** Where links and images lead, as written. */
  readonly links: readonly string[];
};

export type Block = {
  readonly language: string;
  readonly about: string;
  readonly text: string;
  /** 1-based line of the fence, so that a failing test can name the place. */
  readonly line: number;
};

const isCode = (token: Token): token is Tokens.Code => token.type === 'code';
const isCodespan = (token: Token): token is Tokens.Codespan => token.type === 'codespan';
const isLink = (token: Token): token is Tokens.Link | Tokens.Image => token.type === 'link' || token.type === 'image';

const blockOf = (token: Tokens.Code, markdown: string): Block => {
  const [language = '', ...about] = (token.lang ?? '').split(/\s+/);
  const line = markdown.slice(0, markdown.indexOf(token.raw)).split('\n').length;
  return { language, about: about.join(' '), text: token.text, line };
};

/** Reads Markdown: what the tests ask of it, in its order. */
export const readDocument = (path: string, markdown: string): Document => {
  const tokens: Token[] = [];
  void walkTokens(lexer(markdown.replace(/^---\n.*?\n---\n/s, '')), (token) => {
    tokens.push(token);
  });
  return {
    path,
    text: markdown,
    blocks: tokens.filter(isCode).map((token) => blockOf(token, markdown)),
    codes: tokens.filter(isCodespan).map(({ text }) => text),
    links: tokens.filter(isLink).map(({ href }) => href),
  };
};

const paths = (patterns: readonly string[]): readonly string[] =>
  globSync([...patterns], { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** README.md and everything under docs/. */
export const allDocuments = (): readonly Document[] =>
  paths(['README.md', 'docs/**/*.md']).map((path) => readDocument(path, textOf(path)));

/** The check files and scenarios that the project comes with. */
export const configurationFiles = (): readonly string[] => paths(['{checks,smoke}/**/*.{yaml,yml}']);
