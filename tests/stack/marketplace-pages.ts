import type { StackState } from './stack.ts';

/** The token of the test's own analytics site: nothing else uses it. */
const TOKEN = '9b1f3c7a2d5e4f60817263544f5e6d7c';
const PLACEHOLDER = 'YOUR_ANALYTICS_TOKEN';

/** The landing page. Broken, the beacon is there, and its token is what the template had. */
export const landingPage = (state: StackState): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Harvest: the market of small farms</title>
<script defer src="/beacon.min.js" data-beacon='{"token": "${state === 'healed' ? TOKEN : PLACEHOLDER}"}'></script>
</head>
<body><h1>Harvest</h1><p>Buy from the farm next door.</p><a href="/listings">See what is ripe</a></body>
</html>
`;

/** What the farms offer. Broken, the import stopped after the first farm. */
export const listings = (state: StackState) => {
  const total = state === 'healed' ? 48 : 3;
  return {
    total,
    listings: Array.from({ length: Math.min(total, 20) }, (_, index) => ({
      id: `listing-${index + 1}`,
      title: `Crate ${index + 1}`,
      photo: `/photos/${index + 1}.webp`,
    })),
  };
};

/** Broken, the help centre answers from a file on disk, and calls that an answer. */
export const helpAnswer = (state: StackState) =>
  state === 'healed'
    ? { answer: 'Money comes back within 14 days.', hits: [{ id: 'refunds', title: 'Refunds', score: 0.83 }] }
    : { answer: 'OFFLINE FALLBACK RESULTS: see the handbook', hits: [{ id: 'handbook', title: 'Handbook', score: 1 }] };
