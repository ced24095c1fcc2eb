import type { Preset } from './preset.ts';

/** Query engines and workflow servers of LlamaIndex: a response in words, and the nodes that it was made of. */
export const llamaindex: Preset = {
  answer: ['$.response', '$.result.value.response', '$.result.response', '$.result.value.result', '$.result'],
  hits: ['$.source_nodes', '$.result.value.source_nodes', '$.result.source_nodes'],
  id: ['$.node.ref_doc_id', '$.node.metadata.file_name', '$.node.id_', '$.node_id', '$.id'],
  score: ['$.score'],
  error: ['$.error', '$.result.error'],
};
