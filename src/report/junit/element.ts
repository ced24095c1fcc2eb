import { forXml } from '../encode/xml.ts';

/** An XML element before it is written. Text and attributes may hold anything: they are encoded when written. */
export type Element = {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly (Element | string)[];
};

export const element = (
  name: string,
  attributes: Element['attributes'],
  children: Element['children'] = [],
): Element => ({ name, attributes, children });

/** Writes an element, indented; an element with text keeps that text as it is, a line for each string. */
export const writeXml = (one: Element, indent = ''): string => {
  const attributes = one.attributes.map(([name, value]) => ` ${name}="${forXml(value)}"`).join('');
  if (one.children.length === 0) return `${indent}<${one.name}${attributes}/>\n`;
  const text = one.children.filter((child) => typeof child === 'string');
  if (text.length > 0) return `${indent}<${one.name}${attributes}>${text.map(forXml).join('\n')}</${one.name}>\n`;
  const children = one.children.map((child) => (typeof child === 'string' ? '' : writeXml(child, `${indent}  `)));
  return `${indent}<${one.name}${attributes}>\n${children.join('')}${indent}</${one.name}>\n`;
};
