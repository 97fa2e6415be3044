FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY scheduler scheduler
COPY storage storage
RUN /venv/bin/pip install --no-cache-dir --no-index --no-build-isolation --no-deps .

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 doanbot && mkdir /data && chown doanbot /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONUTF8=1 MPLCONFIGDIR=/tmp/matplotlib \
    DATABASE_URL=sqlite:////data/doanbot.db WEB_HOST=0.0.0.0
USER doanbot
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/readyz', timeout=4)"]
CMD ["sh", "-c", "doanbot migrate && exec doanbot run"]
