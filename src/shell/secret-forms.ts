/** A text that stands for a secret, and how many characters of base64 beside it carry some of its bits. */
export type SecretForm = { readonly text: string; readonly before: 0 | 1; readonly after: 0 | 1 };

/** A line of a longer secret that is shorter than this says nothing by itself: `}`, `EOF`. */
const SHORTEST_LINE = 4;
/** An encoding of a piece that is shorter than this would be found everywhere. */
const SHORTEST_ENCODED = 5;

/**
 * Every text by which a secret may come back: itself, each of its lines, and of each the URL, form, base64 (in its three
 * alignments), base64url, hex, JSON and HTML encodings. Upper and lower case are the same to who searches for them.
 */
export const formsOf = (secret: string): readonly SecretForm[] => {
  const value = secret.toWellFormed();
  const lines = value.split(/\r\n|\r|\n/).map((line) => line.trim());
  const pieces = new Set([secret, value, value.trim(), ...lines.filter(({ length }) => length >= SHORTEST_LINE)]);
  pieces.delete('');
  return [...pieces].flatMap((piece) => [
    plain(piece),
    ...[...textForms(piece)].map(plain),
    ...base64Forms(Buffer.from(piece)).filter(({ text }) => text.length >= SHORTEST_ENCODED),
  ]);
};

const plain = (text: string): SecretForm => ({ text, before: 0, after: 0 });

const textForms = (piece: string): ReadonlySet<string> => {
  const bytes = Buffer.from(piece);
  const wellFormed = piece.toWellFormed();
  const json = inJson(piece);
  const forms = [
    ...urlForms(wellFormed),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    bytes.toString('hex'),
    json,
    json.replaceAll('/', '\\/'),
    inAscii(json),
    inAscii(json).replaceAll('/', '\\/'),
    inAscii(json).replaceAll(/[<>&']/g, unicodeEscape),
    inJson(json),
    ...HTML_DIALECTS.map((entities) => piece.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)),
  ];
  return new Set(forms.filter((form) => form !== piece && form.length >= SHORTEST_ENCODED));
};

/** What escapes what differs: components, paths, whole URLs, forms, the password part of a URL, and RFC 3986. */
const urlForms = (piece: string): readonly string[] => {
  const component = encodeURIComponent(piece);
  const url = new URL('http://u@h/');
  url.password = piece;
  return [
    component,
    component.replaceAll('%2F', '/'),
    component.replaceAll('%20', '+'),
    component.replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`),
    encodeURI(piece),
    new URLSearchParams({ '': piece }).toString().slice(1),
    url.password,
  ];
};

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const inAscii = (json: string): string => json.replaceAll(/[\u007f-\uffff]/g, unicodeEscape);

const unicodeEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const HTML_DIALECTS: readonly { readonly [character: string]: string }[] = [
  { '&': '&amp;', '<': '&lt;', '>': '&gt;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#039;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' },
  { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#x22;', "'": '&#x27;' },
];

/**
 * A secret inside a longer text begins at one of three places of a base64 group. Of each, the characters that depend on
 * the secret alone; the one before and the one after carry bits of a neighbour too.
 */
const base64Forms = (bytes: Buffer): readonly SecretForm[] =>
  [0, 1, 2].flatMap((offset) => {
    const bits = 8 * (offset + bytes.length);
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const text = encoded.slice(Math.ceil((8 * offset) / 6), Math.floor(bits / 6));
    const edges = { before: offset === 0 ? 0 : 1, after: bits % 6 === 0 ? 0 : 1 } as const;
    const urlText = text.replaceAll('+', '-').replaceAll('/', '_');
    return urlText === text
      ? [{ text, ...edges }]
      : [
          { text, ...edges },
          { text: urlText, ...edges },
        ];
  });
