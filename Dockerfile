# The service on a slim Node 24, as a user without rights, on a PostgreSQL of your own.
#   docker build -t beding .
#   docker run -p 8080:8080 -e DATABASE_URL=… -e BEDING_MASTER_KEY=… -e PUBLIC_URL=https://… -e SMTP_URL=… -e MAIL_FROM=… beding
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The binaries of Node and PostgreSQL that npm brings are for machines that have neither.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
COPY migrations ./migrations
COPY openapi ./openapi
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
