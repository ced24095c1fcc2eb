import type { Article } from './support-articles.ts';

export type Hit = { readonly id: string; readonly title: string; readonly score: number; readonly excerpt: string };

/** A full-text index in memory, ranked by Okapi BM25. */
export type Index = { readonly size: number; readonly search: (query: string, limit: number) => readonly Hit[] };

const K1 = 1.2;
const B = 0.75;

/** Words that say nothing about what is asked. */
const STOP_WORDS = new Set(
  'a an and are do does for from how i in is it my of on or the to what when where with'.split(' '),
);

/** Lower-case words without plural and verb endings. */
const wordsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    .filter((word) => !STOP_WORDS.has(word))
    .map((word) => word.replace(/(?:ing|ed|s)$/, ''));

/** Reads every article once and keeps what a search needs. */
export const buildIndex = (articles: readonly Article[]): Index => {
  const documents = articles.map((article) => {
    const words = wordsOf(`${article.title} ${article.title} ${article.body}`);
    return { article, length: words.length, counts: Map.groupBy(words, (word) => word) };
  });
  const averageLength = documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, documents.length);
  const rarity = (word: string): number => {
    const having = documents.filter(({ counts }) => counts.has(word)).length;
    return Math.log(1 + (documents.length - having + 0.5) / (having + 0.5));
  };
  return {
    size: documents.length,
    search: (query, limit) => {
      const words = [...new Set(wordsOf(query))];
      return documents
        .map(({ article, length, counts }) => {
          const scores = words.map((word) => {
            const count = counts.get(word)?.length ?? 0;
            return (rarity(word) * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / averageLength));
          });
          return { article, score: scores.reduce((sum, score) => sum + score, 0) };
        })
        .filter(({ score }) => score > 0)
        .toSorted((one, other) => other.score - one.score)
        .slice(0, limit)
        .map(({ article, score }) => ({
          id: article.id,
          title: article.title,
          score: Math.round(score * 1000) / 1000,
          excerpt: article.body.slice(0, 120),
        }));
    },
  };
};
