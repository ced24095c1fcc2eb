import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asksQuestion, putQuestion, putQuestionIntoJson, valueAsksQuestion } from './placeholder.ts';

test('the question is put where it belongs, and nowhere else', () => {
  expect(putQuestion('<{{question}}> <{{ question }}> {question} ${question}', 'a', 'plain')).toBe(
    '<a> <a> {question} ${question}',
  );
  expect(putQuestionIntoJson({ '{{question}}': ['{{question}}', 1, null] }, 'a')).toEqual({
    '{{question}}': ['a', 1, null],
  });
  expect(asksQuestion('{{ question }}')).toBe(true);
  expect(valueAsksQuestion({ a: [{ b: 'x {{question}}' }] })).toBe(true);
  expect(valueAsksQuestion({ '{{question}}': 'x' })).toBe(false);
});

test('whatever a question holds, it arrives as it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('{{question}} $& $1 "\\')), (question) => {
      expect(putQuestion('{{question}}', question, 'plain')).toBe(question);
      expect(JSON.parse(putQuestion('{"q":"{{question}}"}', question, 'json'))).toEqual({ q: question });
      const url = new URL(putQuestion('https://a.example/{{question}}?q={{question}}&r=1', question, 'url'));
      expect([url.searchParams.get('q'), url.searchParams.get('r')]).toEqual([question, '1']);
    }),
  );
});
