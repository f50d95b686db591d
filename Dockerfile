# The app alone; its database is another container (compose.yaml) or a managed PostGIS (SYNERGIA_DATABASE_URL).
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 SYNERGIA_HOME=/home/synergia/data
# pg_dump and pg_restore of `synergia.py db backup` and `restore`, of Debian's version.
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 1000 synergia \
 && install -d -o synergia -m 0711 /home/synergia/data
WORKDIR /home/synergia/app
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt
COPY --chown=synergia . .
USER 1000
EXPOSE 8501
HEALTHCHECK --start-period=120s --interval=15s --timeout=3s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/healthz', timeout=2)"]
# Beyond its own loopback the app listens only where people sign in: SYNERGIA_OIDC_ISSUER and SYNERGIA_PUBLIC_URL.
# Exec form: SIGTERM of `docker stop` reaches the app itself.
CMD ["python", "synergia.py", "serve", "--host", "0.0.0.0"]
