# Two stages: the first installs from the hashed pins, the second carries only what runs.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/mingbai
WORKDIR /src
COPY requirements.txt ./
RUN /opt/mingbai/bin/pip install --require-hashes --no-deps -r requirements.txt
COPY alembic.ini ./
COPY alembic alembic
COPY app app
RUN /opt/mingbai/bin/pybabel -q compile -d app/locale

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 mingbai \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin mingbai \
 && install -d -o 10001 -g 10001 /srv/mingbai /srv/mingbai/var
COPY --from=build /opt/mingbai /opt/mingbai
COPY --from=build /src /srv/mingbai
COPY deploy/mingbai /opt/mingbai/bin/mingbai
ENV PATH=/opt/mingbai/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/mingbai
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["mingbai", "serve", "--host", "0.0.0.0"]
