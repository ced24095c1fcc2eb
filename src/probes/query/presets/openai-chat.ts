import type { Preset } from './preset.ts';

/** Chat completions and responses of OpenAI and of servers that are compatible with it. */
export const openaiChat: Preset = {
  answer: [
    '$.choices[*].message.content',
    '$.choices[*].message.content[*].text',
    '$.output[*].content[*].text',
    '$.message.content',
  ],
  citations: [
    '$.citations',
    '$.choices[0].message.context.citations',
    '$.choices[0].message.annotations[*].url_citation.url',
  ],
  error: ['$.error'],
  isError: [String.raw`"finish_reason"\s*:\s*"content_filter"`],
};
