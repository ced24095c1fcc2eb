type Files = { readonly [path: string]: string };

const DOCKERFILE = `# syntax=docker/dockerfile:1
FROM node:24.4.1-bookworm-slim AS build
WORKDIR /app
COPY package.json ./
COPY src ./src

FROM node:24.4.1-bookworm-slim AS runtime
WORKDIR /app
COPY --from=build /app ./
USER node
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "src/healthcheck.js"]
CMD ["node", "src/server.js"]
`;

const SINGLE_STAGE = `FROM node:latest
WORKDIR /app
COPY . .
CMD ["node", "src/server.js"]
`;

const WORKFLOW = `name: ci
on: [push]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: node scripts/lint.js
      - run: scripts/test.sh
`;

/** As it grows when a deadline is near. */
const MASKED_WORKFLOW = `${WORKFLOW}        continue-on-error: true
`;

const OLD_WORKFLOW = `name: nightly-old
on: { schedule: [{ cron: '0 3 * * *' }] }
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: scripts/test.sh
`;

const TEST_SCRIPT = `#!/bin/sh
set -eu
node --test src
`;

const MASKED_TEST_SCRIPT = `#!/bin/sh
set -eu
node --test src || true
`;

const DEPLOY_SCRIPT = `#!/bin/sh
set -eu
docker push "$IMAGE"
`;

const MASKED_DEPLOY_SCRIPT = `#!/bin/sh
set +e
docker push "$IMAGE"
`;

/** The lint of the repository: debugger statements and tabs are errors. How it ends is left to who writes it. */
export const LINT = `import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'src');
const files = readdirSync(folder).filter((name) => name.endsWith('.js'));
const problems = files.flatMap((name) =>
  readFileSync(join(folder, name), 'utf8')
    .split('\\n')
    .flatMap((line, index) => (/\\bdebugger\\b|\\t/.test(line) ? [{ file: name, line: index + 1, text: line.trim() }] : [])),
);
const errors = problems.length;
if (process.argv.includes('--json')) console.log(JSON.stringify({ files: files.length, errors, problems }));
else for (const { file, line, text } of problems) console.error(\`src/\${file}:\${line}: \${text}\`);
`;

const SOURCES: Files = {
  'package.json': '{ "name": "shop", "version": "7.2.0", "type": "module" }\n',
  'src/server.js': 'export const port = 8080;\n',
  'src/healthcheck.js': "process.exitCode = process.env.HEALTHY === 'no' ? 1 : 0;\n",
};

/** The repository as it should be. */
export const HEALED_FILES: Files = {
  ...SOURCES,
  Dockerfile: DOCKERFILE,
  '.github/workflows/ci.yml': WORKFLOW,
  'scripts/test.sh': TEST_SCRIPT,
  'scripts/deploy.sh': DEPLOY_SCRIPT,
};

/** The repository before the launch review. */
export const BROKEN_FILES: Files = {
  ...SOURCES,
  Dockerfile: SINGLE_STAGE,
  '.github/workflows/ci.yml': MASKED_WORKFLOW,
  '.github/workflows/nightly-old.yaml': OLD_WORKFLOW,
  'scripts/test.sh': MASKED_TEST_SCRIPT,
  'scripts/deploy.sh': MASKED_DEPLOY_SCRIPT,
  'src/server.js': 'export const port = 8080;\ndebugger;\n',
};
