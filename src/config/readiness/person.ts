/**
 * Who signs, approves and decides is a name in a text, and a rule about two people is worth as much as the telling apart
 * of their names. Two names that a reader takes for one are one here: case, blanks, accents and punctuation do not
 * tell people apart, nor do letters of another alphabet that look alike (after the Unicode confusables, UTS #39).
 */
export const personKey = (name: string): string => {
  const folded = name.normalize('NFKD').toLowerCase();
  const letters = [...folded].map((letter) => LOOKALIKES.get(letter) ?? letter).join('');
  const key = letters.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return key === '' ? folded.trim() : key;
};

export const isSamePerson = (a: string, b: string): boolean => personKey(a) === personKey(b);

/** Lower-case Cyrillic, Greek and Latin letters with the plain letter that each looks like, capitals thought of. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  (
    [
      ['абвгекмнорстухіјѕԁԛԝһӏьѵ', 'abbrekmhopctyxijsdqwhlbv'],
      ['αβγεζηικμνορςτυχω', 'abyezhikmvopctuxw'],
      ['ıɑɡʟᴄᴏ', 'iaglco'],
    ] as const
  ).flatMap(([from, to]) => [...from].map((letter, at) => [letter, to.charAt(at)] as const)),
);

const MOST_LETTERS = 100;

/** What is wrong with a name; null when it can stand for a person or a team. */
export const nameTrouble = (name: string): string | null => {
  if (name.trim() === '') return 'a name is missing';
  if (name.trim() !== name) return `the name "${name}" begins or ends with a blank`;
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(name)) return 'a name holds characters that nobody can see';
  if (name.length > MOST_LETTERS) return `a name is longer than ${MOST_LETTERS} characters`;
  const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
  if (alphabets.filter((one) => one.test(name)).length > 1) return `the name "${name}" mixes letters that look alike`;
  return null;
};
