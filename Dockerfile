# Kept in a container: the same command as outside, as a user without rights, everything that is kept in the volume /data.
# On SQLite run exactly one container per volume, and never put the volume on a network file system.
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock \
    && cp requirements.lock .venv/.requirements.lock
COPY src ./src
RUN .venv/bin/python -m compileall -q src

FROM python:${PYTHON}
LABEL org.opencontainers.image.title="Kept" \
      org.opencontainers.image.description="Customer promises, kept" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update && apt-get install --no-install-recommends --yes fonts-dejavu-core tesseract-ocr tesseract-ocr-deu poppler-utils \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /app --shell /usr/sbin/nologin kept \
    && install --directory --owner=kept --group=kept --mode=0700 /data
WORKDIR /app
COPY --from=build /app/.venv ./.venv
COPY --from=build /app/src ./src
COPY kept requirements.lock LICENSE NOTICE CHANGELOG.md ./
ENV KEPT_DATA=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER kept
VOLUME /data
# 8000: pages, API and the door. 8024: LMTP, if KEPT_LMTP_PORT=8024 and KEPT_LMTP_HOST=0.0.0.0 are set.
EXPOSE 8000 8024
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD [".venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["./kept"]
CMD ["run", "--host", "0.0.0.0"]
