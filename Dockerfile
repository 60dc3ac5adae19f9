# The daemon in a container: docker build -t patchbay . && docker run --env-file .env patchbay
FROM node:24-slim AS build
WORKDIR /app
# Alone, so that a change of the source does not install everything again.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json build.ts ./
COPY src ./src
RUN npm run build

FROM node:24-slim
# One bundled file with its map is all that runs: no packages, no sources, no npm scripts.
WORKDIR /app
COPY --from=build --chown=root:root /app/dist/main.mjs /app/dist/main.mjs.map ./dist/
# The image's own user without rights, by number, so that a cluster can see that it is not root.
USER 1000:1000
ENV PORT=4300
# Slim images have no curl; fetch is in Node. An answer other than 200 means that no command is accepted yet.
# PORT may be empty, as in .env.example.
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4300}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1 and hears SIGTERM; it closes in 4.5 s at most.
CMD ["node", "--enable-source-maps", "dist/main.mjs"]
