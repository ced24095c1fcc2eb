/** The namespaces of `${namespace.name}`; `run` has only `run.id`, and `uuid` stands alone. */
export const NAMESPACES = ['env', 'secret', 'vars', 'run', 'uuid', 'matrix', 'captured', 'with', 'each'] as const;

export type Namespace = (typeof NAMESPACES)[number];

export type Placeholder = {
  /** As written, with `${` and `}`. */
  readonly written: string;
  readonly namespace: string;
  readonly name: string;
  /** What stands after `:-`; null when there is none. */
  readonly fallback: string | null;
};

export type TemplatePart = string | Placeholder;

/** A text cut into literal parts and placeholders; `$${` is a literal `${`. `unclosed` is what never ends, or null. */
export type Template = { readonly parts: readonly TemplatePart[]; readonly unclosed: string | null };

export const hasPlaceholder = (text: string): boolean => text.includes('${');

/** Parses once: what a placeholder is replaced by is never parsed again. */
export const parseTemplate = (text: string): Template => {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('${', at);
    if (start < 0) break;
    if (text[start - 1] === '$' && start - 1 >= at) {
      literal += `${text.slice(at, start - 1)}\${`;
      at = start + 2;
      continue;
    }
    const end = text.indexOf('}', start);
    if (end < 0) return { parts, unclosed: text.slice(start, start + 40) };
    literal += text.slice(at, start);
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push(parsePlaceholder(text.slice(start, end + 1)));
    at = end + 1;
  }
  literal += text.slice(at);
  if (literal !== '') parts.push(literal);
  return { parts, unclosed: null };
};

const parsePlaceholder = (written: string): Placeholder => {
  const inner = written.slice(2, -1);
  const separator = inner.indexOf(':-');
  const reference = separator < 0 ? inner : inner.slice(0, separator);
  const dot = reference.indexOf('.');
  return {
    written,
    namespace: dot < 0 ? reference : reference.slice(0, dot),
    name: dot < 0 ? '' : reference.slice(dot + 1),
    fallback: separator < 0 ? null : inner.slice(separator + 2),
  };
};
