# One image for all services; what it runs is its command: dist/apps/gateway/main.js, dist/scripts/setup/main.js…

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install scripts: what services need comes ready for the platform.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-slim
# The version of heartbeats and metrics is package.json's; .env.example lists the secrets that production refuses.
ENV HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json .env.example ./
COPY --from=build /app/dist dist
USER node
# Not through a shell: SIGTERM must reach the service, which finishes what it has begun.
ENTRYPOINT ["node", "--enable-source-maps", "--heap-growing-percent=300", "--no-memory-reducer"]
CMD ["dist/apps/gateway/main.js"]
